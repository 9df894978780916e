import { finite } from "./finite.js";
import { mean } from "./mean.js";

/**
 * Sample standard deviation, in the unit of the values: sqrt(sum((x - mean)^2) / (n - 1)), Bessel's correction.
 * Null for fewer than two values; exactly 0 when all are equal, whatever their binary fractions add up to.
 */
export function sampleDeviation(values: readonly number[]): number | null {
  const [first] = values;
  const average = mean(values);
  if (first === undefined || average === null || values.length < 2) return null;
  if (values.every((value) => value === first)) return 0;
  let squares = 0;
  for (const value of values) squares += (value - average) ** 2;
  return finite(Math.sqrt(squares / (values.length - 1)));
}
