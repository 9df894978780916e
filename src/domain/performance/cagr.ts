import { DAYS_A_YEAR } from "./annual.js";
import { cumulativeReturn } from "./cumulative-return.js";
import { finite } from "./finite.js";

/**
 * Compound annual growth rate = (1 + cumulative return)^(periods a year / n) - 1: a fraction a year, net. From
 * returns, so that cash paid in is no growth. Null without returns, and when more than everything was lost.
 */
export function cagr(returns: readonly number[], periodsPerYear = DAYS_A_YEAR): number | null {
  const total = cumulativeReturn(returns);
  if (total === null || total < -1) return null;
  return finite((1 + total) ** (periodsPerYear / returns.length) - 1);
}
