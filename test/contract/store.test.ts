import { LOCAL_STORES } from "../stores.js";
import { describeStoreContract } from "./store-contract.js";

for (const kind of LOCAL_STORES) describeStoreContract(kind);
