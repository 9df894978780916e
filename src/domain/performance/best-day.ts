import { addMoney, type Money, ZERO } from "../money.js";
import type { TradingDay } from "../trading-day.js";
import { ratio } from "./finite.js";

/** A day's net with its name. */
export interface NamedDay {
  readonly tradingDay: TradingDay;
  readonly netPnl: Money;
}

/** The day with the highest net, the first of equals; null without days. */
export function bestDay(days: readonly NamedDay[]): NamedDay | null {
  return days.reduce<NamedDay | null>(
    (best, day) => (best === null || day.netPnl > best.netPnl ? named(day) : best),
    null,
  );
}

/** The day with the lowest net, the first of equals; null without days. */
export function worstDay(days: readonly NamedDay[]): NamedDay | null {
  return days.reduce<NamedDay | null>(
    (worst, day) => (worst === null || day.netPnl < worst.netPnl ? named(day) : worst),
    null,
  );
}

/**
 * Best day's share = its net / total net, the measure of prop firms' consistency rules: a fraction, may exceed 1.
 * Null unless both are positive.
 */
export function bestDayShare(days: readonly NamedDay[]): number | null {
  const total = days.reduce((sum, day) => addMoney(sum, day.netPnl), ZERO);
  const best = bestDay(days)?.netPnl ?? ZERO;
  return total > 0 && best > 0 ? ratio(best, total) : null;
}

const named = ({ tradingDay, netPnl }: NamedDay): NamedDay => ({ tradingDay, netPnl });
