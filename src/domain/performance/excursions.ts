import { MONEY_UNIT, type Money } from "../money.js";
import { ratio } from "./finite.js";

interface Excursion {
  readonly grossPnl: Money;
  readonly mae: Money;
  readonly mfe: Money;
}

/**
 * Mean maximum adverse excursion (J. Sweeney, Maximum Adverse Excursion, 1997): dollars before costs, at most 0.
 * Null without results.
 */
export const averageMae = (results: readonly Excursion[]): number | null =>
  ratio(sum(results, "mae"), results.length * MONEY_UNIT);

/** Mean maximum favourable excursion: dollars before costs, at least 0. Null without results. */
export const averageMfe = (results: readonly Excursion[]): number | null =>
  ratio(sum(results, "mfe"), results.length * MONEY_UNIT);

/**
 * How much of what was there for the taking was taken = sum of gross / sum of MFE: a fraction, negative for a
 * loss. Null when no result was ever ahead.
 */
export const mfeKept = (results: readonly Excursion[]): number | null =>
  ratio(sum(results, "grossPnl"), sum(results, "mfe"));

function sum(results: readonly Excursion[], field: keyof Excursion): number {
  let total = 0;
  for (const result of results) total += result[field];
  return total;
}
