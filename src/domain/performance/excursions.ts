import { MONEY_UNIT, type Money } from "../money.js";
import { ratio } from "./finite.js";

/**
 * Mean maximum adverse excursion (J. Sweeney, Maximum Adverse Excursion, 1997): dollars before costs, at most 0.
 * Null without results.
 *
 * @param mae sum over all results
 */
export const averageMae = (mae: Money, results: number): number | null =>
  ratio(mae, results * MONEY_UNIT);

/** Mean maximum favourable excursion: dollars before costs, at least 0. As `averageMae`. */
export const averageMfe = (mfe: Money, results: number): number | null =>
  ratio(mfe, results * MONEY_UNIT);

/**
 * How much of what was there for the taking was taken = sum of gross / sum of MFE: a fraction, negative for a
 * loss. Null when no result was ever ahead.
 */
export const mfeKept = (gross: Money, mfe: Money): number | null => ratio(gross, mfe);
