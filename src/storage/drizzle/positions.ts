import { and, count, desc, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { AccountId, ContractId, OrderId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { FillPlace } from "../../domain/lot.js";
import type { Money } from "../../domain/money.js";
import type { Position } from "../../domain/position.js";
import type {
  PositionObservation,
  PositionPrice,
  PositionRepository,
} from "../../ports/repositories.js";
import type { RowQuery } from "../../ports/row-query.js";
import { columnsWithout, placeholders, placeholdersFor } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering, placeConditions } from "./row-query.js";
import { writtenConditions } from "./written-conditions.js";

/** Columns for marks, the broker's own id and what was planned are not part of what fills say. */
const OBSERVED = [
  "id",
  "plannedRisk",
  "currentPrice",
  "unrealizedPnl",
  "markedAt",
  "brokerPositionId",
  "createdAt",
  "updatedAt",
] as const;

const positionColumns = ({ t }: Handle) => columnsWithout(t.positions, ...OBSERVED);

interface PositionRef {
  readonly accountId: AccountId;
  readonly positionId: string;
}

const isPosition = ({ t: { positions } }: Handle) =>
  and(
    eq(positions.accountId, sql.placeholder("accountId")),
    eq(positions.positionId, sql.placeholder("positionId")),
  );

const byId = prepared<PositionRef, readonly Position[]>(
  "position_by_id",
  (h) => h.db.select(positionColumns(h)).from(h.t.positions).where(isPosition(h)),
  positionColumns,
);

const newestOf = prepared<{ accountId: AccountId; contractId: ContractId }, readonly Position[]>(
  "newest_position_of_contract",
  (h) =>
    h.db
      .select(positionColumns(h))
      .from(h.t.positions)
      .where(
        and(
          eq(h.t.positions.accountId, sql.placeholder("accountId")),
          eq(h.t.positions.contractId, sql.placeholder("contractId")),
        ),
      )
      .orderBy(desc(h.t.positions.openedAt), desc(h.t.positions.openFillKey))
      .limit(1),
  positionColumns,
);

type StoredPosition = Position & {
  readonly plannedRisk: Money | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
};

const insertPosition = prepared<StoredPosition, unknown>("insert_position", (h) =>
  h.db
    .insert(h.t.positions)
    .values(
      placeholders(
        h.t.positions,
        "id",
        "currentPrice",
        "unrealizedPnl",
        "markedAt",
        "brokerPositionId",
      ),
    ),
);

const LIVING = [
  "quantity",
  "entryPrice",
  "status",
  "lastFillAt",
  "lastFillKey",
  "closedAt",
  "exitOrderId",
  "closedQuantity",
  "exitPrice",
  "grossPnl",
  "commissions",
  "fees",
  "netPnl",
  "matchCount",
  "commissionMatches",
  "feeMatches",
  "costsKnownMatches",
  "modelledMatches",
  "mae",
  "mfe",
  "plannedRisk",
  "lastMarkAt",
  "updatedAt",
] as const;

const updatePosition = prepared<StoredPosition, unknown>("update_position", (h) =>
  h.db.update(h.t.positions).set(placeholdersFor(h.t.positions, LIVING)).where(isPosition(h)),
);

/** What is closed has no price of its own any more. */
const NO_PRICE = { currentPrice: null, unrealizedPnl: null, markedAt: null } as const;

const closePosition = prepared<StoredPosition, unknown>("close_position", (h) =>
  h.db
    .update(h.t.positions)
    .set({ ...placeholdersFor(h.t.positions, LIVING), ...NO_PRICE })
    .where(isPosition(h)),
);

const isNoOlder = ({ t: { positions } }: Handle) => {
  const markedAt = sql.param(sql.placeholder("markedAt"), positions.markedAt);
  return or(isNull(positions.markedAt), lte(positions.markedAt, markedAt));
};

const markPosition = prepared<PositionPrice & { readonly accountId: AccountId }, unknown>(
  "mark_position",
  (h) =>
    h.db
      .update(h.t.positions)
      .set(placeholdersFor(h.t.positions, ["currentPrice", "unrealizedPnl", "markedAt"]))
      .where(and(isPosition(h), isNoOlder(h))),
);

const removePosition = prepared<PositionRef, unknown>("remove_position", (h) =>
  h.db.delete(h.t.positions).where(isPosition(h)),
);

const priceColumns = ({ t: { positions } }: Handle) => ({
  positionId: positions.positionId,
  contractId: positions.contractId,
  currentPrice: positions.currentPrice,
  unrealizedPnl: positions.unrealizedPnl,
  markedAt: positions.markedAt,
});

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };
type OpenPrice = Pick<PositionPrice, "positionId"> &
  Nullable<Omit<PositionPrice, "positionId">> & { readonly contractId: ContractId };

const openPrices = prepared<{ accountId: AccountId }, readonly OpenPrice[]>(
  "open_position_prices",
  (h) =>
    h.db
      .select(priceColumns(h))
      .from(h.t.positions)
      .where(and(eq(h.t.positions.accountId, sql.placeholder("accountId")), sql`status = 'open'`))
      .orderBy(h.t.positions.openedAt),
  priceColumns,
);

export class DrizzlePositionRepository implements PositionRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, positionId: string): Promise<Position | null> {
    const [row] = await byId(this.session, { accountId, positionId });
    return row ?? null;
  }

  async lastOpened(
    accountId: AccountId,
    contractId: ContractId,
    before: FillPlace | null,
  ): Promise<Position | null> {
    if (before === null) {
      const [newest] = await newestOf(this.session, { accountId, contractId });
      return newest ?? null;
    }
    const h = this.session.handle;
    const { positions } = h.t;
    const at = sql.param(before.executedAt, positions.openedAt);
    const [row] = await h.db
      .select(positionColumns(h))
      .from(positions)
      .where(
        and(
          eq(positions.accountId, accountId),
          eq(positions.contractId, contractId),
          sql`(${positions.openedAt}, ${positions.openFillKey}) < (${at}, ${before.fillKey})`,
        ),
      )
      .orderBy(desc(positions.openedAt), desc(positions.openFillKey))
      .limit(1);
    return row ?? null;
  }

  async list(query: RowQuery, status: Position["status"]): Promise<readonly Position[]> {
    const h = this.session.handle;
    const { positions } = h.t;
    const open = status === "open";
    const at = open ? positions.openedAt : positions.closedAt;
    const opened = [positions.openedAt, positions.openFillKey, positions.contractId];
    const closed = [
      positions.closedAt,
      positions.lastFillKey,
      positions.openedAt,
      positions.openFillKey,
    ];
    const order = open ? opened : closed;
    const rows = await h.db
      .select(positionColumns(h))
      .from(positions)
      .where(
        conditions(
          query,
          { ...positions, at },
          open ? sql`status = 'open'` : sql`status = 'closed'`,
          ...placeConditions(query, order),
          ...(open ? [] : writtenConditions(h, "position", query)),
        ),
      )
      .orderBy(...ordering(query, order))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async ofEntry(accountId: AccountId, entry: OrderId): Promise<readonly Position[]> {
    const h = this.session.handle;
    const { positions } = h.t;
    return h.db
      .select(positionColumns(h))
      .from(positions)
      .where(and(eq(positions.accountId, accountId), eq(positions.entryOrderId, entry)));
  }

  async count(accountId: AccountId): Promise<number> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ n: count() })
      .from(t.positions)
      .where(eq(t.positions.accountId, accountId));
    return row?.n ?? 0;
  }

  async insert(position: Position, plannedRisk: Money | null): Promise<void> {
    await insertPosition(this.session, this.#stamped(position, plannedRisk));
  }

  async update(position: Position, plannedRisk: Money | null): Promise<void> {
    const write = position.status === "open" ? updatePosition : closePosition;
    await write(this.session, this.#stamped(position, plannedRisk));
  }

  async replace(position: Position, plannedRisk: Money | null): Promise<void> {
    const { db, t } = this.session.handle;
    const { accountId, positionId, ...rest } = this.#stamped(position, plannedRisk);
    await db
      .update(t.positions)
      .set({ ...rest, ...(rest.status === "closed" && NO_PRICE) })
      .where(and(eq(t.positions.accountId, accountId), eq(t.positions.positionId, positionId)));
  }

  async prices(accountId: AccountId) {
    const rows = await openPrices(this.session, { accountId });
    return rows.flatMap((row) => {
      const { currentPrice: price, unrealizedPnl: unrealized, markedAt: at } = row;
      if (price === null || unrealized === null || at === null) return [];
      return [{ ...row, currentPrice: price, unrealizedPnl: unrealized, markedAt: at }];
    });
  }

  async mark(accountId: AccountId, price: PositionPrice): Promise<void> {
    await markPosition(this.session, { ...price, accountId });
  }

  async observed(accountId: AccountId): Promise<readonly PositionObservation[]> {
    const { db, t } = this.session.handle;
    const { positionId, brokerPositionId, currentPrice, unrealizedPnl, markedAt } = t.positions;
    return db
      .select({ positionId, brokerPositionId, currentPrice, unrealizedPnl, markedAt })
      .from(t.positions)
      .where(
        and(
          eq(t.positions.accountId, accountId),
          or(isNotNull(brokerPositionId), isNotNull(markedAt)),
        ),
      );
  }

  async observe(accountId: AccountId, observation: PositionObservation): Promise<void> {
    const { positionId, brokerPositionId, ...price } = observation;
    const { db, t } = this.session.handle;
    const isIt = and(eq(t.positions.accountId, accountId), eq(t.positions.positionId, positionId));
    await db.update(t.positions).set({ brokerPositionId }).where(isIt);
    await this.session.handle.db
      .update(t.positions)
      .set(price)
      .where(and(isIt, sql`status = 'open'`));
  }

  async setBrokerId(accountId: AccountId, positionId: string, brokerId: string): Promise<void> {
    const { db, t } = this.session.handle;
    await db
      .update(t.positions)
      .set({ brokerPositionId: brokerId })
      .where(and(eq(t.positions.accountId, accountId), eq(t.positions.positionId, positionId)));
  }

  #stamped(position: Position, plannedRisk: Money | null): StoredPosition {
    const { now } = this.session;
    return { ...position, plannedRisk, createdAt: position.openedAt, updatedAt: now };
  }

  async remove(accountId: AccountId, positionId: string): Promise<void> {
    await removePosition(this.session, { accountId, positionId });
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.positions).where(eq(t.positions.accountId, accountId));
  }

  async setStrategy(accountId: AccountId, entry: OrderId, strategy: string | null): Promise<void> {
    const { t } = this.session.handle;
    for (const table of [t.trades, t.positions]) {
      // The handle is asked for again: it refuses once the unit of work has ended.
      await this.session.handle.db
        .update(table)
        .set({ strategy })
        .where(and(eq(table.accountId, accountId), eq(table.entryOrderId, entry)));
    }
  }
}
