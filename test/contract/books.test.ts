import { LOCAL_STORES } from "../stores.js";
import { describeBookServices } from "./services-contract.js";

for (const kind of LOCAL_STORES) describeBookServices(kind);
