import { averageLoss, averageWin } from "./average-result.js";
import { ratio } from "./finite.js";
import type { ResultSums } from "./result-sums.js";

/** Payoff ratio = average win / |average loss|: net, no unit. Null unless there is a win and a loss. */
export function payoffRatio(sums: ResultSums): number | null {
  const [win, loss] = [averageWin(sums), averageLoss(sums)];
  return win === null || loss === null ? null : ratio(win, -loss);
}
