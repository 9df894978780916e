import { and, type Column, count, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { AccountId, OrderId } from "../../domain/ids.js";
import { type Money, ZERO } from "../../domain/money.js";
import type { Trade } from "../../domain/trade.js";
import type { TradeRepository } from "../../ports/repositories.js";
import type { TradeOutcome, TradeQuery } from "../../ports/trade-query.js";
import { columnsWithout, excluded, placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering, placeConditions } from "./row-query.js";
import { writtenConditions } from "./written-conditions.js";

const tradeColumns = ({ t }: Handle) => columnsWithout(t.trades, "id", "createdAt", "plannedRisk");

interface TradeRef {
  readonly accountId: AccountId;
  readonly tradeId: string;
}

const isTrade = ({ t: { trades } }: Handle) =>
  and(
    eq(trades.accountId, sql.placeholder("accountId")),
    eq(trades.tradeId, sql.placeholder("tradeId")),
  );

const byId = prepared<TradeRef, readonly Trade[]>(
  "trade_by_id",
  (h) => h.db.select(tradeColumns(h)).from(h.t.trades).where(isTrade(h)),
  tradeColumns,
);

type StoredTrade = Trade & { readonly plannedRisk: Money | null; readonly createdAt: number };

const saveTrade = prepared<StoredTrade, unknown>("save_trade", (h) =>
  h.db
    .insert(h.t.trades)
    .values(placeholders(h.t.trades, "id"))
    .onConflictDoUpdate({
      target: [h.t.trades.accountId, h.t.trades.tradeId],
      set: excluded(h.t.trades, "id", "accountId", "tradeId"),
    }),
);

const removeTrade = prepared<TradeRef, unknown>("remove_trade", (h) =>
  h.db.delete(h.t.trades).where(isTrade(h)),
);

export class DrizzleTradeRepository implements TradeRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, tradeId: string): Promise<Trade | null> {
    const [row] = await byId(this.session, { accountId, tradeId });
    return row ?? null;
  }

  async list(query: TradeQuery): Promise<readonly Trade[]> {
    const h = this.session.handle;
    const { trades } = h.t;
    const { side, rank = "exitTimestamp", outcome } = query;
    const canonicalOrder = [
      trades.exitTimestamp,
      trades.exitFillKey,
      trades.entryTimestamp,
      trades.entryFillKey,
    ];
    const order = rank === "exitTimestamp" ? canonicalOrder : [trades[rank], ...canonicalOrder];
    const more = [...placeConditions(query, order), ...writtenConditions(h, "trade", query)];
    if (side !== undefined) more.push(eq(trades.side, side));
    if (outcome !== undefined) more.push(outcomeCondition(trades.netPnl, outcome));
    const rows = await h.db
      .select(tradeColumns(h))
      .from(trades)
      .where(conditions(query, { ...trades, at: trades.exitTimestamp }, ...more))
      .orderBy(...ordering(query, order))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async ofPosition(accountId: AccountId, positionId: string): Promise<readonly Trade[]> {
    const h = this.session.handle;
    return h.db
      .select(tradeColumns(h))
      .from(h.t.trades)
      .where(and(eq(h.t.trades.accountId, accountId), eq(h.t.trades.positionId, positionId)));
  }

  async ofEntry(accountId: AccountId, entry: OrderId): Promise<readonly Trade[]> {
    const h = this.session.handle;
    return h.db
      .select(tradeColumns(h))
      .from(h.t.trades)
      .where(and(eq(h.t.trades.accountId, accountId), eq(h.t.trades.entryOrderId, entry)));
  }

  async count(accountId: AccountId): Promise<number> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ n: count() })
      .from(t.trades)
      .where(eq(t.trades.accountId, accountId));
    return row?.n ?? 0;
  }

  async save(trade: Trade, plannedRisk: Money | null): Promise<void> {
    await saveTrade(this.session, { ...trade, plannedRisk, createdAt: trade.exitTimestamp });
  }

  async remove(accountId: AccountId, tradeId: string): Promise<void> {
    await removeTrade(this.session, { accountId, tradeId });
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.trades).where(eq(t.trades.accountId, accountId));
  }
}

function outcomeCondition(netPnl: Column, outcome: TradeOutcome): SQL {
  switch (outcome) {
    case "win":
      return gt(netPnl, ZERO);
    case "loss":
      return lt(netPnl, ZERO);
    case "breakeven":
      return eq(netPnl, ZERO);
  }
}
