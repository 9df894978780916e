import { openFresh, postgres } from "../stores.js";
import { describeLedgerProperties } from "./ledger-properties.js";
import { describeLongLedger } from "./long-ledger.js";

describeLedgerProperties(postgres.name, () => openFresh(postgres), 30);
describeLongLedger(postgres.name, () => openFresh(postgres));
