import { sampleDeviation } from "./deviation.js";
import { ratio } from "./finite.js";
import { mean } from "./mean.js";

/**
 * System quality number = sqrt(n) x mean / sample standard deviation of the net results (Van Tharp, The
 * Definitive Guide to Position Sizing, 2008, here in dollars and without his cap on n): no unit. Null for fewer
 * than two results, and when all are equal.
 */
export function systemQuality(dollars: readonly number[]): number | null {
  const [average, deviation] = [mean(dollars), sampleDeviation(dollars)];
  if (average === null || deviation === null) return null;
  return ratio(Math.sqrt(dollars.length) * average, deviation);
}
