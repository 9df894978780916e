import { createBlotter } from "../../src/index.js";
import { describeLedgerProperties } from "./ledger-properties.js";

describeLedgerProperties("SQLite in memory", () => createBlotter({ url: ":memory:" }), 120);
