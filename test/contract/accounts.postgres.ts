import { postgres } from "../stores.js";
import { describeAccountServices } from "./services-contract.js";

describeAccountServices(postgres);
