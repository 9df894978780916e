import { finite } from "./finite.js";

/** Arithmetic mean, in the unit of the values; null for none. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return finite(sum / values.length);
}
