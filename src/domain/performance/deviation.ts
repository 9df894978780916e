import { finite } from "./finite.js";
import { mean } from "./mean.js";

/**
 * Sample standard deviation, in the unit of the values: sqrt(sum((x - mean)^2) / (n - 1)), Bessel's correction.
 * Null for fewer than two values; exactly 0 when all are equal, whatever their binary fractions add up to.
 */
export function sampleDeviation(values: ArrayLike<number>): number | null {
  const first = values[0];
  const average = mean(values);
  if (first === undefined || average === null || values.length < 2) return null;
  let squares = 0;
  let equal = true;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    equal &&= value === first;
    squares += (value - average) ** 2;
  }
  if (equal) return 0;
  return finite(Math.sqrt(squares / (values.length - 1)));
}
