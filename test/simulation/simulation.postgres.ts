import { postgres } from "../stores.js";
import { describeSimulation } from "./simulation.js";

describeSimulation(postgres, postgres);
