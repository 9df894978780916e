import { openFresh, pglite } from "../stores.js";
import { describeLedgerProperties } from "./ledger-properties.js";

describeLedgerProperties(pglite.name, () => openFresh(pglite), 6);
