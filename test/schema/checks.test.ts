import { describeChecks } from "./checks.js";
import { sqlitePlace } from "./store-place.js";

describeChecks(sqlitePlace);
