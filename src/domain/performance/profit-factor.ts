import { ratio } from "./finite.js";
import { lostOf, type ResultSums } from "./result-sums.js";

/**
 * Profit factor = sum of the wins / |sum of the losses|: net, no unit. Null without a loss, not infinity; 0 with
 * losses only.
 */
export const profitFactor = (sums: ResultSums): number | null => ratio(sums.won, -lostOf(sums));
