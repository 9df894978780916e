import { and, eq } from "drizzle-orm";
import type { AccountId, OrderId } from "../../domain/ids.js";
import type { Money } from "../../domain/money.js";
import { matchResult, positionResult, type Result } from "../../domain/performance/result.js";
import type {
  PlannedResult,
  ResultLists,
  ResultQuery,
  ResultRepository,
  RiskedRow,
  SummableField,
} from "../../ports/performance-repositories.js";
import { columnsWithout } from "./columns.js";
import type { Handle, Session } from "./handle.js";
import { readColumns } from "./result-columns.js";
import { ALL, placed, wanted } from "./result-conditions.js";
import { riskedRows, setPlannedRisk } from "./risked-rows.js";
import { writtenConditions } from "./written-conditions.js";

/** Closed matches, trades and positions as the statistics see them. */
export class DrizzleResultRepository implements ResultRepository {
  constructor(private readonly session: Session) {}

  async list(query: ResultQuery): Promise<readonly Result[]> {
    const rows = await this.#read(query);
    return query.newest === undefined ? rows : rows.reverse();
  }

  async columns<K extends keyof PlannedResult, S extends SummableField = never>(
    query: Omit<ResultQuery, "newest">,
    names: readonly K[],
    summed: readonly S[] = [],
  ): Promise<ResultLists<K, S>> {
    return readColumns(this.session.handle, query, names, summed);
  }

  async ofEntry(accountId: AccountId, entry: OrderId): Promise<readonly RiskedRow[]> {
    return riskedRows(this.session, accountId, entry);
  }

  async setPlannedRisk(
    accountId: AccountId,
    row: Pick<RiskedRow, "level" | "rowId">,
    plannedRisk: Money | null,
  ): Promise<void> {
    await setPlannedRisk(this.session, { accountId, ...row, plannedRisk });
  }

  #read(query: ResultQuery): Promise<Result[]> {
    switch (query.level) {
      case "match":
        return matchResults(this.session.handle, query);
      case "trade":
        return tradeResults(this.session.handle, query);
      case "position":
        return positionResults(this.session.handle, query);
    }
  }
}

async function tradeResults(h: Handle, query: ResultQuery): Promise<Result[]> {
  const { db, t } = h;
  const { trades, orders } = t;
  const left = [
    "id",
    "tradeId",
    "entryPrice",
    "exitPrice",
    "pointValue",
    "costsModelled",
    "plannedRisk",
    "createdAt",
  ] as const;
  return db
    .select({
      ...columnsWithout(trades, ...left),
      resultId: trades.tradeId,
      entryOrderType: orders.orderType,
    })
    .from(trades)
    .leftJoin(
      orders,
      and(eq(orders.accountId, trades.accountId), eq(orders.orderId, trades.entryOrderId)),
    )
    .where(
      and(
        wanted(query, { ...trades, at: trades.exitTimestamp }),
        ...writtenConditions(h, "trade", query),
      ),
    )
    .orderBy(
      ...placed(query, [
        trades.exitTimestamp,
        trades.exitFillKey,
        trades.entryTimestamp,
        trades.entryFillKey,
      ]),
    )
    .limit(query.newest ?? ALL);
}

async function matchResults(h: Handle, query: ResultQuery): Promise<Result[]> {
  const { db, t } = h;
  const { matches, orders, contracts } = t;
  const rows = await db
    .select({
      match: { ...columnsWithout(matches, "id", "plannedRisk"), strategy: orders.strategy },
      entryOrderType: orders.orderType,
      pointValue: contracts.pointValue,
    })
    .from(matches)
    .innerJoin(
      orders,
      and(eq(orders.accountId, matches.accountId), eq(orders.orderId, matches.entryOrderId)),
    )
    .innerJoin(contracts, eq(contracts.contractId, matches.contractId))
    .where(
      and(
        wanted(query, { ...matches, strategy: orders.strategy, at: matches.exitTimestamp }),
        ...writtenConditions(h, "match", query),
      ),
    )
    .orderBy(
      ...placed(query, [
        matches.exitTimestamp,
        matches.exitFillKey,
        matches.entryTimestamp,
        matches.entryFillKey,
      ]),
    )
    .limit(query.newest ?? ALL);
  return rows.map(({ match, entryOrderType, pointValue }) =>
    matchResult(match, pointValue, entryOrderType),
  );
}

async function positionResults(h: Handle, query: ResultQuery): Promise<Result[]> {
  const { db, t } = h;
  const { positions, orders } = t;
  const rows = await db
    .select({
      position: columnsWithout(positions, "id", "plannedRisk"),
      entryOrderType: orders.orderType,
    })
    .from(positions)
    .leftJoin(
      orders,
      and(eq(orders.accountId, positions.accountId), eq(orders.orderId, positions.entryOrderId)),
    )
    .where(
      and(
        eq(positions.status, "closed"),
        wanted(query, { ...positions, at: positions.closedAt }),
        ...writtenConditions(h, "position", query),
      ),
    )
    .orderBy(
      ...placed(query, [
        positions.closedAt,
        positions.lastFillKey,
        positions.openedAt,
        positions.openFillKey,
      ]),
    )
    .limit(query.newest ?? ALL);
  return rows.flatMap(({ position, entryOrderType }) => {
    const result = positionResult(position, entryOrderType);
    return result ? [result] : [];
  });
}
