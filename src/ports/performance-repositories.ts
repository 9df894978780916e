import type { Annotation, AnnotationTarget } from "../domain/annotation.js";
import type { FillState } from "../domain/fill.js";
import type { AccountId, ContractId, FillKey, OrderId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Money } from "../domain/money.js";
import type { RiskBearer, RiskRange } from "../domain/performance/planned-risk.js";
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

/** Orders and fills on which something was written. */
export interface WrittenPlaces {
  readonly orders: readonly OrderId[];
  /** Fills that count by themselves, with their orders. */
  readonly fills: readonly { readonly fillKey: FillKey; readonly orderId: OrderId }[];
}

/** What was written on results of one account. */
export interface WrittenQuery {
  /** Results any of whose matches has an order or fill among the places; of each of these. */
  readonly written?: readonly WrittenPlaces[];
  readonly risk?: RiskRange;
}

/** Which results to read; what is left out does not filter. */
export interface ResultQuery extends WrittenQuery {
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

/** A result with what was planned beside it. */
export interface PlannedResult extends Result {
  /** What it was planned to lose at most, US dollars; null while nobody knows. */
  readonly plannedRisk: Money | null;
}

/** Some fields of results, a list for each: the nth values of all lists are those of the nth result. */
export type ResultColumns<K extends keyof PlannedResult> = {
  readonly [P in K]: ArrayLike<ListedValue<PlannedResult[P]>>;
};
/** Lists of numbers are packed: NaN stands for null. So are those of flags: 1 for true, 0 for false. */
type ListedValue<T> = [T] extends [boolean]
  ? 0 | 1
  : [Extract<T, number>] extends [never]
    ? T
    : Extract<T, number>;

/** Fields of which a sum may be asked for in place of a list. */
export type SummableField = "grossPnl" | "mae" | "mfe";

/** What was read of results in one pass. */
export interface ResultLists<K extends keyof PlannedResult, S extends SummableField = never> {
  readonly columns: ResultColumns<K>;
  /** Over the same results, exact. */
  readonly sums: Readonly<Record<S, Money>>;
}

/** A closed row that an order entered, as its planned risk is kept. */
export interface RiskedRow extends RiskBearer, Pick<PlannedResult, "resultId" | "plannedRisk"> {
  readonly level: ResultLevel;
  /** The row's own, in the table of its level. */
  readonly rowId: number;
  readonly pointValue: Money;
}

export interface ResultReads {
  /** In canonical order. */
  list(query: ResultQuery): Promise<readonly Result[]>;
  /** The same results in the same order, but only some of their fields: for figures over very many. */
  columns<K extends keyof PlannedResult, S extends SummableField = never>(
    query: Omit<ResultQuery, "newest">,
    names: readonly K[],
    summed?: readonly S[],
  ): Promise<ResultLists<K, S>>;
  /** Closed rows of all levels that an order entered, positions that it opened; in no order. */
  ofEntry(accountId: AccountId, entry: OrderId): Promise<readonly RiskedRow[]>;
}

export interface ResultRepository extends ResultReads {
  setPlannedRisk(
    accountId: AccountId,
    row: Pick<RiskedRow, "level" | "rowId">,
    risk: Money | null,
  ): Promise<void>;
}

/** Where an annotation hangs: on an order, or on one of its fills. */
export interface AnnotationPlace {
  readonly target: AnnotationTarget;
  readonly targetId: string;
  readonly orderId: OrderId;
  /** Null on an order. */
  readonly fill: {
    readonly fillKey: FillKey;
    readonly state: FillState;
    readonly standIn: boolean;
  } | null;
}

export interface AnnotationReads {
  /** Of all annotations of an account, or of what hangs on some orders and their fills. In no order. */
  places(accountId: AccountId, orders?: readonly OrderId[]): Promise<readonly AnnotationPlace[]>;
  get(accountId: AccountId, target: AnnotationTarget, id: string): Promise<Annotation | null>;
  /** By target, then id. */
  list(accountId: AccountId): Promise<readonly Annotation[]>;
}
export interface AnnotationRepository extends AnnotationReads {
  /** Inserts, or replaces what was written there. */
  save(annotation: Annotation): Promise<void>;
  remove(accountId: AccountId, target: AnnotationTarget, id: string): Promise<void>;
}
