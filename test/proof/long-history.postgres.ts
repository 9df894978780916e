import { postgres } from "../stores.js";
import { describeLongHistory } from "./long-history-sync.js";

describeLongHistory(postgres, 2_000);
