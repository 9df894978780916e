import { inject, injectable } from "tsyringe";
import { BlotterError } from "../domain/errors.js";
import type { Fill } from "../domain/fill.js";
import { show } from "../domain/ids.js";
import { comparePlaces } from "../domain/lot.js";
import type { MadeOrigin } from "../domain/made.js";
import { compareClosed, type Match } from "../domain/match.js";
import type { Money } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import type { Position } from "../domain/position.js";
import type { Trade } from "../domain/trade.js";
import type { PerformanceFilter } from "../ports/performance.js";
import type {
  BookQueries,
  ClosedPageRequest,
  ClosedRows,
  Page,
  PageRequest,
  TradePageRequest,
  TradeRecord,
} from "../ports/queries.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { Store } from "../ports/store.js";
import type { TradeRank } from "../ports/trade-query.js";
import { rowsOfResults } from "./closed-rows.js";
import { madeOfRows } from "./made-results.js";
import { type ListOrder, PageReader } from "./page-reader.js";
import { resolveFilter } from "./performance-filter.js";
import { readResults } from "./result-reader.js";
import { findAccount } from "./row-reader.js";
import { annotationsOf } from "./written-places.js";

const ORDERS: ListOrder<Order> = {
  kinds: ["instant", "text"],
  keyOf: ({ createdAt, orderId }) => [createdAt, orderId],
};
const FILLS: ListOrder<Fill> = {
  kinds: ["instant", "text"],
  keyOf: ({ executedAt, fillKey }) => [executedAt, fillKey],
};
const CLOSED: ListOrder<Match | Trade> = {
  kinds: ["instant", "text", "instant", "text"],
  keyOf: ({ exitTimestamp, exitFillKey, entryTimestamp, entryFillKey }) => [
    exitTimestamp,
    exitFillKey,
    entryTimestamp,
    entryFillKey,
  ],
};
const CLOSED_POSITIONS: ListOrder<Position> = {
  kinds: ["instant", "text", "instant", "text"],
  // A closed position has an instant of closing.
  keyOf: ({ closedAt, lastFillKey, openedAt, openFillKey }) => [
    closedAt ?? 0,
    lastFillKey,
    openedAt,
    openFillKey,
  ],
};

@injectable()
export class StoredQueries implements BookQueries {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(PageReader) private readonly pages: PageReader,
  ) {}

  async orders(request: PageRequest): Promise<Page<Order>> {
    return this.pages.read(request, ORDERS, (repos, query) => repos.orders.list(query));
  }

  async fills(request: PageRequest, all = false): Promise<Page<Fill>> {
    return this.pages.read(request, FILLS, (repos, query) => repos.fills.list(query, all));
  }

  async trades(request: TradePageRequest): Promise<Page<Trade>> {
    const { side, outcome, rank = "exitTimestamp" } = request;
    const asked = {
      rank,
      ...(side !== undefined && { side }),
      ...(outcome !== undefined && { outcome }),
    };
    return this.pages.read(request, tradeOrder(rank), (repos, query) =>
      repos.trades.list({ ...query, ...asked }),
    );
  }

  async matches(request: ClosedPageRequest): Promise<Page<Match>> {
    return this.pages.read<Match>(request, CLOSED, (repos, query) => repos.matches.list(query));
  }

  async closedPositions(request: ClosedPageRequest): Promise<Page<Position>> {
    return this.pages.read(request, CLOSED_POSITIONS, (repos, query) =>
      repos.positions.list(query, "closed"),
    );
  }

  async counted(filter: PerformanceFilter, most: number): Promise<ClosedRows> {
    return this.store.read(async (repos) => {
      const resolved = await resolveFilter(filter, repos);
      const results = await readResults(resolved, repos, most);
      return rowsOfResults(resolved.level, results.toReversed(), repos);
    });
  }

  async made(closed: ClosedRows): Promise<readonly (readonly MadeOrigin[])[]> {
    return this.store.read((repos) => madeOfRows(closed, repos));
  }

  async trade(account: string, tradeId: string): Promise<TradeRecord> {
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      const trade = await repos.trades.get(accountId, tradeId);
      if (trade === null) {
        throw new BlotterError("not_found", `account ${accountId} has no trade ${show(tradeId)}`);
      }
      const { positionId, entryOrderId: entry, exitOrderId: exit } = trade;
      const matches = await repos.matches.ofTrade(accountId, positionId, entry, exit);
      const orders: Order[] = [];
      const fills: Fill[] = [];
      const matched = new Set(matches.flatMap((m) => [m.entryFillKey, m.exitFillKey]));
      for (const orderId of new Set([entry, exit])) {
        const order = await repos.orders.get(accountId, orderId);
        if (order) orders.push(order);
        const ofOrder = await repos.fills.ofOrder(accountId, orderId);
        fills.push(...ofOrder.filter((fill) => matched.has(fill.fillKey)));
      }
      return {
        trade,
        matches: [...matches].sort(compareClosed),
        orders: orders.sort((a, b) => a.createdAt - b.createdAt),
        fills: fills.sort(comparePlaces),
        annotations: await annotationsOf(accountId, [entry, exit], matched, repos),
        plannedRisk: await plannedRiskOf(trade, repos),
      };
    });
  }
}

/** Null while nobody knows. */
async function plannedRiskOf(trade: Trade, repos: ReadRepositories): Promise<Money | null> {
  const { accountId, tradeId, exitTimestamp } = trade;
  const query = { accountId, level: "trade", exits: [exitTimestamp] } as const;
  const { columns } = await repos.results.columns(query, ["resultId", "plannedRisk"]);
  const risk = columns.plannedRisk[Array.from(columns.resultId).indexOf(tradeId)];
  return risk === undefined || Number.isNaN(risk) ? null : risk;
}

function tradeOrder(rank: TradeRank): ListOrder<Trade> {
  if (rank === "exitTimestamp") return CLOSED;
  const lead = KIND_OF_RANK[rank];
  return {
    kinds: [lead, ...CLOSED.kinds],
    keyOf: (trade) => [trade[rank], ...CLOSED.keyOf(trade)],
  };
}

const KIND_OF_RANK = {
  entryTimestamp: "instant",
  symbol: "text",
  quantity: "count",
  grossPnl: "money",
  netPnl: "money",
  mae: "money",
  mfe: "money",
  durationSeconds: "count",
} as const;
