import { sqliteFile } from "../stores.js";
import { describeKills } from "./kills-contract.js";
import { describeProcesses } from "./processes-contract.js";

describeProcesses(sqliteFile);
describeKills(sqliteFile, 5);
