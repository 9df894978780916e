import type { AccountId } from "../ids.js";
import { type TradingDay, tradingDay } from "../trading-day.js";
import type { ResultLevel } from "./result.js";
import {
  combineSums,
  NO_RESULTS,
  type ResultSums,
  type SummedResult,
  sumsOf,
} from "./result-sums.js";
import {
  type BucketedResult,
  bucketOf,
  SUM_FAMILIES,
  type SumRow,
  type SumSpan,
  spanPeriod,
} from "./sum-row.js";

/** A result as its sums see it. */
export type BookedResult = BucketedResult & SummedResult;

/** Collects what results add to, and take from, the days' sums of one account. */
export class SumBook {
  readonly #rows = new Map<string, SumRow>();

  constructor(private readonly accountId: AccountId) {}

  add(level: ResultLevel, result: BookedResult, times: 1 | -1): void {
    const sums = sumsOf(result);
    const period = tradingDay(result.exitTimestamp);
    for (const family of SUM_FAMILIES) {
      const bucket = bucketOf(result, family);
      const key = `${level}|${family}|${period}|${bucket}`;
      const row = this.#rows.get(key);
      const total = combineSums(row ?? NO_RESULTS, sums, times);
      const { accountId } = this;
      this.#rows.set(key, { accountId, level, family, span: "day", period, bucket, ...total });
    }
  }

  /** The rows that changed, each with its change; or, from nothing, all rows of the days. */
  rows(): readonly SumRow[] {
    return [...this.#rows.values()].filter((row) => !isNothing(row));
  }
}

/** The newest day with a match: months and years before its own are kept as rows of their own. */
export function newestDay(rows: readonly SumRow[]): TradingDay | null {
  let newest: string | null = null;
  for (const { level, family, span, period } of rows) {
    if (level !== "match" || family !== "day" || span !== "day") continue;
    if (newest === null || period > newest) newest = period;
  }
  // Periods of days are trading days.
  return newest as TradingDay | null;
}

/** Rows of shorter periods as rows of a longer span. */
export function rolledInto(span: SumSpan, rows: readonly SumRow[]): readonly SumRow[] {
  const longer = new Map<string, SumRow>();
  for (const row of rows) {
    const period = longerPeriod(row.period, span);
    const key = `${row.level}|${row.family}|${period}|${row.bucket}`;
    const sums = combineSums(longer.get(key) ?? NO_RESULTS, row);
    longer.set(key, { ...row, span, period, ...sums });
  }
  return [...longer.values()];
}

/** A day or a month as its month or year. */
export function longerPeriod(period: string, span: SumSpan): string {
  // Both take the beginning of a date, which is all that is looked at here.
  return spanPeriod(period as TradingDay, span);
}

/** Days, and the months and years that are over, as they are kept. */
export function withLongerSpans(days: readonly SumRow[]): readonly SumRow[] {
  const newest = newestDay(days);
  if (newest === null) return days;
  const over = (span: SumSpan) =>
    rolledInto(span, days).filter(({ period }) => period < spanPeriod(newest, span));
  return [...days, ...over("month"), ...over("year")];
}

function isNothing(sums: ResultSums): boolean {
  return (
    sums.count === 0 &&
    sums.wins === 0 &&
    sums.losses === 0 &&
    sums.quantity === 0 &&
    sums.grossPnl === 0 &&
    sums.commissions === 0 &&
    sums.fees === 0 &&
    sums.won === 0 &&
    sums.unknownCosts === 0 &&
    sums.seconds === 0 &&
    sums.winSeconds === 0 &&
    sums.lossSeconds === 0
  );
}
