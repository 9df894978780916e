import { openFresh, sqliteFile } from "../stores.js";
import { describeBrokerExports } from "./broker-exports.js";

describeBrokerExports(sqliteFile.name, () => openFresh(sqliteFile));
