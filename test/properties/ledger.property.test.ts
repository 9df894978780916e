import { openFresh, pglite, sqliteMemory } from "../stores.js";
import { describeLedgerProperties } from "./ledger-properties.js";

describeLedgerProperties(sqliteMemory.name, () => openFresh(sqliteMemory), 120);
describeLedgerProperties(pglite.name, () => openFresh(pglite), 6);
