import { sqliteMemory } from "../stores.js";
import { describeEndOfDay } from "./end-of-day.js";

describeEndOfDay(sqliteMemory);
