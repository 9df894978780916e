import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { OutboxEvent, RecordedEvent } from "./events.js";

export interface OutboxReads {
  /** Events of an account after a sequence number, in order, at most `limit`. */
  after(accountId: AccountId, sequence: number, limit: number): Promise<readonly RecordedEvent[]>;
  /** Accounts that may have events, by id. */
  accounts(): Promise<readonly AccountId[]>;
  /** The account's newest sequence number, or the newest recorded before an instant; 0 when there is none. */
  last(accountId: AccountId, before?: Instant): Promise<number>;
  /** The last sequence number a consumer has handled; null for a new one. */
  cursor(consumer: string, accountId: AccountId): Promise<number | null>;
}
export interface OutboxRepository extends OutboxReads {
  /** Gives each event the account's next sequence number. Now and then, events older than 30 days go. */
  append(accountId: AccountId, events: readonly OutboxEvent[], at: Instant): Promise<void>;
  advance(consumer: string, accountId: AccountId, sequence: number): Promise<void>;
}
