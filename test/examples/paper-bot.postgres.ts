import { postgres } from "../stores.js";
import { describePaperBot } from "./paper-bot-weeks.js";

describePaperBot(postgres);
