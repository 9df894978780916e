import { MONEY_UNIT } from "../money.js";
import { ratio } from "./finite.js";
import { lostOf, type ResultSums } from "./result-sums.js";

/** Average win = sum of the wins / wins: dollars, net, per winning result. Null without a win. */
export const averageWin = (sums: ResultSums): number | null =>
  ratio(sums.won, sums.wins * MONEY_UNIT);

/** Average loss = sum of the losses / losses: dollars, net, negative, per losing result. Null without a loss. */
export const averageLoss = (sums: ResultSums): number | null =>
  ratio(lostOf(sums), sums.losses * MONEY_UNIT);

/** Sum of gross / results: dollars before costs, per result. Null without results. */
export const averageGross = (sums: ResultSums): number | null =>
  ratio(sums.grossPnl, sums.count * MONEY_UNIT);
