import { sqliteFile } from "../stores.js";
import { describeLongHistory } from "./long-history-sync.js";

describeLongHistory(sqliteFile, 20_000);
