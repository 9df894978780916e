import { DAYS_A_YEAR } from "./annual.js";
import { mean } from "./mean.js";

/**
 * Downside deviation = sqrt(mean(min(r - required, 0)^2)) x sqrt(252), the mean over all days (F. A. Sortino, R.
 * van der Meer, Downside Risk, 1991): a fraction a year, net. Null without days; 0 without a day below.
 */
export function downsideDeviation(
  returns: readonly number[],
  required = 0,
  periodsPerYear = DAYS_A_YEAR,
): number | null {
  const squares = mean(returns.map((day) => Math.min(day - required, 0) ** 2));
  return squares === null ? null : Math.sqrt(squares * periodsPerYear);
}
