import { and, eq } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { PositionSnapshot } from "../../domain/snapshot.js";
import type { PositionSnapshotRepository } from "../../ports/account-repositories.js";
import type { RowQuery } from "../../ports/row-query.js";
import { columnsWithout, excluded } from "./columns.js";
import type { Handle, Session } from "./handle.js";
import { canonical, conditions, limitOf, ordering } from "./row-query.js";

const snapshotColumns = ({ t }: Handle) => columnsWithout(t.positionSnapshots, "id");

export class DrizzlePositionSnapshotRepository implements PositionSnapshotRepository {
  constructor(private readonly session: Session) {}

  async list(query: Omit<RowQuery, "strategy">): Promise<readonly PositionSnapshot[]> {
    const h = this.session.handle;
    const { positionSnapshots: snapshots } = h.t;
    const rows = await h.db
      .select(snapshotColumns(h))
      .from(snapshots)
      .where(conditions(query, snapshots))
      .orderBy(...ordering(query, [snapshots.at, snapshots.positionId]))
      .limit(limitOf(query));
    return canonical(query, rows);
  }

  async save(snapshot: PositionSnapshot): Promise<void> {
    const { db, t } = this.session.handle;
    const { positionSnapshots: snapshots } = t;
    await db
      .insert(snapshots)
      .values(snapshot)
      .onConflictDoUpdate({
        target: [snapshots.accountId, snapshots.at, snapshots.positionId],
        set: excluded(snapshots, "id", "accountId", "at", "positionId"),
      });
  }

  async remove(accountId: AccountId, at: Instant, positionId: string): Promise<void> {
    const { db, t } = this.session.handle;
    const { positionSnapshots: snapshots } = t;
    await db
      .delete(snapshots)
      .where(
        and(
          eq(snapshots.accountId, accountId),
          eq(snapshots.at, at),
          eq(snapshots.positionId, positionId),
        ),
      );
  }

  async clear(accountId: AccountId): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.positionSnapshots).where(eq(t.positionSnapshots.accountId, accountId));
  }
}
