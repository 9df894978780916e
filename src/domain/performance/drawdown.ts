import { addMoney, type Money, subtractMoney } from "../money.js";
import type { TradingDay } from "../trading-day.js";
import type { BalancedDay } from "./day-series.js";
import { ratio } from "./finite.js";

/** A fall of the balance below its highest end of day (at first: the starting balance), until it is reached again. */
export interface Drawdown {
  /** The day of the peak; null for the starting balance. */
  readonly start: TradingDay | null;
  /** The day of the lowest balance. */
  readonly bottom: TradingDay;
  /** The day on which the peak was reached again; null while it is not. */
  readonly recovery: TradingDay | null;
  readonly peak: Money;
  readonly low: Money;
  /** Low - peak; negative. */
  readonly depth: Money;
  /** Depth / peak, negative; null when the peak is not positive. */
  readonly fraction: number | null;
  /** Days of the series from the first below the peak to the recovery, or to the end. */
  readonly length: number;
}

/** How far below its highest the balance is at a day's end. */
export interface UnderwaterPoint {
  readonly tradingDay: TradingDay;
  readonly balance: Money;
  readonly peak: Money;
  /** At most 0. */
  readonly depth: Money;
  /** At most 0; null when the peak is not positive. */
  readonly fraction: number | null;
}

/** The balance at the end of a day, and the cash that came or went on it. */
export type ClosedDay = Pick<BalancedDay, "tradingDay" | "closing" | "cash">;

/**
 * The underwater curve: how far each day's closing balance lies below the highest one so far, whose first is the
 * starting balance. Cash paid in or out moves the peak along: it is neither gain nor loss. Net; exact dollars, and
 * a fraction of the peak. Empty without days. `days` is oldest first.
 */
export function underwater(start: Money, days: readonly ClosedDay[]): readonly UnderwaterPoint[] {
  let peak = start;
  return days.map(({ tradingDay, closing, cash }) => {
    peak = addMoney(peak, cash);
    if (closing > peak) peak = closing;
    const depth = subtractMoney(closing, peak);
    return { tradingDay, balance: closing, peak, depth, fraction: fractionOf(depth, peak) };
  });
}

/**
 * All drawdowns in the order they began: each from a peak, over the lowest close, to the day that reaches the
 * peak again. Only the last may have no recovery. Empty without a fall.
 */
export function drawdowns(start: Money, days: readonly ClosedDay[]): readonly Drawdown[] {
  const found: Drawdown[] = [];
  let peakDay: TradingDay | null = null;
  let running: Drawdown | null = null;
  for (const point of underwater(start, days)) {
    if (point.depth < 0) {
      running = deeper(running, peakDay, point);
      continue;
    }
    if (running) found.push({ ...running, recovery: point.tradingDay, length: running.length + 1 });
    running = null;
    peakDay = point.tradingDay;
  }
  if (running) found.push(running);
  return found;
}

/** A drawdown with one more day below its peak. */
function deeper(
  running: Drawdown | null,
  start: TradingDay | null,
  { tradingDay, peak, balance, depth, fraction }: UnderwaterPoint,
): Drawdown {
  if (running && running.depth <= depth) return { ...running, length: running.length + 1 };
  const length = (running?.length ?? 0) + 1;
  return { start, bottom: tradingDay, recovery: null, peak, low: balance, depth, fraction, length };
}

/** The deepest in dollars, deepest first, the earlier of equals first. */
export function worstDrawdowns(all: readonly Drawdown[], count = 10): readonly Drawdown[] {
  return [...all].sort((a, b) => a.depth - b.depth).slice(0, count);
}

/** The maximum drawdown in dollars; null without a fall. */
export function maxDrawdown(all: readonly Drawdown[]): Drawdown | null {
  return worstDrawdowns(all, 1)[0] ?? null;
}

/** The drawdown that is not over; null at a high. */
export function currentDrawdown(all: readonly Drawdown[]): Drawdown | null {
  const last = all[all.length - 1];
  return last?.recovery === null ? last : null;
}

function fractionOf(depth: Money, peak: Money): number | null {
  return peak > 0 ? ratio(depth, peak) : null;
}
