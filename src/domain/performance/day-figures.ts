import { moneyToNumber } from "../money.js";
import { bestDay, bestDayShare, type NamedDay, worstDay } from "./best-day.js";
import { cagr } from "./cagr.js";
import { calmar } from "./calmar.js";
import { dailyReturns } from "./daily-returns.js";
import type { BalancedDay } from "./day-series.js";
import { sampleDeviation } from "./deviation.js";
import { downsideDeviation } from "./downside-deviation.js";
import { mean } from "./mean.js";
import { omega } from "./omega.js";
import { sharpe } from "./sharpe.js";
import { sortino } from "./sortino.js";
import { ulcerIndex } from "./ulcer-index.js";
import { conditionalValueAtRisk95, valueAtRisk95 } from "./value-at-risk.js";
import { volatility } from "./volatility.js";
import { countDays } from "./winning-days.js";

/**
 * Figures of a series of days. Net, per day; returns are fractions of the balance at the day's start; a year
 * has 252 days. Days without a fill are not in the series. Null where there is too little data.
 */
export interface DayFigures {
  readonly days: number;
  readonly winningDays: number;
  readonly losingDays: number;
  readonly flatDays: number;
  readonly winningDayRate: number | null;
  readonly bestDay: NamedDay | null;
  readonly worstDay: NamedDay | null;
  /** The best day's net as a fraction of the total net; null when either is not positive. */
  readonly bestDayShare: number | null;
  /** Dollars a day: mean and sample standard deviation. */
  readonly meanDay: number | null;
  readonly dayDeviation: number | null;
  /** Annual, fractions. */
  readonly volatility: number | null;
  readonly downsideDeviation: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly omega: number | null;
  readonly cagr: number | null;
  /** Percent, as its author defines it. */
  readonly ulcerIndex: number | null;
  /** One-day results as fractions: the 5th percentile, and the mean of what is not above it. */
  readonly valueAtRisk95: number | null;
  readonly conditionalValueAtRisk95: number | null;
}

/** All figures of a series. */
export function dayFigures(days: readonly BalancedDay[]): DayFigures {
  const returns = dailyReturns(days);
  const dollars = days.map(({ netPnl }) => moneyToNumber(netPnl));
  const of = (figure: (returns: readonly number[]) => number | null) =>
    returns === null ? null : figure(returns);
  return {
    ...countDays(days),
    bestDay: bestDay(days),
    worstDay: worstDay(days),
    bestDayShare: bestDayShare(days),
    meanDay: mean(dollars),
    dayDeviation: sampleDeviation(dollars),
    volatility: of((days) => volatility(days)),
    downsideDeviation: of((days) => downsideDeviation(days)),
    sharpe: of((days) => sharpe(days)),
    sortino: of((days) => sortino(days)),
    calmar: of((days) => calmar(days)),
    omega: of((days) => omega(days)),
    cagr: of((days) => cagr(days)),
    ulcerIndex: of(ulcerIndex),
    valueAtRisk95: of(valueAtRisk95),
    conditionalValueAtRisk95: of(conditionalValueAtRisk95),
  };
}
