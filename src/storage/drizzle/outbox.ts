import { and, asc, desc, eq, gt, gte, lt, sql } from "drizzle-orm";
import type { AccountId } from "../../domain/ids.js";
import type { Instant } from "../../domain/instant.js";
import type { OutboxEvent, RecordedEvent } from "../../ports/events.js";
import type { OutboxRepository } from "../../ports/outbox-repository.js";
import { placeholders } from "./columns.js";
import { prepared, type Session } from "./handle.js";

const lastSequence = prepared<{ accountId: AccountId }, readonly { readonly sequence: number }[]>(
  "last_outbox_sequence",
  ({ db, t }) =>
    db
      .select({ sequence: t.outbox.sequence })
      .from(t.outbox)
      .where(eq(t.outbox.accountId, sql.placeholder("accountId")))
      .orderBy(desc(t.outbox.sequence))
      .limit(1),
  ({ t }) => ({ sequence: t.outbox.sequence }),
);

/** Events wait this long for a consumer that is away. */
const KEPT_DAYS = 30;
const MICROS_PER_DAY = 86_400_000_000;
/** Old events are looked for once in so many new ones. */
const PRUNE_EVERY = 1_000;

interface OutboxRow {
  readonly accountId: AccountId;
  readonly sequence: number;
  readonly type: OutboxEvent["type"];
  readonly payload: string;
  readonly recordedAt: Instant;
}

const insertEvent = prepared<OutboxRow, unknown>("insert_outbox_event", ({ db, t }) =>
  db.insert(t.outbox).values(placeholders(t.outbox, "id")),
);

export class DrizzleOutboxRepository implements OutboxRepository {
  constructor(private readonly session: Session) {}

  async after(
    accountId: AccountId,
    sequence: number,
    limit: number,
  ): Promise<readonly RecordedEvent[]> {
    const { db, t } = this.session.handle;
    const rows = await db
      .select()
      .from(t.outbox)
      .where(and(eq(t.outbox.accountId, accountId), gt(t.outbox.sequence, sequence)))
      .orderBy(asc(t.outbox.sequence))
      .limit(limit);
    return rows.map(recordedEvent);
  }

  async accounts(): Promise<readonly AccountId[]> {
    const { db, t } = this.session.handle;
    const rows = await db
      .select({ accountId: t.accounts.accountId })
      .from(t.accounts)
      .orderBy(asc(t.accounts.accountId));
    return rows.map((row) => row.accountId);
  }

  async last(accountId: AccountId, before?: Instant): Promise<number> {
    if (before === undefined) {
      const [row] = await lastSequence(this.session, { accountId });
      return row?.sequence ?? 0;
    }
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ sequence: t.outbox.sequence })
      .from(t.outbox)
      .where(and(eq(t.outbox.accountId, accountId), lt(t.outbox.recordedAt, before)))
      .orderBy(desc(t.outbox.sequence))
      .limit(1);
    return row?.sequence ?? 0;
  }

  async cursor(consumer: string, accountId: AccountId): Promise<number | null> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select({ sequence: t.outboxCursors.sequence })
      .from(t.outboxCursors)
      .where(and(eq(t.outboxCursors.consumer, consumer), eq(t.outboxCursors.accountId, accountId)));
    return row?.sequence ?? null;
  }

  async append(
    accountId: AccountId,
    events: readonly OutboxEvent[],
    recordedAt: Instant,
  ): Promise<void> {
    let sequence = await this.last(accountId);
    for (const { type, payload } of events) {
      sequence += 1;
      const row = { accountId, sequence, type, payload: JSON.stringify(payload), recordedAt };
      await insertEvent(this.session, row);
      if (sequence % PRUNE_EVERY === 0) await this.#prune(accountId, recordedAt);
    }
  }

  async advance(consumer: string, accountId: AccountId, sequence: number): Promise<void> {
    const { db, t } = this.session.handle;
    await db
      .insert(t.outboxCursors)
      .values({ consumer, accountId, sequence })
      .onConflictDoUpdate({
        target: [t.outboxCursors.consumer, t.outboxCursors.accountId],
        set: { sequence },
      });
  }

  /** Old events go, oldest first; sequence follows time, so the search ends at the first that stays. */
  async #prune(accountId: AccountId, now: Instant): Promise<void> {
    const { db, t } = this.session.handle;
    const keptFrom = (now - KEPT_DAYS * MICROS_PER_DAY) as Instant;
    const [oldestKept] = await db
      .select({ sequence: t.outbox.sequence })
      .from(t.outbox)
      .where(and(eq(t.outbox.accountId, accountId), gte(t.outbox.recordedAt, keptFrom)))
      .orderBy(asc(t.outbox.sequence))
      .limit(1);
    if (oldestKept === undefined) return;
    await this.session.handle.db
      .delete(t.outbox)
      .where(and(eq(t.outbox.accountId, accountId), lt(t.outbox.sequence, oldestKept.sequence)));
  }
}

function recordedEvent(row: OutboxRow): RecordedEvent {
  const { accountId, sequence, type, recordedAt } = row;
  const payload: unknown = JSON.parse(row.payload);
  // The row was written from an OutboxEvent, whose type fixes the shape of its payload.
  return { accountId, sequence, recordedAt, type, payload } as RecordedEvent;
}
