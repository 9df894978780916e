import { ratio } from "./finite.js";
import { breakevenOf, type ResultSums } from "./result-sums.js";

/**
 * Win rate = wins / results: a fraction, net, per result. A win has net > 0. Breakeven results are no wins and
 * stay in the denominator, so that the three rates add up to 1. Null without results.
 */
export const winRate = (sums: ResultSums): number | null => ratio(sums.wins, sums.count);

/** Losses (net < 0) / results; as `winRate`. */
export const lossRate = (sums: ResultSums): number | null => ratio(sums.losses, sums.count);

/** Results with net exactly 0 / results; as `winRate`. */
export const breakevenRate = (sums: ResultSums): number | null =>
  ratio(breakevenOf(sums), sums.count);
