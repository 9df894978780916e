import type { Money } from "../money.js";
import type { TradingDay } from "../trading-day.js";

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
