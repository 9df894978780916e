import { finite } from "./finite.js";

/**
 * Max drawdown of returns = min(value / highest value so far - 1), where the value is the growth of 1 and 1 is
 * the first high: a fraction, at most 0, net. Null without returns.
 */
export function maxDrawdownOfReturns(returns: readonly number[]): number | null {
  if (returns.length === 0) return null;
  return finite(underwaterReturns(returns).reduce((a, b) => Math.min(a, b), 0));
}

/** How far below its high the growth of 1 is after each return: fractions, at most 0. */
export function underwaterReturns(returns: readonly number[]): readonly number[] {
  let value = 1;
  let high = 1;
  return returns.map((day) => {
    value *= 1 + day;
    high = Math.max(high, value);
    return value / high - 1;
  });
}
