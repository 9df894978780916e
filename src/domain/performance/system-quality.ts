import { ratio } from "./finite.js";

/**
 * System quality number = sqrt(n) x mean / sample standard deviation of the net results (Van Tharp, The
 * Definitive Guide to Position Sizing, 2008, here in dollars and without his cap on n): no unit. Null for fewer
 * than two results, and when all are equal.
 *
 * @param count how many results
 * @param average their mean
 * @param deviation their sample standard deviation
 */
export function systemQuality(
  count: number,
  average: number | null,
  deviation: number | null,
): number | null {
  if (average === null || deviation === null) return null;
  return ratio(Math.sqrt(count) * average, deviation);
}
