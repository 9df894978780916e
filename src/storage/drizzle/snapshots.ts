import { and, desc, eq, lte, sql } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { AccountSnapshot, SnapshotType } from "../../domain/snapshot.js";
import type { SnapshotQuery, SnapshotRepository } from "../../ports/account-repositories.js";
import { columnsWithout, excluded, param, placeholders, placeholdersFor } from "./columns.js";
import { type Handle, prepared, type Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering } from "./row-query.js";

const snapshotColumns = ({ t }: Handle) =>
  columnsWithout(t.accountSnapshots, "id", "isEod", "createdAt");

const isEod = ({ t }: Handle) => sql`${t.accountSnapshots.type} = 'eod'`;

const lastTwo = prepared<{ accountId: AccountId }, readonly AccountSnapshot[]>(
  "last_eod_snapshots",
  (h) =>
    h.db
      .select(snapshotColumns(h))
      .from(h.t.accountSnapshots)
      .where(and(eq(h.t.accountSnapshots.accountId, sql.placeholder("accountId")), isEod(h)))
      .orderBy(desc(h.t.accountSnapshots.at))
      .limit(2),
  snapshotColumns,
);

const lastWordUpTo = prepared<{ accountId: AccountId; upTo: Instant }, readonly AccountSnapshot[]>(
  "last_word_snapshot",
  (h) => {
    const { accountSnapshots: snapshots } = h.t;
    return h.db
      .select(snapshotColumns(h))
      .from(snapshots)
      .where(
        and(
          eq(snapshots.accountId, sql.placeholder("accountId")),
          lte(snapshots.at, param("upTo", snapshots.at)),
          sql`${snapshots.brokerCanTrade} is not null`,
        ),
      )
      .orderBy(desc(snapshots.at), desc(snapshots.type))
      .limit(1);
  },
  snapshotColumns,
);

type StoredSnapshot = AccountSnapshot & { readonly isEod: boolean; readonly createdAt: Instant };

const saveSnapshot = prepared<StoredSnapshot, unknown>("save_account_snapshot", (h) => {
  const { accountSnapshots: snapshots } = h.t;
  return h.db
    .insert(snapshots)
    .values(placeholders(snapshots, "id"))
    .onConflictDoUpdate({
      target: [snapshots.accountId, snapshots.at, snapshots.type],
      set: excluded(snapshots, "id", "accountId", "at", "type", "isEod", "createdAt"),
    });
});

/** What a fill changes. */
const FIGURES = [
  "balance",
  "grossPnl",
  "commissions",
  "fees",
  "cash",
  "highestEodBalance",
] as const;

const moveSnapshot = prepared<AccountSnapshot, unknown>("move_account_snapshot", ({ db, t }) => {
  const { accountSnapshots: snapshots } = t;
  return db
    .update(snapshots)
    .set(placeholdersFor(snapshots, FIGURES))
    .where(
      and(
        eq(snapshots.accountId, sql.placeholder("accountId")),
        eq(snapshots.at, param("at", snapshots.at)),
        eq(snapshots.type, sql.placeholder("type")),
      ),
    );
});

export class DrizzleSnapshotRepository implements SnapshotRepository {
  constructor(private readonly session: Session) {}

  async get(
    accountId: AccountId,
    at: Instant,
    type: SnapshotType,
  ): Promise<AccountSnapshot | null> {
    const h = this.session.handle;
    const [row] = await h.db
      .select(snapshotColumns(h))
      .from(h.t.accountSnapshots)
      .where(this.#is(accountId, at, type));
    return row ?? null;
  }

  async list(query: SnapshotQuery): Promise<readonly AccountSnapshot[]> {
    const h = this.session.handle;
    const { accountSnapshots: snapshots } = h.t;
    const { accountId, at, type, epoch } = snapshots;
    const more = [
      ...typeIs(h, query.type),
      ...(query.epoch === undefined ? [] : [eq(epoch, query.epoch)]),
    ];
    const rows = await h.db
      .select(snapshotColumns(h))
      .from(snapshots)
      // No contract is asked for, so its column does not matter.
      .where(conditions(query, { accountId, contractId: accountId, at }, ...more))
      .orderBy(...ordering(query, [at, type]))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async lastEods(accountId: AccountId): Promise<readonly AccountSnapshot[]> {
    return lastTwo(this.session, { accountId });
  }

  async eodUpTo(accountId: AccountId, at: Instant): Promise<AccountSnapshot | null> {
    const h = this.session.handle;
    const { accountSnapshots: snapshots } = h.t;
    const [row] = await h.db
      .select(snapshotColumns(h))
      .from(snapshots)
      .where(and(eq(snapshots.accountId, accountId), lte(snapshots.at, at), isEod(h)))
      .orderBy(desc(snapshots.at))
      .limit(1);
    return row ?? null;
  }

  async lastReport(accountId: AccountId): Promise<AccountSnapshot | null> {
    const h = this.session.handle;
    const { accountSnapshots: snapshots } = h.t;
    const reported = sql`${snapshots.brokerBalance} is not null`;
    const [row] = await h.db
      .select(snapshotColumns(h))
      .from(snapshots)
      .where(and(eq(snapshots.accountId, accountId), reported))
      .orderBy(desc(snapshots.at), desc(snapshots.type))
      .limit(1);
    return row ?? null;
  }

  async lastWord(accountId: AccountId, upTo: Instant): Promise<AccountSnapshot | null> {
    const [row] = await lastWordUpTo(this.session, { accountId, upTo });
    return row ?? null;
  }

  async save(snapshot: AccountSnapshot): Promise<void> {
    const isEod = snapshot.type === "eod";
    // A rebuilt one has the same.
    const createdAt = isEod ? snapshot.at : this.session.now;
    await saveSnapshot(this.session, { ...snapshot, isEod, createdAt });
  }

  async move(snapshot: AccountSnapshot): Promise<void> {
    await moveSnapshot(this.session, snapshot);
  }

  async remove(accountId: AccountId, at: Instant, type: SnapshotType): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.accountSnapshots).where(this.#is(accountId, at, type));
  }

  async clearEods(accountId: AccountId): Promise<void> {
    const h = this.session.handle;
    const { accountSnapshots: snapshots } = h.t;
    await h.db.delete(snapshots).where(and(eq(snapshots.accountId, accountId), isEod(h)));
  }

  #is(accountId: AccountId, at: Instant, type: SnapshotType) {
    const { accountSnapshots: snapshots } = this.session.handle.t;
    return and(eq(snapshots.accountId, accountId), eq(snapshots.at, at), eq(snapshots.type, type));
  }
}

/** End-of-day ones have an index of their own, which the text of the condition must name. */
function typeIs(h: Handle, type: SnapshotType | undefined) {
  if (type === undefined) return [];
  return [type === "eod" ? isEod(h) : eq(h.t.accountSnapshots.type, type)];
}
