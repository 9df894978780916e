import { DAYS_A_YEAR } from "./annual.js";
import { sampleDeviation } from "./deviation.js";
import { ratio } from "./finite.js";
import { mean } from "./mean.js";

/**
 * Sharpe ratio = mean excess return / its sample standard deviation x sqrt(252) (W. F. Sharpe, The Sharpe Ratio,
 * 1994): annual, net. Null for fewer than two days, and when all returns are equal.
 *
 * @param riskFree the return of a day without risk; 0 unless given
 */
export function sharpe(
  returns: readonly number[],
  riskFree = 0,
  periodsPerYear = DAYS_A_YEAR,
): number | null {
  const excess = returns.map((day) => day - riskFree);
  const [average, deviation] = [mean(excess), sampleDeviation(excess)];
  if (average === null || deviation === null) return null;
  return ratio(average * Math.sqrt(periodsPerYear), deviation);
}
