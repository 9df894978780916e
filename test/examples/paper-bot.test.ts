import { sqliteMemory } from "../stores.js";
import { describePaperBot } from "./paper-bot-weeks.js";

describePaperBot(sqliteMemory);
