import { aliasedTable as alias, and, asc, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import type { AnnotationTarget } from "../../domain/annotation.js";
import type { AccountId, OrderId } from "../../domain/ids.js";
import type { Order } from "../../domain/order.js";
import type { EntryOrder } from "../../domain/performance/planned-risk.js";
import type { OrderEvent, OrderRepository } from "../../ports/repositories.js";
import type { RowQuery } from "../../ports/row-query.js";
import { columnsWithout, placeholders, placeholdersFor } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering, placeConditions } from "./row-query.js";

const orderColumns = ({ t }: Handle) => columnsWithout(t.orders, "id", "updatedAt");

const isOrder = ({ t: { orders } }: Handle) =>
  and(
    eq(orders.accountId, sql.placeholder("accountId")),
    eq(orders.orderId, sql.placeholder("orderId")),
  );

const byId = prepared<{ accountId: AccountId; orderId: OrderId }, readonly Order[]>(
  "order_by_id",
  (h) => h.db.select(orderColumns(h)).from(h.t.orders).where(isOrder(h)),
  orderColumns,
);

const childrenOf = prepared<{ accountId: AccountId; parentOrderId: OrderId }, readonly Order[]>(
  "order_children",
  (h) => {
    const { orders } = h.t;
    const isChild = and(
      eq(orders.accountId, sql.placeholder("accountId")),
      eq(orders.parentOrderId, sql.placeholder("parentOrderId")),
    );
    return h.db.select(orderColumns(h)).from(orders).where(isChild);
  },
  orderColumns,
);

const taggedEither = prepared<
  { accountId: AccountId; tag: string; other: string },
  readonly Order[]
>(
  "orders_tagged_either",
  (h) => {
    const { orders } = h.t;
    const carries = and(
      eq(orders.accountId, sql.placeholder("accountId")),
      inArray(orders.customTag, [sql.placeholder("tag"), sql.placeholder("other")]),
    );
    return h.db.select(orderColumns(h)).from(orders).where(carries);
  },
  orderColumns,
);

const workingOrders = prepared<{ accountId: AccountId }, readonly Order[]>(
  "working_orders",
  (h) =>
    h.db
      .select(orderColumns(h))
      .from(h.t.orders)
      .where(and(eq(h.t.orders.accountId, sql.placeholder("accountId")), sql`status in (0, 1)`))
      .orderBy(asc(h.t.orders.createdAt), asc(h.t.orders.orderId)),
  orderColumns,
);

const entryColumns = ({ t: { orders, annotations } }: Handle) => ({
  strategy: orders.strategy,
  orderType: orders.orderType,
  filledQuantity: orders.filledQuantity,
  averageFillPrice: orders.averageFillPrice,
  writtenRisk: annotations.plannedRisk,
  protectiveStop: orders.stopPrice,
});

const entryById = prepared<{ accountId: AccountId; orderId: OrderId }, readonly EntryOrder[]>(
  "entry_order_by_id",
  (h) => {
    const columns = entryColumns(h);
    const [writtenRisk, protectiveStop] = [writtenRiskOf(h), protectiveStopOf(h)];
    // Two of them are looked up, as values of columns of other rows.
    const selected = { ...columns, writtenRisk, protectiveStop } as unknown as typeof columns;
    return h.db.select(selected).from(h.t.orders).where(isOrder(h));
  },
  entryColumns,
);

/** Dollars. */
const MOST_WRITTEN = sql.raw("1000000000");

/** What was written on an order and on its fills, added up. A fill that the broker took back tells of nothing. */
function writtenRiskOf({ t }: Handle): SQL {
  const { orders: entry, annotations: a, fills: f } = t;
  const on = (target: AnnotationTarget) =>
    and(eq(a.accountId, entry.accountId), eq(a.target, target));
  const state = sql.param("void", f.state);
  const fills = sql`select ${f.fillId} from ${f} where ${f.accountId} = ${entry.accountId} and ${f.orderId} = ${entry.orderId} and ${f.state} <> ${state}`;
  const onOrder = sql`select ${a.plannedRisk} as risk from ${a} where ${on("order")} and ${a.targetId} = ${entry.orderId}`;
  const onFills = sql`select ${a.plannedRisk} as risk from ${a} where ${on("fill")} and ${a.targetId} in (${fills})`;
  // A sum may be more than money can be; what is so large is no planned risk any more.
  const sum = sql`case when sum(risk) > ${MOST_WRITTEN} then ${MOST_WRITTEN} else sum(risk) end`;
  return sql`(select ${sum} from (${onOrder} union all ${onFills}) as written)`.mapWith(
    a.plannedRisk,
  );
}

/** See `EntryRisk`. */
function protectiveStopOf({ t: { orders: entry } }: Handle): SQL {
  const [stop, child] = [alias(entry, "stop_order"), alias(entry, "child_order")];
  const linked = sql`select ${stop.stopPrice} from ${entry} stop_order where ${stop.accountId} = ${entry.accountId} and ${stop.orderId} = ${entry.stopLossOrderId}`;
  const newest = sql`select ${child.stopPrice} from ${entry} child_order where ${child.accountId} = ${entry.accountId} and ${child.parentOrderId} = ${entry.orderId} and ${child.stopPrice} is not null order by ${child.createdAt} desc, ${child.orderId} desc limit 1`;
  return sql`coalesce((${linked}), (${newest}))`.mapWith(entry.stopPrice);
}

const protectedOrders = prepared<
  { accountId: AccountId; stopLoss: OrderId },
  readonly { readonly orderId: OrderId }[]
>(
  "orders_protected_by",
  ({ db, t: { orders } }) => {
    const isProtected = and(
      eq(orders.accountId, sql.placeholder("accountId")),
      eq(orders.stopLossOrderId, sql.placeholder("stopLoss")),
    );
    return db.select({ orderId: orders.orderId }).from(orders).where(isProtected);
  },
  ({ t: { orders } }) => ({ orderId: orders.orderId }),
);

type StoredOrder = Order & { readonly updatedAt: number };

const insertOrder = prepared<StoredOrder, unknown>("insert_order", (h) =>
  h.db.insert(h.t.orders).values(placeholders(h.t.orders, "id")),
);

/** The key, and what never changes once an order is there. */
const FIXED = ["id", "accountId", "orderId", "symbol", "contractId", "root", "side"] as const;

const updateOrder = prepared<StoredOrder, unknown>("update_order", (h) =>
  h.db
    .update(h.t.orders)
    .set(placeholders(h.t.orders, ...FIXED))
    .where(isOrder(h)),
);

const FROM_FILLS = [
  "filledQuantity",
  "remainingQuantity",
  "averageFillPrice",
  "filledAt",
  "bookedQuantity",
  "standInQuantity",
  "checksum",
  "updatedAt",
] as const;

const updateOrderFromFills = prepared<StoredOrder, unknown>("update_order_from_fills", (h) =>
  h.db.update(h.t.orders).set(placeholdersFor(h.t.orders, FROM_FILLS)).where(isOrder(h)),
);

const insertEvent = prepared<OrderEvent & { readonly recordedAt: number }, unknown>(
  "insert_order_event",
  (h) =>
    h.db.insert(h.t.orderEvents).values(placeholders(h.t.orderEvents, "id")).onConflictDoNothing(),
);

export class DrizzleOrderRepository implements OrderRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, id: OrderId): Promise<Order | null> {
    const [row] = await byId(this.session, { accountId, orderId: id });
    return row ?? null;
  }

  async list(query: RowQuery): Promise<readonly Order[]> {
    const { db, t } = this.session.handle;
    const { orders } = t;
    const order = [orders.createdAt, orders.orderId];
    const places = placeConditions(query, order);
    const where = conditions(query, { ...orders, at: orders.createdAt }, ...places);
    const rows = await db
      .select(orderColumns(this.session.handle))
      .from(orders)
      .where(where)
      .orderBy(...ordering(query, order))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async page(
    accountId: AccountId,
    after: OrderId | null,
    limit: number,
  ): Promise<readonly Order[]> {
    const { db, t } = this.session.handle;
    return db
      .select(orderColumns(this.session.handle))
      .from(t.orders)
      .where(
        and(
          eq(t.orders.accountId, accountId),
          after === null ? undefined : gt(t.orders.orderId, after),
        ),
      )
      .orderBy(asc(t.orders.orderId))
      .limit(limit);
  }

  async events(accountId: AccountId, id: OrderId): Promise<readonly OrderEvent[]> {
    const { db, t } = this.session.handle;
    const { orderEvents } = t;
    return db
      .select(columnsWithout(orderEvents, "id", "recordedAt"))
      .from(orderEvents)
      .where(and(eq(orderEvents.accountId, accountId), eq(orderEvents.orderId, id)))
      .orderBy(asc(orderEvents.id));
  }

  async entry(accountId: AccountId, id: OrderId): Promise<EntryOrder | null> {
    const [row] = await entryById(this.session, { accountId, orderId: id });
    return row ?? null;
  }

  async protectedBy(accountId: AccountId, stopLoss: OrderId): Promise<readonly OrderId[]> {
    const rows = await protectedOrders(this.session, { accountId, stopLoss });
    return rows.map(({ orderId }) => orderId);
  }

  async withMissingFills(accountId: AccountId, limit: number): Promise<readonly Order[]> {
    const { db, t } = this.session.handle;
    const missing = sql`broker_filled_quantity > booked_quantity`;
    return db
      .select(orderColumns(this.session.handle))
      .from(t.orders)
      .where(and(eq(t.orders.accountId, accountId), missing))
      .orderBy(asc(t.orders.createdAt), asc(t.orders.orderId))
      .limit(limit);
  }

  async working(accountId: AccountId): Promise<readonly Order[]> {
    return workingOrders(this.session, { accountId });
  }

  async tagged(accountId: AccountId, customTag: string): Promise<Order | null> {
    const { db, t } = this.session.handle;
    const { orders } = t;
    const [row] = await db
      .select(orderColumns(this.session.handle))
      .from(orders)
      .where(and(eq(orders.accountId, accountId), eq(orders.customTag, customTag)))
      .orderBy(desc(orders.createdAt), desc(orders.orderId))
      .limit(1);
    return row ?? null;
  }

  async taggedEither(accountId: AccountId, tag: string, other: string): Promise<readonly Order[]> {
    return taggedEither(this.session, { accountId, tag, other });
  }

  async children(accountId: AccountId, parent: OrderId): Promise<readonly Order[]> {
    return childrenOf(this.session, { accountId, parentOrderId: parent });
  }

  async remove(accountId: AccountId, id: OrderId): Promise<void> {
    const { db, t } = this.session.handle;
    await db
      .delete(t.orders)
      .where(and(eq(t.orders.accountId, accountId), eq(t.orders.orderId, id)));
  }

  async insert(order: Order): Promise<void> {
    await insertOrder(this.session, { ...order, updatedAt: this.session.now });
  }

  async update(order: Order): Promise<void> {
    await updateOrder(this.session, { ...order, updatedAt: this.session.now });
  }

  async updateFromFills(order: Order): Promise<void> {
    await updateOrderFromFills(this.session, { ...order, updatedAt: this.session.now });
  }

  async addEvent(event: OrderEvent): Promise<void> {
    await insertEvent(this.session, { ...event, recordedAt: this.session.now });
  }
}
