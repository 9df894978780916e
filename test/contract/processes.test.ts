import { sqliteFile } from "../stores.js";
import { describeBreachKill } from "./breach-kill-contract.js";
import { describeImportsAtOnce } from "./imports-at-once.js";
import { describeKills } from "./kills-contract.js";
import { describeProcesses } from "./processes-contract.js";
import { describeSubmissionKill } from "./submission-kill-contract.js";

describeProcesses(sqliteFile);
describeKills(sqliteFile, 5);
describeImportsAtOnce(sqliteFile);
describeBreachKill(sqliteFile);
describeSubmissionKill(sqliteFile);
