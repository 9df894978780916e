import type { BalancedDay } from "./day-series.js";

/**
 * Daily return = the day's net / balance at the day's start: a fraction, net of costs. Null when a day starts
 * with a balance that is not positive: nothing can be a fraction of that, and leaving the day out would lie.
 */
export function dailyReturns(days: readonly BalancedDay[]): readonly number[] | null {
  const returns: number[] = [];
  for (const { netPnl, opening } of days) {
    if (opening <= 0) return null;
    returns.push(netPnl / opening);
  }
  return returns;
}
