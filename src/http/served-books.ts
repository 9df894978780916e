import type { AccountService } from "../ports/account-service.js";
import type { ComplianceMonitor } from "../ports/compliance.js";
import type { PerformanceService } from "../ports/performance.js";
import type { BookQueries } from "../ports/queries.js";
import type {
  ContractService,
  OrderService,
  PositionService,
  QuarantineService,
  TradeConsolidator,
} from "../ports/services.js";
import type { Store } from "../ports/store.js";

/** The opened books as the endpoints read them: what `createBlotter` hands out. */
export interface ServedBooks {
  readonly accounts: AccountService;
  readonly orders: OrderService;
  readonly trades: TradeConsolidator;
  readonly positions: PositionService;
  readonly contracts: ContractService;
  readonly queries: BookQueries;
  readonly performance: PerformanceService;
  readonly compliance: ComplianceMonitor;
  readonly quarantine: QuarantineService;
  readonly store: Store;
}
