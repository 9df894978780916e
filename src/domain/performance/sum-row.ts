import type { OrderType, PositionSide } from "../codes.js";
import type { AccountId, ContractId } from "../ids.js";
import { type TradingDay, tradingWeekday } from "../trading-day.js";
import { durationBand } from "./duration-band.js";
import { exchangeHour } from "./exchange-hour.js";
import { periodOf } from "./period.js";
import type { Result, ResultLevel } from "./result.js";
import type { ResultSums } from "./result-sums.js";

/**
 * Which sums are kept. Each family cuts every day's results in its own way: by weekday only (not at all, for
 * one day), by contract and strategy, by side, holding time and entry order type, by hour of entry. A question about one family's parts reads its sums.
 */
export const SUM_FAMILIES = ["day", "contract", "style", "hour"] as const;
export type SumFamily = (typeof SUM_FAMILIES)[number];

/** How long a row's period is. Months and years are kept once they are over, so that years of days are few rows. */
export const SUM_SPANS = ["day", "month", "year"] as const;
export type SumSpan = (typeof SUM_SPANS)[number];

export interface SumKey {
  readonly accountId: AccountId;
  readonly level: ResultLevel;
  readonly family: SumFamily;
  readonly span: SumSpan;
  /** 2026-08-03, 2026-08 or 2026: of the trading days of the exits. */
  readonly period: string;
  /** The part of the family; see `bucketOf`. */
  readonly bucket: string;
}

/** Sums of the results of one account, level and period in one bucket. */
export interface SumRow extends SumKey, ResultSums {}

/** What decides the bucket of a result. */
export type BucketedResult = Pick<
  Result,
  | "contractId"
  | "strategy"
  | "side"
  | "durationSeconds"
  | "entryOrderType"
  | "entryTimestamp"
  | "exitTimestamp"
>;

/** A bucket's name: its parts between bars; an unknown last part is left out with its bar. */
export function bucketOf(result: BucketedResult, family: SumFamily): string {
  switch (family) {
    case "day":
      return String(tradingWeekday(result.exitTimestamp));
    case "contract":
      return withLast(result.contractId, result.strategy);
    case "style":
      return withLast(
        `${result.side}|${durationBand(result.durationSeconds)}`,
        result.entryOrderType,
      );
    case "hour":
      return String(exchangeHour(result.entryTimestamp));
  }
}

const withLast = (head: string, last: string | null) => (last === null ? head : `${head}|${last}`);

/** What a bucket's name says; what its family does not tell apart is undefined. */
export interface BucketParts {
  readonly contractId?: ContractId;
  readonly strategy?: string | null;
  readonly side?: PositionSide;
  readonly duration?: string;
  readonly entryOrderType?: OrderType | null;
  readonly hour?: string;
  /** Of the trading day: 1 for Monday. */
  readonly weekday?: string;
}

export function partsOf(bucket: string, family: SumFamily): BucketParts {
  switch (family) {
    case "day":
      return { weekday: bucket };
    case "contract": {
      const bar = bucket.indexOf("|");
      // Contract ids have no bar; what is written is what `bucketOf` made.
      if (bar === -1) return { contractId: bucket as ContractId, strategy: null };
      return { contractId: bucket.slice(0, bar) as ContractId, strategy: bucket.slice(bar + 1) };
    }
    case "style": {
      const [side, duration, type = null] = bucket.split("|");
      return {
        side: side as PositionSide,
        ...(duration !== undefined && { duration }),
        entryOrderType: type as OrderType | null,
      };
    }
    case "hour":
      return { hour: bucket };
  }
}

/** The period of a day in a span. */
export const spanPeriod = (day: TradingDay, span: SumSpan): string => periodOf(day, span);
