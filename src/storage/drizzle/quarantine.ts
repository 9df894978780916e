import { asc, count, eq, sql } from "drizzle-orm";
import type { QuarantineEntry, QuarantineRepository } from "../../ports/repositories.js";
import { columnsWithout, excluded, placeholders } from "./columns.js";
import { prepared, type Session } from "./handle.js";

/** What an equal payload that comes again leaves as it is; it is counted. */
const SET_ONCE = [
  "id",
  "quarantineId",
  "accountId",
  "reason",
  "source",
  "kind",
  "payload",
  "payloadLength",
  "count",
  "firstSeenAt",
  "status",
] as const;

const putEntry = prepared<QuarantineEntry, unknown>("put_quarantine", ({ db, t: { quarantine } }) =>
  db
    .insert(quarantine)
    .values(placeholders(quarantine, "id"))
    .onConflictDoUpdate({
      target: [quarantine.quarantineId],
      set: { count: sql`${quarantine.count} + 1`, ...excluded(quarantine, ...SET_ONCE) },
    }),
);

export class DrizzleQuarantineRepository implements QuarantineRepository {
  constructor(private readonly session: Session) {}

  async get(id: string): Promise<QuarantineEntry | null> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select(columnsWithout(t.quarantine, "id"))
      .from(t.quarantine)
      .where(eq(t.quarantine.quarantineId, id));
    return row ?? null;
  }

  async list(all: boolean, limit: number): Promise<readonly QuarantineEntry[]> {
    const { db, t } = this.session.handle;
    return db
      .select(columnsWithout(t.quarantine, "id"))
      .from(t.quarantine)
      .where(all ? undefined : sql`status = 'waiting'`)
      .orderBy(asc(t.quarantine.firstSeenAt), asc(t.quarantine.id))
      .limit(limit);
  }

  async countWaiting(): Promise<number> {
    const { db, t } = this.session.handle;
    const [row] = await db.select({ n: count() }).from(t.quarantine).where(sql`status = 'waiting'`);
    return row?.n ?? 0;
  }

  async put(entry: QuarantineEntry): Promise<void> {
    await putEntry(this.session, entry);
  }

  async setStatus(id: string, status: QuarantineEntry["status"]): Promise<void> {
    const { db, t } = this.session.handle;
    await db.update(t.quarantine).set({ status }).where(eq(t.quarantine.quarantineId, id));
  }
}
