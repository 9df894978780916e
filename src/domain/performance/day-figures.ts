import type { Money } from "../money.js";
import type { TradingDay } from "../trading-day.js";

/** A day's net with its name. */
export interface NamedDay {
  readonly tradingDay: TradingDay;
  readonly netPnl: Money;
}

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
  /** One-day losses as fractions, at most 0: the 5th percentile, and the mean of what is not above it. */
  readonly valueAtRisk95: number | null;
  readonly conditionalValueAtRisk95: number | null;
}
