import type { Money } from "../money.js";
import type { TradingDay } from "../trading-day.js";

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
