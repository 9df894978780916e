import { MONEY_UNIT, type Money } from "../money.js";
import { ratio } from "./finite.js";
import { mean } from "./mean.js";
import { netOfSums, type ResultSums } from "./result-sums.js";

/**
 * Expectancy = sum of net / results: dollars a result; the same as win rate x average win + loss rate x average
 * loss. Null without results.
 */
export const expectancy = (sums: ResultSums): number | null =>
  ratio(netOfSums(sums), sums.count * MONEY_UNIT);

/** A result and what it was planned to lose at most; null while that is unknown. */
export interface RiskedResult {
  readonly netPnl: Money;
  readonly plannedRisk: Money | null;
}

/**
 * Expectancy in R = mean of net / planned risk over the results whose planned risk is known: R multiples (Van
 * Tharp, Trade Your Way to Financial Freedom, 1998), net. Null when none is known.
 */
export function expectancyR(results: readonly RiskedResult[]): number | null {
  return mean(
    results.flatMap(({ netPnl, plannedRisk }) =>
      plannedRisk === null || plannedRisk <= 0 ? [] : netPnl / plannedRisk,
    ),
  );
}
