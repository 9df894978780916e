import { MONEY_UNIT, type Money, ZERO } from "../money.js";
import { ratio } from "./finite.js";
import { mean } from "./mean.js";
import { netOfSums, type ResultSums } from "./result-sums.js";

/**
 * Expectancy = sum of net / results: dollars a result; the same as win rate x average win + loss rate x average
 * loss. Null without results.
 */
export const expectancy = (sums: ResultSums): number | null =>
  ratio(netOfSums(sums), sums.count * MONEY_UNIT);

/**
 * R multiples: net / planned risk of each result whose planned risk is known and positive (Van Tharp, Trade Your Way
 * to Financial Freedom, 1998), net of known costs. The nth values of both lists are those of the nth result; NaN
 * stands for an unknown risk.
 */
export function rMultiples(
  netPnl: ArrayLike<Money>,
  plannedRisk: ArrayLike<Money>,
): ArrayLike<number> {
  const multiples = new Float64Array(netPnl.length);
  let known = 0;
  for (let n = 0; n < netPnl.length; n += 1) {
    const risk = plannedRisk[n] ?? ZERO;
    if (!(risk > 0)) continue;
    multiples[known] = (netPnl[n] ?? ZERO) / risk;
    known += 1;
  }
  return multiples.subarray(0, known);
}

/** Expectancy in R = mean of the R multiples. Null when none is known. */
export const expectancyR = (multiples: ArrayLike<number>): number | null => mean(multiples);
