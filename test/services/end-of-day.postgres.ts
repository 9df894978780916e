import { postgres } from "../stores.js";
import { describeEndOfDay } from "./end-of-day.js";

describeEndOfDay(postgres);
