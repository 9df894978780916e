import { LOCAL_STORES } from "../stores.js";
import { describeBrokerServices } from "./services-contract.js";

for (const kind of LOCAL_STORES) describeBrokerServices(kind);
