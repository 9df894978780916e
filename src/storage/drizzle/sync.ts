import { and, desc, eq, sql } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { Reconciliation, SyncRun } from "../../domain/reconciliation.js";
import type { SyncRepository } from "../../ports/broker-repositories.js";
import { columnsWithout, excluded } from "./columns.js";
import type { Session } from "./handle.js";

export class DrizzleSyncRepository implements SyncRepository {
  constructor(private readonly session: Session) {}

  async cursor(accountId: AccountId): Promise<Instant | null> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ through: t.syncCursors.through })
      .from(t.syncCursors)
      .where(eq(t.syncCursors.accountId, accountId));
    return row?.through ?? null;
  }

  async setCursor(accountId: AccountId, through: Instant): Promise<void> {
    const { db, t } = this.session.handle;
    await db
      .insert(t.syncCursors)
      .values({ accountId, through, updatedAt: this.session.now })
      .onConflictDoUpdate({
        target: [t.syncCursors.accountId],
        set: excluded(t.syncCursors, "id", "accountId"),
      });
  }

  async runs(accountId: AccountId, limit: number): Promise<readonly SyncRun[]> {
    const { db, t } = this.session.handle;
    return db
      .select(columnsWithout(t.syncRuns, "id"))
      .from(t.syncRuns)
      .where(eq(t.syncRuns.accountId, accountId))
      .orderBy(desc(t.syncRuns.startedAt), desc(t.syncRuns.runId))
      .limit(limit);
  }

  async saveRun(run: SyncRun): Promise<void> {
    const { db, t } = this.session.handle;
    await db
      .insert(t.syncRuns)
      .values(run)
      .onConflictDoUpdate({
        target: [t.syncRuns.accountId, t.syncRuns.runId],
        set: excluded(t.syncRuns, "id", "accountId", "runId"),
      });
  }

  async difference(accountId: AccountId, differenceId: string): Promise<Reconciliation | null> {
    const { db, t } = this.session.handle;
    const { reconciliations: rows } = t;
    const [row] = await db
      .select(columnsWithout(rows, "id"))
      .from(rows)
      .where(and(eq(rows.accountId, accountId), eq(rows.differenceId, differenceId)));
    return row ?? null;
  }

  async differences(
    accountId: AccountId,
    all: boolean,
    limit: number,
  ): Promise<readonly Reconciliation[]> {
    const { db, t } = this.session.handle;
    const { reconciliations: rows } = t;
    return db
      .select(columnsWithout(rows, "id"))
      .from(rows)
      .where(and(eq(rows.accountId, accountId), all ? undefined : sql`healed_at is null`))
      .orderBy(desc(rows.lastSeenAt), desc(rows.differenceId))
      .limit(limit);
  }

  async healDifference(
    accountId: AccountId,
    differenceId: string,
    remedy: string,
    at: Instant,
  ): Promise<void> {
    const { db, t } = this.session.handle;
    const { reconciliations: rows } = t;
    await db
      .update(rows)
      .set({ healed: true, healedAt: at, remedy })
      .where(and(eq(rows.accountId, accountId), eq(rows.differenceId, differenceId)));
  }

  async putDifference(difference: Reconciliation): Promise<void> {
    const { db, t } = this.session.handle;
    const { reconciliations: rows } = t;
    const { healed, remedy, lastSeenAt, healedAt } = difference;
    await db
      .insert(rows)
      .values(difference)
      .onConflictDoUpdate({
        target: [rows.accountId, rows.differenceId],
        set: { healed, remedy, lastSeenAt, healedAt, count: sql`${rows.count} + 1` },
      });
  }
}
