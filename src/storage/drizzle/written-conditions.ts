import { aliasedTable as alias, and, type Column, eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { AccountId } from "../../domain/ids.js";
import { PRICE_UNIT } from "../../domain/money.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type {
  RiskQuery,
  WrittenPlaces,
  WrittenQuery,
} from "../../ports/performance-repositories.js";
import type { Handle } from "./handle.js";

/**
 * What narrows closed rows of a level down by what was written on them.
 * @param distance how far stops lie behind entries; for a query that joins them, `stopDistance`
 */
export function writtenConditions(
  h: Handle,
  level: ResultLevel,
  { accountId, written = [], risk }: WrittenQuery & { readonly accountId: AccountId },
  distance: (h: Handle, level: ResultLevel) => SQL = lookedUpDistance,
): SQL[] {
  const found = written.map((places) => hasPlace(h, level, accountId, places));
  if (risk !== undefined) found.push(hasRisk(h, level, risk, distance(h, level)));
  return found;
}

/** A row that a match with an order or fill among the places is in; found from the places, not row by row. */
function hasPlace(
  h: Handle,
  level: ResultLevel,
  accountId: AccountId,
  { orders, fills }: WrittenPlaces,
): SQL {
  const { t, db } = h;
  const [m, tr, f] = [alias(t.matches, "m"), alias(t.trades, "tr"), alias(t.fills, "f")];
  const whole = h.texts(orders);
  const single = h.texts(fills.map(({ fillKey }) => fillKey));
  const searched = h.texts([...new Set([...orders, ...fills.map(({ orderId }) => orderId)])]);
  const ofTrade = and(
    eq(m.accountId, tr.accountId),
    eq(m.positionId, tr.positionId),
    eq(m.entryOrderId, tr.entryOrderId),
    eq(m.exitOrderId, tr.exitOrderId),
  );
  const ofExit = and(
    eq(m.accountId, f.accountId),
    eq(m.exitTimestamp, f.executedAt),
    eq(m.exitFillKey, f.fillKey),
  );
  const { own, found } = {
    match: { own: t.matches.id, found: m.id },
    trade: { own: t.trades.id, found: tr.id },
    position: { own: t.positions.positionId, found: m.positionId },
  }[level];
  const entered = db
    .select({ found })
    .from(tr)
    .innerJoin(m, ofTrade)
    .where(
      and(
        eq(tr.accountId, accountId),
        sql`${tr.entryOrderId} in ${searched}`,
        sql`(${m.entryOrderId} in ${whole} or ${m.entryFillKey} in ${single})`,
      ),
    );
  const left = db
    .select({ found })
    .from(f)
    .innerJoin(m, ofExit)
    .innerJoin(tr, ofTrade)
    .where(
      and(
        eq(f.accountId, accountId),
        sql`${f.orderId} in ${searched}`,
        sql`(${f.orderId} in ${whole} or ${f.fillKey} in ${single})`,
      ),
    );
  return sql`${own} in (${entered.getSQL()} union all ${left.getSQL()})`;
}

/** What a row's planned risk follows from. */
interface RiskedColumns {
  readonly accountId: AnyPgColumn;
  readonly contractId: AnyPgColumn;
  readonly entryOrderId: AnyPgColumn;
  readonly side: AnyPgColumn;
  readonly quantity: AnyPgColumn;
}

function riskedColumns({ t }: Handle, level: ResultLevel): RiskedColumns {
  switch (level) {
    case "match":
      return t.matches;
    case "trade":
      return t.trades;
    case "position":
      return { ...t.positions, quantity: t.positions.closedQuantity };
  }
}

const [ENTRY, STOP, CHILD] = ["entry_order", "stop_order", "child_order"] as const;
const name = (alias: string) => sql.identifier(alias);

/** Orders once more, as the linked stop of the entry order: what a query joins that reads many stops. */
export const stopOrders = ({ t }: Handle) => alias(t.orders, STOP);

type OrderColumns = Readonly<
  Record<"accountId" | "orderId" | "averageFillPrice" | "stopLossOrderId" | "stopPrice", Column>
>;

export const isStopOf = (stop: OrderColumns, entry: OrderColumns): SQL =>
  sql`${stop.accountId} = ${entry.accountId} and ${stop.orderId} = ${entry.stopLossOrderId}`;

/** See `StopDistances`; in a query that joins `orders` as the entry order, and `stopOrders`. */
export function stopDistance(h: Handle, level: ResultLevel): SQL<number | null> {
  const { orders } = h.t;
  const distance = distanceBetween(h, orders, sql`${stopOrders(h).stopPrice}`);
  return inDirection(distance, riskedColumns(h, level)).mapWith(Number);
}

/** The same where nothing is joined: slower over many rows. */
function lookedUpDistance(h: Handle, level: ResultLevel): SQL {
  const { orders } = h.t;
  const row = riskedColumns(h, level);
  const [entry, stop] = [alias(orders, ENTRY), stopOrders(h)];
  const linked = sql`(select ${stop.stopPrice} from ${orders} ${name(STOP)} where ${isStopOf(stop, entry)})`;
  const ofEntry = sql`(select ${distanceBetween(h, entry, linked)} from ${orders} ${name(ENTRY)} where ${and(
    eq(entry.accountId, row.accountId),
    eq(entry.orderId, row.entryOrderId),
  )})`;
  return inDirection(ofEntry, row);
}

/** In whole price units, which doubles hold exactly. */
function distanceBetween({ t }: Handle, entry: OrderColumns, linkedPrice: SQL): SQL {
  const child = alias(t.orders, CHILD);
  const units = (price: SQL) => sql`round(${price} * ${sql.raw(String(PRICE_UNIT))})`;
  const newest = sql`(select ${child.stopPrice} from ${t.orders} ${name(CHILD)} where ${and(
    eq(child.accountId, entry.accountId),
    eq(child.parentOrderId, entry.orderId),
    sql`${child.stopPrice} is not null`,
  )} order by ${child.createdAt} desc, ${child.orderId} desc limit 1)`;
  const stopPrice = sql`coalesce(${linkedPrice}, ${newest})`;
  return sql`(${units(sql`${entry.averageFillPrice}`)} - ${units(stopPrice)})`;
}

const inDirection = (distance: SQL, { side, quantity }: RiskedColumns): SQL =>
  sql`${distance} * ${quantity} * (case when ${side} = 'LONG' then 1 else -1 end)`;

function hasRisk(
  h: Handle,
  level: ResultLevel,
  { written, fitting, distances }: RiskQuery,
  distance: SQL,
): SQL {
  const row = riskedColumns(h, level);
  const groups = fitting.map(({ orders, quantity: { from, to } }) => {
    const upTo = to === null ? sql`` : sql` and ${row.quantity} <= ${to}`;
    return sql`(${row.entryOrderId} in ${h.texts(orders)} and ${row.quantity} >= ${from}${upTo})`;
  });
  const byStop = stopWithin(distance, row.contractId, distances);
  if (byStop === null) return anyOf(groups);
  if (written.length === 0) return byStop;
  const unwritten = sql`(${row.entryOrderId} not in ${h.texts(written)} and ${byStop})`;
  return anyOf([...groups, unwritten]);
}

function stopWithin(
  distance: SQL,
  contractId: AnyPgColumn,
  distances: RiskQuery["distances"],
): SQL | null {
  if (distances.length === 0) return null;
  const bound = (of: (range: RiskQuery["distances"][number]["distance"]) => number) => {
    const cases = distances.map(
      (row) => sql`when ${row.contractId} then cast(${of(row.distance)} as numeric)`,
    );
    return sql`case ${contractId} ${sql.join(cases, sql` `)} end`;
  };
  const from = bound(({ from: least }) => least);
  const to = bound(({ to: most }) => most ?? FARTHEST);
  return sql`${distance} between ${from} and ${to}`;
}

const FARTHEST = 1e24;

/** Alternatives as a tree: a long chain is too deep for SQLite. */
function anyOf(conditions: readonly SQL[]): SQL {
  const [first, ...rest] = conditions;
  if (first === undefined) return sql`1 = 0`;
  if (rest.length === 0) return first;
  const half = Math.ceil(conditions.length / 2);
  return sql`(${anyOf(conditions.slice(0, half))} or ${anyOf(conditions.slice(half))})`;
}
