import { postgres } from "../stores.js";
import { describeBrokerServices } from "./services-contract.js";

describeBrokerServices(postgres);
