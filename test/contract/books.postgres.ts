import { postgres } from "../stores.js";
import { describeBookServices } from "./services-contract.js";

describeBookServices(postgres);
