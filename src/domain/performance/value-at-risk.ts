import { mean } from "./mean.js";
import { percentile } from "./percentile.js";

/** Days below which the worst twentieth is less than one day. */
const FEWEST_DAYS = 20;
const TAIL = 0.05;

/**
 * Value at risk at 95 % = 5th percentile of the daily returns, historical, linear between ranks: a fraction,
 * negative for a loss, net. Null for fewer than 20 days.
 */
export function valueAtRisk95(returns: readonly number[]): number | null {
  if (returns.length < FEWEST_DAYS) return null;
  return percentile(Float64Array.from(returns).sort(), TAIL);
}

/**
 * Conditional value at risk at 95 % (expected shortfall) = mean of the returns at or below the value at risk: a
 * fraction, net. Null for fewer than 20 days.
 */
export function conditionalValueAtRisk95(returns: readonly number[]): number | null {
  const limit = valueAtRisk95(returns);
  return limit === null ? null : mean(returns.filter((day) => day <= limit));
}
