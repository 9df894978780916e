import { createBlotter } from "../../src/index.js";
import { describeLongLedger } from "./long-ledger.js";

describeLongLedger("SQLite in memory", () => createBlotter({ url: ":memory:" }));
