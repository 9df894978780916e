import { MONEY_UNIT, type Money } from "../money.js";
import { ratio } from "./finite.js";

/**
 * Mean maximum adverse excursion (J. Sweeney, Maximum Adverse Excursion, 1997): dollars before costs, at most 0.
 * Null without results.
 */
export const averageMae = (maes: readonly Money[]): number | null =>
  ratio(sum(maes), maes.length * MONEY_UNIT);

/** Mean maximum favourable excursion: dollars before costs, at least 0. Null without results. */
export const averageMfe = (mfes: readonly Money[]): number | null =>
  ratio(sum(mfes), mfes.length * MONEY_UNIT);

/**
 * How much of what was there for the taking was taken = sum of gross / sum of MFE: a fraction, negative for a
 * loss. Null when no result was ever ahead.
 */
export const mfeKept = (grosses: readonly Money[], mfes: readonly Money[]): number | null =>
  ratio(sum(grosses), sum(mfes));

function sum(amounts: readonly Money[]): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}
