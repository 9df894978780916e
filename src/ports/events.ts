import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { PlainRow } from "../domain/plain.js";

/**
 * What happened, written in the transaction it happened in and delivered after commit.
 *
 * - `order.changed`     the order as it now is
 * - `intent.settled`    an order that was submitted, and what became of it
 * - `fill.recorded`, `fill.restated`, `fill.voided`   the fill as it now is
 * - `position.changed`  the position as it now is
 * - `trade.changed`     a trade while its exit order may still fill
 * - `trade.closed`      a trade whose exit order is terminal or whose position is flat
 * - `sync.finished`     a comparison with the broker, and what it brought
 * - `trades.restated`   a late fill, void or correction changed the pairing
 * - `compliance.info`, `compliance.warning`, `compliance.violation`   what a rule found, as it is in the log
 * - `compliance.restated`  the cause of an earlier finding is gone; a lock stays
 * - `compliance.lifted`    a person lifted a lock
 * - `account.adopted`   the account's records begin anew, and its books were rebuilt; the account as it now is
 * - `cash.recorded`, `cash.voided`   the cash movement as it now is
 * - `day.closed`        a trading day is over; its end-of-day snapshot
 * - `day.restated`      the same, after a late change of a day that was closed
 * - `account.drift`     the broker's balance and ours differ by a cent or more, by another amount than before,
 *                       or no longer; the snapshot that says so
 * - `account.trading`   the broker says that the account may not trade, or may again; the snapshot that says so
 */
export type OutboxEvent =
  | {
      readonly type:
        | "order.changed"
        | "intent.settled"
        | "fill.recorded"
        | "fill.restated"
        | "fill.voided"
        | "position.changed"
        | "sync.finished"
        | "trade.changed"
        | "trade.closed"
        | "compliance.info"
        | "compliance.warning"
        | "compliance.violation"
        | "compliance.restated"
        | "compliance.lifted"
        | "account.adopted"
        | "cash.recorded"
        | "cash.voided"
        | "day.closed"
        | "day.restated"
        | "account.drift"
        | "account.trading";
      readonly payload: PlainRow;
    }
  | {
      readonly type: "trades.restated";
      readonly payload: {
        readonly removed: readonly PlainRow[];
        readonly added: readonly PlainRow[];
      };
    };

export type RecordedEvent = OutboxEvent & {
  readonly accountId: AccountId;
  /** Counts up by one per account. */
  readonly sequence: number;
  readonly recordedAt: Instant;
};
