import type { OrderType, PositionSide } from "../codes.js";
import type { AccountId, ContractId, FillKey, OrderId } from "../ids.js";
import type { Instant } from "../instant.js";
import type { Money } from "../money.js";

/** The levels at which what was closed can be counted; see `Match`, `Trade` and `Position`. */
export const RESULT_LEVELS = ["match", "trade", "position"] as const;
export type ResultLevel = (typeof RESULT_LEVELS)[number];

/** One closed match, trade or position, as the statistics see it. */
export interface Result {
  readonly accountId: AccountId;
  /** The id of the match, trade or position. */
  readonly resultId: string;
  readonly contractId: ContractId;
  readonly symbol: string;
  readonly root: string;
  readonly side: PositionSide;
  readonly strategy: string | null;
  readonly entryOrderId: OrderId;
  /** Null while the entry order is known only from its fills. */
  readonly entryOrderType: OrderType | null;
  readonly quantity: number;
  readonly entryTimestamp: Instant;
  readonly entryFillKey: FillKey;
  readonly exitTimestamp: Instant;
  readonly exitFillKey: FillKey;
  /** Whole seconds from the first entry to the last exit. */
  readonly durationSeconds: number;
  readonly grossPnl: Money;
  /** Known costs; null while none is known. */
  readonly commissions: Money | null;
  readonly fees: Money | null;
  readonly netPnl: Money;
  readonly costsKnown: boolean;
  /** At most 0 and at least 0, before costs. */
  readonly mae: Money;
  readonly mfe: Money;
}
