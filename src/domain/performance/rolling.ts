import { type Money, subtractMoney, ZERO } from "../money.js";
import type { TradingDay } from "../trading-day.js";
import { dailyReturns } from "./daily-returns.js";
import type { BalancedDay } from "./day-series.js";
import { drawdowns, maxDrawdown } from "./drawdown.js";
import { maxDrawdownOfReturns } from "./return-drawdown.js";
import { sharpe } from "./sharpe.js";
import { volatility } from "./volatility.js";
import { countDays } from "./winning-days.js";

/** Figures of the last n days of a series, up to one of them. Net; the same definitions as over the whole. */
export interface RollingPoint {
  readonly tradingDay: TradingDay;
  readonly sharpe: number | null;
  readonly volatility: number | null;
  /** Fraction of the window's days with a net above 0. */
  readonly winRate: number | null;
  /** The deepest fall inside the window, whose first peak is the balance before it. */
  readonly maxDrawdown: Money;
  readonly maxDrawdownFraction: number | null;
}

/** The windows that a report shows. */
export const ROLLING_WINDOWS = [20, 60] as const;

/**
 * Sharpe, volatility, win rate and maximum drawdown of each run of n consecutive days; from the nth day on, so
 * none for fewer than n days.
 */
export function rolling(days: readonly BalancedDay[], windowDays: number): readonly RollingPoint[] {
  const points: RollingPoint[] = [];
  for (let end = windowDays; end <= days.length; end += 1) {
    const window = days.slice(end - windowDays, end);
    const last = window[window.length - 1];
    const first = window[0];
    if (!last || !first) break;
    const returns = dailyReturns(window);
    // Drawdowns add each day's cash to the peak themselves; the first day's is in its opening already.
    const before = subtractMoney(first.opening, first.cash);
    const deepest = maxDrawdown(drawdowns(before, window));
    points.push({
      tradingDay: last.tradingDay,
      sharpe: returns && sharpe(returns),
      volatility: returns && volatility(returns),
      winRate: countDays(window).winningDayRate,
      maxDrawdown: deepest?.depth ?? ZERO,
      maxDrawdownFraction: returns && maxDrawdownOfReturns(returns),
    });
  }
  return points;
}
