import { and, asc, count, eq, type SQL, sql } from "drizzle-orm";
import { effectiveCosts } from "../../domain/cost.js";
import type { Fill } from "../../domain/fill.js";
import type { FillVersion } from "../../domain/fill-version.js";
import type { AccountId, ContractId, FillId, OrderId } from "../../domain/ids.js";
import type { Execution, FillPlace } from "../../domain/lot.js";
import type { ExecutionRange, FillRepository } from "../../ports/repositories.js";
import type { RowQuery } from "../../ports/row-query.js";
import { columnsWithout, param, placeholders } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering, placeConditions } from "./row-query.js";

const fillColumns = ({ t }: Handle) => columnsWithout(t.fills, "id", "createdAt");

interface FillRef {
  readonly accountId: AccountId;
  readonly fillId: FillId;
  readonly standIn: boolean;
}

const isFill = ({ t: { fills } }: Handle) =>
  and(
    eq(fills.accountId, sql.placeholder("accountId")),
    eq(fills.fillId, sql.placeholder("fillId")),
    eq(fills.standIn, param("standIn", fills.standIn)),
  );

const byId = prepared<FillRef, readonly Fill[]>(
  "fill_by_id",
  (h) => h.db.select(fillColumns(h)).from(h.t.fills).where(isFill(h)),
  fillColumns,
);

const ofOrder = prepared<{ accountId: AccountId; orderId: OrderId }, readonly Fill[]>(
  "fills_of_order",
  (h) =>
    h.db
      .select(fillColumns(h))
      .from(h.t.fills)
      .where(
        and(
          eq(h.t.fills.accountId, sql.placeholder("accountId")),
          eq(h.t.fills.orderId, sql.placeholder("orderId")),
        ),
      )
      .orderBy(asc(h.t.fills.executedAt), asc(h.t.fills.fillKey)),
  fillColumns,
);

const insertFill = prepared<Fill & { readonly createdAt: number }, unknown>("insert_fill", (h) =>
  h.db.insert(h.t.fills).values(placeholders(h.t.fills, "id")),
);

const FIXED = ["id", "accountId", "fillId", "fillKey", "standIn", "createdAt"] as const;

const updateFill = prepared<Fill, unknown>("update_fill", (h) =>
  h.db
    .update(h.t.fills)
    .set(placeholders(h.t.fills, ...FIXED))
    .where(isFill(h)),
);

const versionsOf = prepared<FillRef, readonly VersionRow[]>(
  "versions_of_fill",
  (h) =>
    h.db
      .select(columnsWithout(h.t.fillVersions, "id", "recordedAt"))
      .from(h.t.fillVersions)
      .where(
        and(
          eq(h.t.fillVersions.accountId, sql.placeholder("accountId")),
          eq(h.t.fillVersions.fillId, sql.placeholder("fillId")),
          eq(h.t.fillVersions.standIn, param("standIn", h.t.fillVersions.standIn)),
        ),
      )
      .orderBy(asc(h.t.fillVersions.revision), asc(h.t.fillVersions.id)),
  (h) => columnsWithout(h.t.fillVersions, "id", "recordedAt"),
);

type VersionRow = Omit<FillVersion, "content"> & Record<keyof FillVersion["content"], unknown>;

export class DrizzleFillRepository implements FillRepository {
  constructor(private readonly session: Session) {}

  async get(accountId: AccountId, fillId: FillId, standIn: boolean): Promise<Fill | null> {
    const [row] = await byId(this.session, { accountId, fillId, standIn });
    return row ?? null;
  }

  async ofOrder(accountId: AccountId, orderId: OrderId): Promise<readonly Fill[]> {
    return ofOrder(this.session, { accountId, orderId });
  }

  async list(query: RowQuery, all = false): Promise<readonly Fill[]> {
    const { db, t } = this.session.handle;
    const { fills, orders } = t;
    const columns = { ...fills, at: fills.executedAt, strategy: orders.strategy };
    const order = [fills.executedAt, fills.fillKey];
    const booked: SQL[] = all ? [] : [sql`${fills.state} = 0`];
    const rows = await db
      .select(fillColumns(this.session.handle))
      .from(fills)
      .innerJoin(
        orders,
        and(eq(orders.accountId, fills.accountId), eq(orders.orderId, fills.orderId)),
      )
      .where(conditions(query, columns, ...booked, ...placeConditions(query, order)))
      .orderBy(...ordering(query, order))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async executions(range: ExecutionRange): Promise<readonly Execution[]> {
    const { db, t } = this.session.handle;
    const { fills, orders } = t;
    const place = ({ executedAt, fillKey }: FillPlace) =>
      sql`(${sql.param(executedAt, fills.executedAt)}, ${sql.param(fillKey, fills.fillKey)})`;
    const at = sql`(${fills.executedAt}, ${fills.fillKey})`;
    const rows = await db
      .select({
        fillId: fills.fillId,
        fillKey: fills.fillKey,
        orderId: fills.orderId,
        side: fills.side,
        quantity: fills.quantity,
        price: fills.price,
        commission: fills.commission,
        fee: fills.fee,
        modelledCommission: fills.modelledCommission,
        modelledFee: fills.modelledFee,
        executedAt: fills.executedAt,
        strategy: orders.strategy,
      })
      .from(fills)
      .innerJoin(
        orders,
        and(eq(orders.accountId, fills.accountId), eq(orders.orderId, fills.orderId)),
      )
      .where(
        and(
          eq(fills.accountId, range.accountId),
          eq(fills.contractId, range.contractId),
          sql`${fills.state} = 0`,
          range.from ? sql`${at} >= ${place(range.from)}` : undefined,
          range.after ? sql`${at} > ${place(range.after)}` : undefined,
          range.before ? sql`${at} < ${place(range.before)}` : undefined,
        ),
      )
      .orderBy(asc(fills.executedAt), asc(fills.fillKey))
      .limit(range.limit);
    return rows.map(({ modelledCommission, modelledFee, ...row }) => ({
      ...row,
      ...effectiveCosts({ ...row, modelledCommission, modelledFee }),
    }));
  }

  async versions(
    accountId: AccountId,
    fillId: FillId,
    standIn: boolean,
  ): Promise<readonly FillVersion[]> {
    const rows = await versionsOf(this.session, { accountId, fillId, standIn });
    return rows.map(({ revision, kind, reason, source, ...content }) => ({
      accountId,
      fillId,
      standIn,
      revision,
      kind,
      reason,
      source,
      content: contentOf(content),
    }));
  }

  async contracts(accountId: AccountId): Promise<readonly ContractId[]> {
    const { db, t } = this.session.handle;
    const rows = await db
      .selectDistinct({ contractId: t.fills.contractId })
      .from(t.fills)
      .where(and(eq(t.fills.accountId, accountId), sql`${t.fills.state} = 0`))
      .orderBy(asc(t.fills.contractId));
    return rows.map((row) => row.contractId);
  }

  async page(
    accountId: AccountId,
    after: FillPlace | null,
    limit: number,
  ): Promise<readonly Fill[]> {
    const { db, t } = this.session.handle;
    const { fills } = t;
    const at = after && sql.param(after.executedAt, fills.executedAt);
    return db
      .select(fillColumns(this.session.handle))
      .from(fills)
      .where(
        and(
          eq(fills.accountId, accountId),
          after
            ? sql`(${fills.executedAt}, ${fills.fillKey}) > (${at}, ${after.fillKey})`
            : undefined,
        ),
      )
      .orderBy(asc(fills.executedAt), asc(fills.fillKey))
      .limit(limit);
  }

  async unmatched(accountId: AccountId, limit: number): Promise<readonly Fill[]> {
    const { db, t } = this.session.handle;
    return db
      .select(fillColumns(this.session.handle))
      .from(t.fills)
      .where(and(eq(t.fills.accountId, accountId), sql`state = 4`))
      .orderBy(asc(t.fills.executedAt), asc(t.fills.fillKey))
      .limit(limit);
  }

  async countUnmatched(accountId: AccountId): Promise<number> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ n: count() })
      .from(t.fills)
      .where(and(eq(t.fills.accountId, accountId), sql`state = 4`));
    return row?.n ?? 0;
  }

  async insert(fill: Fill): Promise<void> {
    await insertFill(this.session, { ...fill, createdAt: this.session.now });
  }

  async update(fill: Fill): Promise<void> {
    await updateFill(this.session, fill);
  }

  async remove({ accountId, fillId, standIn }: Fill): Promise<void> {
    const { db, t } = this.session.handle;
    const { fills } = t;
    await db
      .delete(fills)
      .where(
        and(eq(fills.accountId, accountId), eq(fills.fillId, fillId), eq(fills.standIn, standIn)),
      );
  }

  async addVersion(version: FillVersion): Promise<void> {
    const { db, t } = this.session.handle;
    const { content, ...head } = version;
    await db.insert(t.fillVersions).values({ ...head, ...content, recordedAt: this.session.now });
  }
}

function contentOf(row: Record<string, unknown>): FillVersion["content"] {
  const { accountId: _, fillId: __, standIn: ___, ...told } = row;
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
}
