import { LOCAL_STORES } from "../stores.js";
import { describeTransfer } from "./transfer-contract.js";

for (const kind of LOCAL_STORES) describeTransfer(kind);
