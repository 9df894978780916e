import { openFresh, pglite, sqliteMemory } from "../stores.js";
import { describeAccountProperties } from "./account-properties.js";

describeAccountProperties(sqliteMemory.name, () => openFresh(sqliteMemory), 60);
describeAccountProperties(pglite.name, () => openFresh(pglite), 4);
