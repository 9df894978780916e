import { finite } from "./finite.js";
import { payoffRatio } from "./payoff-ratio.js";
import type { ResultSums } from "./result-sums.js";
import { lossRate, winRate } from "./win-rate.js";

/**
 * Kelly fraction = win rate - loss rate / payoff ratio: a fraction of the capital, net; negative when the edge is
 * (J. L. Kelly, A New Interpretation of Information Rate, 1956). Null unless there is a win and a loss.
 */
export function kelly(sums: ResultSums): number | null {
  const [win, loss, payoff] = [winRate(sums), lossRate(sums), payoffRatio(sums)];
  if (win === null || loss === null || payoff === null) return null;
  return finite(win - loss / payoff);
}
