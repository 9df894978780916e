import { postgres } from "../stores.js";
import { describeTransfer } from "./transfer-contract.js";

describeTransfer(postgres);
