import { addMoney, type Money, ZERO } from "../money.js";
import type { ResultSums, SummedResult } from "./result-sums.js";

/**
 * Results by their fields: the nth of each list belongs to the nth result. NaN stands for unknown costs, 1 and 0 for
 * whether all are known.
 */
export type SummedColumns = {
  readonly [K in Exclude<keyof SummedResult, "costsKnown">]: ArrayLike<
    NonNullable<SummedResult[K]>
  >;
} & { readonly costsKnown: ArrayLike<0 | 1> };

/** The fields of results that their sums are made of. */
export const SUMMED_FIELDS = [
  "quantity",
  "grossPnl",
  "commissions",
  "fees",
  "netPnl",
  "costsKnown",
  "durationSeconds",
] as const satisfies readonly (keyof SummedResult)[];

/** What `combineSums` makes of the `sumsOf` of very many results, without an object for each. */
export class ResultTally implements ResultSums {
  count = 0;
  wins = 0;
  losses = 0;
  quantity = 0;
  grossPnl: Money = ZERO;
  commissions: Money = ZERO;
  fees: Money = ZERO;
  won: Money = ZERO;
  unknownCosts = 0;
  seconds = 0;
  winSeconds = 0;
  lossSeconds = 0;

  /** Adds the nth result. */
  add(columns: SummedColumns, n: number): void {
    const net = columns.netPnl[n] ?? ZERO;
    const seconds = columns.durationSeconds[n] ?? 0;
    this.count += 1;
    this.quantity += columns.quantity[n] ?? 0;
    this.grossPnl = addMoney(this.grossPnl, columns.grossPnl[n] ?? ZERO);
    this.commissions = addMoney(this.commissions, knownCost(columns.commissions[n]));
    this.fees = addMoney(this.fees, knownCost(columns.fees[n]));
    this.unknownCosts += columns.costsKnown[n] ? 0 : 1;
    this.seconds += seconds;
    if (net > 0) {
      this.wins += 1;
      this.won = addMoney(this.won, net);
      this.winSeconds += seconds;
    } else if (net < 0) {
      this.losses += 1;
      this.lossSeconds += seconds;
    }
  }

  get sums(): ResultSums {
    return { ...this };
  }
}

const knownCost = (cost: Money = ZERO): Money => (Number.isNaN(cost) ? ZERO : cost);

/** Sums of the results by the key of each, in the order in which the keys come. */
export function tallyBy<K>(
  columns: SummedColumns,
  keyOf: (n: number) => K,
): ReadonlyMap<K, ResultSums> {
  const tallies = new Map<K, ResultTally>();
  for (let n = 0; n < columns.netPnl.length; n += 1) {
    const key = keyOf(n);
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = new ResultTally();
      tallies.set(key, tally);
    }
    tally.add(columns, n);
  }
  return new Map([...tallies].map(([key, tally]) => [key, tally.sums]));
}
