import type { PositionSide } from "./codes.js";
import type { AccountId, ContractId } from "./ids.js";
import type { Instant } from "./instant.js";
import { addMoney, type Money, type Price, ZERO } from "./money.js";
import { type TradingDay, tradingDay } from "./trading-day.js";

export const SNAPSHOT_TYPES = ["intraday", "eod", "manual"] as const;
export type SnapshotType = (typeof SNAPSHOT_TYPES)[number];

/**
 * An account's figures at a moment, counted from the start of its epoch:
 * balance = the epoch's opening balance + grossPnl - commissions - fees + cash.
 *
 * End-of-day ones are derived: one for each trading day with a fill, a realised result or a cash movement, and
 * for each closed day, at the 17:00 Chicago instant that ends it. The row of a running day stands at its coming
 * end and moves with each fill. The others are observations, and stay as they were made.
 */
export interface AccountSnapshot {
  readonly accountId: AccountId;
  readonly at: Instant;
  readonly type: SnapshotType;
  /** The epoch, and its first instant; null is since the beginning. */
  readonly epoch: number;
  readonly epochStartedAt: Instant | null;
  readonly balance: Money;
  readonly grossPnl: Money;
  /** Known costs. */
  readonly commissions: Money;
  readonly fees: Money;
  readonly cash: Money;
  /**
   * Of open positions. At the end of a day: 0 when flat; null while the day is not known to be over (it is once it
   * was closed, or a later day has a row), and while no price of an open contract is known.
   */
  readonly unrealizedPnl: Money | null;
  /** Highest balance at a day's end in this epoch so far, this one's included; null while it is not known. */
  readonly highestEodBalance: Money | null;
  /** When its day was closed. */
  readonly closedAt: Instant | null;
  /** What the broker said the balance was, and by how much that is more than ours. */
  readonly brokerBalance: Money | null;
  readonly drift: Money | null;
  /** What the broker said of whether the account may trade; null where it said nothing. */
  readonly brokerCanTrade: boolean | null;
}

/** The trading day of a snapshot; an end-of-day one stands at the first instant after its day. */
export function snapshotDay({ at, type }: Pick<AccountSnapshot, "at" | "type">): TradingDay {
  return tradingDay(type === "eod" ? ((at - 1) as Instant) : at);
}

/** A position that was open at the end of a trading day; derived. */
export interface PositionSnapshot {
  readonly accountId: AccountId;
  /** The end of the day. */
  readonly at: Instant;
  readonly positionId: string;
  readonly contractId: ContractId;
  readonly symbol: string;
  readonly root: string;
  readonly side: PositionSide;
  readonly quantity: number;
  /** Average of its open lots. */
  readonly entryPrice: Price;
  /** At the newest price before the end, of a mark or a fill; null while none but an adopted lot's is known. */
  readonly unrealizedPnl: Money | null;
}

/** What all positions at one end of a day come to; null when that of one is not known. */
export function unrealizedOf(held: readonly PositionSnapshot[]): Money | null {
  let sum: Money = ZERO;
  for (const { unrealizedPnl } of held) {
    if (unrealizedPnl === null) return null;
    sum = addMoney(sum, unrealizedPnl);
  }
  return sum;
}

/** Balance with everything open at its price; null while that is not known. */
export function equityAt({
  balance,
  unrealizedPnl,
}: Pick<AccountSnapshot, "balance" | "unrealizedPnl">): Money | null {
  return unrealizedPnl === null ? null : addMoney(balance, unrealizedPnl);
}

/** A trading day that was closed; a fact, told once. */
export interface DayClosing {
  readonly accountId: AccountId;
  readonly tradingDay: TradingDay;
  readonly closedAt: Instant;
}
