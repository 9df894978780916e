import { and, asc, eq, gte, notExists, type SQL, sql } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { OrderIntent } from "../../domain/order-intent.js";
import type { IntentRepository } from "../../ports/broker-repositories.js";
import { columnsWithout, param } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";

const intentColumns = ({ t }: Handle) => columnsWithout(t.orderIntents, "id");

/** Two questions, each by an index of its own: an order is known by its id, or by the tag alone. */
const unheardSince = prepared<
  { readonly accountId: AccountId; readonly since: Instant },
  readonly OrderIntent[]
>(
  "unheard_intents",
  (h) => {
    const { orderIntents: intents, orders } = h.t;
    const sameAccount = eq(orders.accountId, intents.accountId);
    const known = (condition: SQL) =>
      notExists(
        h.db.select({ orderId: orders.orderId }).from(orders).where(and(sameAccount, condition)),
      );
    return h.db
      .select(intentColumns(h))
      .from(intents)
      .where(
        and(
          eq(intents.accountId, sql.placeholder("accountId")),
          gte(intents.createdAt, param("since", intents.createdAt)),
          sql`state in ('sending', 'unknown', 'accepted')`,
          known(eq(orders.orderId, intents.orderId)),
          known(eq(orders.customTag, intents.customTag)),
        ),
      );
  },
  intentColumns,
);

export class DrizzleIntentRepository implements IntentRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, customTag: string): Promise<OrderIntent | null> {
    const h = this.session.handle;
    const { orderIntents } = h.t;
    const [row] = await h.db
      .select(intentColumns(h))
      .from(orderIntents)
      .where(and(eq(orderIntents.accountId, accountId), eq(orderIntents.customTag, customTag)));
    return row ?? null;
  }

  async open(accountId: AccountId): Promise<readonly OrderIntent[]> {
    const h = this.session.handle;
    const { orderIntents } = h.t;
    return h.db
      .select(intentColumns(h))
      .from(orderIntents)
      .where(and(eq(orderIntents.accountId, accountId), sql`state in ('sending', 'unknown')`))
      .orderBy(asc(orderIntents.createdAt), asc(orderIntents.customTag));
  }

  async unheard(accountId: AccountId, since: Instant): Promise<readonly OrderIntent[]> {
    return unheardSince(this.session, { accountId, since });
  }

  async list(accountId: AccountId, newest?: number): Promise<readonly OrderIntent[]> {
    const h = this.session.handle;
    const { orderIntents } = h.t;
    const rows = await h.db
      .select(intentColumns(h))
      .from(orderIntents)
      .where(eq(orderIntents.accountId, accountId))
      .orderBy(sql`${orderIntents.createdAt} desc`, sql`${orderIntents.customTag} desc`)
      .limit(newest ?? ALL);
    return rows.reverse();
  }

  async insert(intent: OrderIntent): Promise<boolean> {
    const { db, t } = this.session.handle;
    const inserted = await db
      .insert(t.orderIntents)
      .values(intent)
      .onConflictDoNothing()
      .returning({ customTag: t.orderIntents.customTag });
    return inserted.length > 0;
  }

  async settle(intent: OrderIntent): Promise<void> {
    const { db, t } = this.session.handle;
    const { orderIntents } = t;
    const { accountId, customTag, state, orderId, reason, settledAt } = intent;
    await db
      .update(orderIntents)
      .set({ state, orderId, reason, settledAt })
      .where(and(eq(orderIntents.accountId, accountId), eq(orderIntents.customTag, customTag)));
  }
}

const ALL = 2 ** 31 - 1;
