import {
  AccountService,
  BlotterError,
  BookQueries,
  ComplianceMonitor,
  ContractService,
  OrderService,
  PerformanceService,
  PositionService,
  QuarantineService,
  type Served,
  Store,
  serveBlotter,
  TradeConsolidator,
} from "blotter";
import type { DependencyContainer } from "tsyringe";

/** Serves the dashboard of a bot's books, on a free port when the usual one is taken. */
export async function openDashboard(bot: DependencyContainer): Promise<Served> {
  const books = {
    accounts: bot.resolve(AccountService),
    orders: bot.resolve(OrderService),
    trades: bot.resolve(TradeConsolidator),
    positions: bot.resolve(PositionService),
    contracts: bot.resolve(ContractService),
    queries: bot.resolve(BookQueries),
    compliance: bot.resolve(ComplianceMonitor),
    performance: bot.resolve(PerformanceService),
    quarantine: bot.resolve(QuarantineService),
    store: bot.resolve(Store),
  };
  try {
    return await serveBlotter(books);
  } catch (error) {
    if (!(error instanceof BlotterError) || error.code !== "unavailable") throw error;
    return serveBlotter(books, { port: 0 });
  }
}

/** Resolves at Ctrl-C. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
