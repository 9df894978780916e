import { pglite, sqliteFile, sqliteMemory } from "../stores.js";
import { describeMalformed } from "./malformed-contract.js";

describeMalformed(sqliteMemory, 100_000);
describeMalformed(sqliteFile, 20_000);
describeMalformed(pglite, 5_000);
