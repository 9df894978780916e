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
 * to Financial Freedom, 1998), net of known costs. The nth values of both lists are those of the nth result.
 */
export function rMultiples(
  netPnl: readonly Money[],
  plannedRisk: readonly (Money | null)[],
): readonly number[] {
  const multiples: number[] = [];
  for (const [n, risk] of plannedRisk.entries()) {
    if (risk !== null && risk > 0) multiples.push((netPnl[n] ?? ZERO) / risk);
  }
  return multiples;
}

/** Expectancy in R = mean of the R multiples. Null when none is known. */
export const expectancyR = (multiples: readonly number[]): number | null => mean(multiples);
