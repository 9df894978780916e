import { postgres } from "../stores.js";
import { describeBreachKill } from "./breach-kill-contract.js";
import { describeImportsAtOnce } from "./imports-at-once.js";
import { describeKills } from "./kills-contract.js";
import { describeProcesses } from "./processes-contract.js";
import { describeSubmissionKill } from "./submission-kill-contract.js";

describeProcesses(postgres);
describeKills(postgres, 2);
describeImportsAtOnce(postgres);
describeBreachKill(postgres);
describeSubmissionKill(postgres);
