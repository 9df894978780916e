import { openFresh, postgres } from "../stores.js";
import { describeVectors } from "./vectors.js";

describeVectors(postgres.name, () => openFresh(postgres));
