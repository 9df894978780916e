import type { Endpoint } from "./endpoint.js";
import { accountEndpoints } from "./endpoints/accounts.js";
import { complianceEndpoints } from "./endpoints/compliance.js";
import { fillEndpoints } from "./endpoints/fills.js";
import { orderEndpoints } from "./endpoints/orders.js";
import { performanceEndpoints } from "./endpoints/performance.js";
import { positionEndpoints } from "./endpoints/positions.js";
import { quarantineEndpoints } from "./endpoints/quarantine.js";
import { snapshotEndpoints } from "./endpoints/snapshots.js";
import { tradeEndpoints } from "./endpoints/trades.js";

/** Everything that can be asked for; the OpenAPI document has them in this order. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...accountEndpoints,
  ...orderEndpoints,
  ...fillEndpoints,
  ...tradeEndpoints,
  ...positionEndpoints,
  ...performanceEndpoints,
  ...complianceEndpoints,
  ...snapshotEndpoints,
  ...quarantineEndpoints,
];
