import { openFresh, pglite, sqliteMemory } from "../stores.js";
import { describeComplianceDeliveries } from "./compliance-properties.js";

describeComplianceDeliveries(sqliteMemory.name, () => openFresh(sqliteMemory), 24);
describeComplianceDeliveries(pglite.name, () => openFresh(pglite), 2);
