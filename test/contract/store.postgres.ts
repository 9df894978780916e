import { postgres } from "../stores.js";
import { describeStoreContract } from "./store-contract.js";

describeStoreContract(postgres);
