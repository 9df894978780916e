import { describeChecks } from "./checks.js";
import { postgresPlace } from "./store-place.js";

describeChecks(postgresPlace);
