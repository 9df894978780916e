import type { Money } from "../money.js";
import { ratio } from "./finite.js";

export interface DayCounts {
  readonly days: number;
  readonly winningDays: number;
  readonly losingDays: number;
  readonly flatDays: number;
  readonly winningDayRate: number | null;
}

/**
 * Winning days: net > 0; losing: net < 0; flat: exactly 0. The rate is winning days / days, flat ones included.
 * Null without days.
 */
export function countDays(days: readonly { readonly netPnl: Money }[]): DayCounts {
  let winningDays = 0;
  let losingDays = 0;
  for (const { netPnl } of days) {
    if (netPnl > 0) winningDays += 1;
    if (netPnl < 0) losingDays += 1;
  }
  return {
    days: days.length,
    winningDays,
    losingDays,
    flatDays: days.length - winningDays - losingDays,
    winningDayRate: ratio(winningDays, days.length),
  };
}
