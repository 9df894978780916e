import type { Annotation, AnnotationTarget } from "../domain/annotation.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Money } from "../domain/money.js";
import type { Result, ResultLevel } from "../domain/performance/result.js";
import type { ResultSums } from "../domain/performance/result-sums.js";
import type { SumKey, SumRow, SumSpan } from "../domain/performance/sum-row.js";
import type { TradingDay } from "../domain/trading-day.js";

/** Kept sums of one account, level and family over periods of one span. */
export interface SumRange extends Pick<SumKey, "accountId" | "level" | "family" | "span"> {
  /** The first period, and the last. */
  readonly first: string;
  readonly last: string;
}

/** Days from one to another (inclusive) of several accounts; with buckets of the family, only those. */
export interface DayQuery extends Pick<SumKey, "level" | "family"> {
  readonly accountIds: readonly AccountId[];
  readonly buckets: readonly string[] | null;
  readonly first: string;
  readonly last: string;
}

export interface DaySums extends ResultSums {
  readonly tradingDay: TradingDay;
}

export interface CalendarSums extends Pick<ResultSums, "count" | "wins" | "losses"> {
  readonly tradingDay: TradingDay;
  readonly netPnl: Money;
}

export interface ResultSumReads {
  /** Summed over the periods, by bucket, in no order. */
  byBucket(range: SumRange): Promise<readonly (ResultSums & { readonly bucket: string })[]>;
  /** Sums of each day over the accounts and buckets, oldest first. */
  byDay(query: DayQuery): Promise<readonly DaySums[]>;
  /** The same days with less to carry: for a look at many of them. */
  netsByDay(query: DayQuery): Promise<readonly CalendarSums[]>;
  /** As they are, oldest period first. */
  list(range: SumRange): Promise<readonly SumRow[]>;
  /** The newest trading day of an account's matches; null when there is none. */
  newestDay(accountId: AccountId): Promise<TradingDay | null>;
  /** Every row of the account, in no order. */
  all(accountId: AccountId): Promise<readonly SumRow[]>;
}
export interface ResultSumRepository extends ResultSumReads {
  /** Adds to the row of the same key, or makes it. */
  add(row: SumRow): Promise<void>;
  /** Removes the row if it counts no results. */
  prune(key: SumKey): Promise<void>;
  /** Removes the rows of a span from a period on. */
  removeFrom(accountId: AccountId, span: SumSpan, period: string): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
}

/** Which results to read; what is left out does not filter. */
export interface ResultQuery {
  readonly accountId: AccountId;
  readonly level: ResultLevel;
  readonly contractIds?: readonly ContractId[];
  /** Null stands for results without one. */
  readonly strategies?: readonly (string | null)[];
  readonly sides?: readonly Result["side"][];
  /** On the exit: inclusive, and exclusive. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** Exits at exactly these instants. */
  readonly exits?: readonly Instant[];
  readonly newest?: number;
}

/** Some fields of results, a list for each: the nth values of all lists are those of the nth result. */
export type ResultColumns<K extends keyof Result> = { readonly [P in K]: readonly Result[P][] };

/** Fields of which a sum may be asked for in place of a list. */
export type SummableField = "grossPnl" | "mae" | "mfe";

/** What was read of results in one pass. */
export interface ResultLists<K extends keyof Result, S extends SummableField = never> {
  readonly columns: ResultColumns<K>;
  /** Over the same results, exact. */
  readonly sums: Readonly<Record<S, Money>>;
}

export interface ResultReads {
  /** In canonical order. */
  list(query: ResultQuery): Promise<readonly Result[]>;
  /** The same results in the same order, but only some of their fields: for figures over very many. */
  columns<K extends keyof Result, S extends SummableField = never>(
    query: Omit<ResultQuery, "newest">,
    names: readonly K[],
    summed?: readonly S[],
  ): Promise<ResultLists<K, S>>;
}

export interface AnnotationReads {
  get(accountId: AccountId, target: AnnotationTarget, id: string): Promise<Annotation | null>;
  /** By target, then id. */
  list(accountId: AccountId): Promise<readonly Annotation[]>;
}
export interface AnnotationRepository extends AnnotationReads {
  /** Inserts, or replaces what was written there. */
  save(annotation: Annotation): Promise<void>;
  remove(accountId: AccountId, target: AnnotationTarget, id: string): Promise<void>;
}
