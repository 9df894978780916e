import { LOCAL_STORES, openFresh } from "../stores.js";
import { describeVectors } from "./vectors.js";

for (const kind of LOCAL_STORES) describeVectors(kind.name, () => openFresh(kind));
