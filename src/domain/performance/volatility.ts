import { DAYS_A_YEAR } from "./annual.js";
import { sampleDeviation } from "./deviation.js";

/**
 * Volatility = sample standard deviation of the daily returns x sqrt(252): a fraction a year, net. Null for fewer
 * than two days.
 */
export function volatility(
  returns: readonly number[],
  periodsPerYear = DAYS_A_YEAR,
): number | null {
  const deviation = sampleDeviation(returns);
  return deviation === null ? null : deviation * Math.sqrt(periodsPerYear);
}
