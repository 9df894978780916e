import { and, count, desc, eq, sql } from "drizzle-orm";
import type { AccountId, OrderId } from "../../domain/ids.js";
import type { FillPlace } from "../../domain/lot.js";
import type { Match } from "../../domain/match.js";
import type { Money } from "../../domain/money.js";
import type { MatchRepository } from "../../ports/repositories.js";
import type { RowQuery } from "../../ports/row-query.js";
import { columnsWithout, param, placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering, placeConditions } from "./row-query.js";
import { writtenConditions } from "./written-conditions.js";

/** The strategy is the entry order's, read where it stands. */
const matchColumns = ({ t }: Handle) => ({
  ...columnsWithout(t.matches, "id", "plannedRisk"),
  strategy: t.orders.strategy,
});

const entryOrder = ({ t: { matches, orders } }: Handle) =>
  and(eq(orders.accountId, matches.accountId), eq(orders.orderId, matches.entryOrderId));

const placeColumns = ({ t: { matches } }: Handle) => [
  matches.exitTimestamp,
  matches.exitFillKey,
  matches.entryTimestamp,
  matches.entryFillKey,
];

const inPosition = ({ t: { matches } }: Handle) =>
  and(
    eq(matches.accountId, sql.placeholder("accountId")),
    eq(matches.positionId, sql.placeholder("positionId")),
  );

interface PositionRef {
  readonly accountId: AccountId;
  readonly positionId: string;
}

const ofPosition = prepared<PositionRef, readonly Match[]>(
  "matches_of_position",
  (h) =>
    h.db
      .select(matchColumns(h))
      .from(h.t.matches)
      .innerJoin(h.t.orders, entryOrder(h))
      .where(inPosition(h)),
  matchColumns,
);

const ofTrade = prepared<PositionRef & { entry: OrderId; exit: OrderId }, readonly Match[]>(
  "matches_of_trade",
  (h) =>
    h.db
      .select(matchColumns(h))
      .from(h.t.matches)
      .innerJoin(h.t.orders, entryOrder(h))
      .where(
        and(
          inPosition(h),
          eq(h.t.matches.entryOrderId, sql.placeholder("entry")),
          eq(h.t.matches.exitOrderId, sql.placeholder("exit")),
        ),
      ),
  matchColumns,
);

const insertMatch = prepared<Match & { readonly plannedRisk: Money | null }, unknown>(
  "insert_match",
  (h) => h.db.insert(h.t.matches).values(placeholders(h.t.matches, "id")),
);

const removeMatch = prepared<Match, unknown>("remove_match", (h) =>
  h.db
    .delete(h.t.matches)
    .where(
      and(
        eq(h.t.matches.accountId, sql.placeholder("accountId")),
        eq(h.t.matches.exitTimestamp, param("exitTimestamp", h.t.matches.exitTimestamp)),
        eq(h.t.matches.exitFillKey, sql.placeholder("exitFillKey")),
        eq(h.t.matches.entryTimestamp, param("entryTimestamp", h.t.matches.entryTimestamp)),
        eq(h.t.matches.entryFillKey, sql.placeholder("entryFillKey")),
      ),
    ),
);

export class DrizzleMatchRepository implements MatchRepository {
  constructor(private readonly session: Session) {}

  async list(query: RowQuery): Promise<readonly Match[]> {
    const h = this.session.handle;
    const { matches, orders } = h.t;
    const columns = { ...matches, at: matches.exitTimestamp, strategy: orders.strategy };
    const rows = await h.db
      .select(matchColumns(h))
      .from(matches)
      .innerJoin(orders, entryOrder(h))
      .where(
        conditions(
          query,
          columns,
          ...placeConditions(query, placeColumns(h)),
          ...writtenConditions(h, "match", query),
        ),
      )
      .orderBy(...ordering(query, placeColumns(h)))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async ofPosition(accountId: AccountId, positionId: string): Promise<readonly Match[]> {
    return ofPosition(this.session, { accountId, positionId });
  }

  async ofTrade(
    accountId: AccountId,
    positionId: string,
    entry: OrderId,
    exit: OrderId,
  ): Promise<readonly Match[]> {
    return ofTrade(this.session, { accountId, positionId, entry, exit });
  }

  async ofExit(accountId: AccountId, exit: FillPlace): Promise<readonly Match[]> {
    const h = this.session.handle;
    const { matches, orders } = h.t;
    return h.db
      .select(matchColumns(h))
      .from(matches)
      .innerJoin(orders, entryOrder(h))
      .where(
        and(
          eq(matches.accountId, accountId),
          eq(matches.exitTimestamp, exit.executedAt),
          eq(matches.exitFillKey, exit.fillKey),
        ),
      )
      .orderBy(...placeColumns(h));
  }

  async lastBefore(
    accountId: AccountId,
    positionId: string,
    place: FillPlace,
  ): Promise<Match | null> {
    const h = this.session.handle;
    const { matches, orders } = h.t;
    const exit = sql`(${matches.exitTimestamp}, ${matches.exitFillKey})`;
    const at = sql.param(place.executedAt, matches.exitTimestamp);
    // Nothing added to the id, but the order of exits shall lead the search, not the position.
    const isOfPosition = sql`${matches.positionId} || '' = ${positionId}`;
    const [row] = await h.db
      .select(matchColumns(h))
      .from(matches)
      .innerJoin(orders, entryOrder(h))
      .where(
        and(
          eq(matches.accountId, accountId),
          isOfPosition,
          sql`${exit} < (${at}, ${place.fillKey})`,
        ),
      )
      .orderBy(...placeColumns(h).map((column) => desc(column)))
      .limit(1);
    return row ?? null;
  }

  async count(accountId: AccountId): Promise<number> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ n: count() })
      .from(t.matches)
      .where(eq(t.matches.accountId, accountId));
    return row?.n ?? 0;
  }

  async insert(match: Match, plannedRisk: Money | null): Promise<void> {
    await insertMatch(this.session, { ...match, plannedRisk });
  }

  async remove(match: Match): Promise<void> {
    await removeMatch(this.session, match);
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.matches).where(eq(t.matches.accountId, accountId));
  }
}
