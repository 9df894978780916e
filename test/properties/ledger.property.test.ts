import { openFresh, sqliteMemory } from "../stores.js";
import { describeLedgerProperties } from "./ledger-properties.js";

describeLedgerProperties(sqliteMemory.name, () => openFresh(sqliteMemory), 120);
