import { LOCAL_STORES } from "../stores.js";
import { describeAccountServices } from "./services-contract.js";

for (const kind of LOCAL_STORES) describeAccountServices(kind);
