import { openFresh, postgres } from "../stores.js";
import { describeAccountProperties } from "./account-properties.js";

describeAccountProperties(postgres.name, () => openFresh(postgres), 20);
