import { finite } from "./finite.js";

/** Arithmetic mean, in the unit of the values; null for none. */
export function mean(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return finite(sum / values.length);
}
