import type { Money } from "../money.js";
import { averageGross, averageLoss, averageWin } from "./average-result.js";
import { commissionShare, costShare, feeShare } from "./cost-share.js";
import { expectancy } from "./expectancy.js";
import { averageLossSeconds, averageSeconds, averageWinSeconds } from "./holding-time.js";
import { kelly } from "./kelly.js";
import { payoffRatio } from "./payoff-ratio.js";
import { profitFactor } from "./profit-factor.js";
import { breakevenOf, lostOf, netOfSums, type ResultSums } from "./result-sums.js";
import { breakevenRate, lossRate, winRate } from "./win-rate.js";

/**
 * What follows from sums alone. Net of known costs, per result; dollars are plain numbers because they are
 * averages. Null where there is too little data.
 */
export interface TradeFigures extends ResultSums {
  readonly netPnl: Money;
  readonly breakeven: number;
  /** Sum of the losses; at most 0. */
  readonly lost: Money;
  /** Fractions of all results, breakeven ones included in the whole. */
  readonly winRate: number | null;
  readonly lossRate: number | null;
  readonly breakevenRate: number | null;
  /** Dollars. The average loss is negative. */
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  /** Dollars a result: the mean. */
  readonly expectancy: number | null;
  readonly averageGross: number | null;
  readonly payoffRatio: number | null;
  readonly profitFactor: number | null;
  /** Fraction of the capital. */
  readonly kelly: number | null;
  readonly averageSeconds: number | null;
  readonly averageWinSeconds: number | null;
  readonly averageLossSeconds: number | null;
  /** Known commissions, fees and both as a fraction of the gross profit; null when gross is not positive. */
  readonly commissionShare: number | null;
  readonly feeShare: number | null;
  readonly costShare: number | null;
}

export function tradeFigures(sums: ResultSums): TradeFigures {
  return {
    ...sums,
    netPnl: netOfSums(sums),
    breakeven: breakevenOf(sums),
    lost: lostOf(sums),
    winRate: winRate(sums),
    lossRate: lossRate(sums),
    breakevenRate: breakevenRate(sums),
    averageWin: averageWin(sums),
    averageLoss: averageLoss(sums),
    expectancy: expectancy(sums),
    averageGross: averageGross(sums),
    payoffRatio: payoffRatio(sums),
    profitFactor: profitFactor(sums),
    kelly: kelly(sums),
    averageSeconds: averageSeconds(sums),
    averageWinSeconds: averageWinSeconds(sums),
    averageLossSeconds: averageLossSeconds(sums),
    commissionShare: commissionShare(sums),
    feeShare: feeShare(sums),
    costShare: costShare(sums),
  };
}
