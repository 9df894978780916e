import { sqliteFile } from "../stores.js";
import { describeImportsAtOnce } from "./imports-at-once.js";
import { describeKills } from "./kills-contract.js";
import { describeProcesses } from "./processes-contract.js";

describeProcesses(sqliteFile);
describeKills(sqliteFile, 5);
describeImportsAtOnce(sqliteFile);
