import { DAYS_A_YEAR } from "./annual.js";
import { downsideDeviation } from "./downside-deviation.js";
import { ratio } from "./finite.js";
import { mean } from "./mean.js";

/**
 * Sortino ratio = mean of (r - required) x 252 / downside deviation: annual, net. Null without days, and without
 * a day below what is required.
 */
export function sortino(
  returns: readonly number[],
  required = 0,
  periodsPerYear = DAYS_A_YEAR,
): number | null {
  const average = mean(returns.map((day) => day - required));
  const downside = downsideDeviation(returns, required, periodsPerYear);
  if (average === null || downside === null) return null;
  return ratio(average * periodsPerYear, downside);
}
