import { addMoney, type Money, subtractMoney, ZERO } from "../money.js";
import { netOf } from "../trade.js";
import type { Result } from "./result.js";

/**
 * Sums over results; exact, so that those of any partition add up to the whole to the millionth, and a result
 * can be taken out again. Win: net > 0, loss: net < 0; breakeven is neither.
 */
export interface ResultSums {
  /** How many results. */
  readonly count: number;
  readonly wins: number;
  readonly losses: number;
  /** Contracts closed. */
  readonly quantity: number;
  readonly grossPnl: Money;
  /** Known commissions and fees. */
  readonly commissions: Money;
  readonly fees: Money;
  /** Sum of the net results of the wins; at least 0. That of the losses is net - won. */
  readonly won: Money;
  /** Results some of whose costs are not known yet. */
  readonly unknownCosts: number;
  /** Holding time of all, of the wins and of the losses. */
  readonly seconds: number;
  readonly winSeconds: number;
  readonly lossSeconds: number;
}

export const NO_RESULTS: ResultSums = {
  count: 0,
  wins: 0,
  losses: 0,
  quantity: 0,
  grossPnl: ZERO,
  commissions: ZERO,
  fees: ZERO,
  won: ZERO,
  unknownCosts: 0,
  seconds: 0,
  winSeconds: 0,
  lossSeconds: 0,
};

/** What one result adds to the sums. */
export type SummedResult = Pick<
  Result,
  "quantity" | "grossPnl" | "commissions" | "fees" | "netPnl" | "costsKnown" | "durationSeconds"
>;

export function sumsOf(result: SummedResult): ResultSums {
  const won = result.netPnl > 0;
  const lost = result.netPnl < 0;
  return {
    count: 1,
    wins: won ? 1 : 0,
    losses: lost ? 1 : 0,
    quantity: result.quantity,
    grossPnl: result.grossPnl,
    commissions: result.commissions ?? ZERO,
    fees: result.fees ?? ZERO,
    won: won ? result.netPnl : ZERO,
    unknownCosts: result.costsKnown ? 0 : 1,
    seconds: result.durationSeconds,
    winSeconds: won ? result.durationSeconds : 0,
    lossSeconds: lost ? result.durationSeconds : 0,
  };
}

/** Adds the second to the first, or takes it away. */
export function combineSums(a: ResultSums, b: ResultSums, times: 1 | -1 = 1): ResultSums {
  const move = times === 1 ? addMoney : subtractMoney;
  return {
    count: a.count + times * b.count,
    wins: a.wins + times * b.wins,
    losses: a.losses + times * b.losses,
    quantity: a.quantity + times * b.quantity,
    grossPnl: move(a.grossPnl, b.grossPnl),
    commissions: move(a.commissions, b.commissions),
    fees: move(a.fees, b.fees),
    won: move(a.won, b.won),
    unknownCosts: a.unknownCosts + times * b.unknownCosts,
    seconds: a.seconds + times * b.seconds,
    winSeconds: a.winSeconds + times * b.winSeconds,
    lossSeconds: a.lossSeconds + times * b.lossSeconds,
  };
}

/** Gross - known commissions - known fees. */
export const netOfSums = (sums: ResultSums): Money =>
  netOf(sums.grossPnl, sums.commissions, sums.fees);

/** Sum of the net results of the losses; at most 0. */
export const lostOf = (sums: ResultSums): Money => subtractMoney(netOfSums(sums), sums.won);

/** Results with a net of exactly 0. */
export const breakevenOf = (sums: ResultSums): number => sums.count - sums.wins - sums.losses;
