import { openFresh, postgres } from "../stores.js";
import { describeBrokerExports } from "./broker-exports.js";

describeBrokerExports(postgres.name, () => openFresh(postgres));
