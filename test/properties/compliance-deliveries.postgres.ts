import { openFresh, postgres } from "../stores.js";
import { describeComplianceDeliveries } from "./compliance-properties.js";

describeComplianceDeliveries(postgres.name, () => openFresh(postgres), 8);
