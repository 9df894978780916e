import type { Repositories } from "../../ports/repositories.js";
import { DrizzleAccountRepository } from "./accounts.js";
import { DrizzleContractRepository } from "./contracts.js";
import { DrizzleDayRepository } from "./days.js";
import { DrizzleFillRepository } from "./fills.js";
import type { Session } from "./handle.js";
import { DrizzleLotRepository } from "./lots.js";
import { DrizzleMatchRepository } from "./matches.js";
import { DrizzleOrderRepository } from "./orders.js";
import { DrizzleOutboxRepository } from "./outbox.js";
import { DrizzlePositionRepository } from "./positions.js";
import { DrizzleQuarantineRepository } from "./quarantine.js";
import { DrizzleTableRepository } from "./tables.js";
import { DrizzleTradeRepository } from "./trades.js";

/** All repositories of one unit of work. */
export function repositoriesOf(session: Session): Repositories {
  return {
    accounts: new DrizzleAccountRepository(session),
    contracts: new DrizzleContractRepository(session),
    orders: new DrizzleOrderRepository(session),
    fills: new DrizzleFillRepository(session),
    lots: new DrizzleLotRepository(session),
    matches: new DrizzleMatchRepository(session),
    trades: new DrizzleTradeRepository(session),
    positions: new DrizzlePositionRepository(session),
    days: new DrizzleDayRepository(session),
    quarantine: new DrizzleQuarantineRepository(session),
    outbox: new DrizzleOutboxRepository(session),
    tables: new DrizzleTableRepository(session),
  };
}
