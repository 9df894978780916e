import type { InjectionToken } from "tsyringe";
import type { Annotation, AnnotationTarget } from "../domain/annotation.js";
import type { PositionSide } from "../domain/codes.js";
import type { AccountId } from "../domain/ids.js";
import type { DecimalInput, Money } from "../domain/money.js";
import type {
  Simulation,
  SimulationOptions,
  SimulationRules,
} from "../domain/performance/bootstrap.js";
import type { Breakdown } from "../domain/performance/breakdown.js";
import type { DayFigures } from "../domain/performance/day-figures.js";
import type { Bin, Percentiles } from "../domain/performance/distribution.js";
import type { Drawdown, UnderwaterPoint } from "../domain/performance/drawdown.js";
import type { Period } from "../domain/performance/period.js";
import type { Result, ResultLevel } from "../domain/performance/result.js";
import type { ResultFigures } from "../domain/performance/result-figures.js";
import type { RollingPoint } from "../domain/performance/rolling.js";
import type { TradeFigures } from "../domain/performance/trade-figures.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { WrittenFilter } from "./written-filter.js";

/**
 * Which results to count. What is left out, or an empty list, does not filter; values within a list are
 * alternatives, the lists together narrow down. Results count whole on the trading day of their exit.
 */
export interface PerformanceFilter extends WrittenFilter {
  /** Ids or exact names; several are taken together as one book. */
  readonly accounts?: readonly string[];
  /** Symbols (MNQU26), contract ids, or roots (MNQ). */
  readonly symbols?: readonly string[];
  /** Of the entry order; null for results without one. */
  readonly strategies?: readonly (string | null)[];
  readonly sides?: readonly PositionSide[];
  /** Trading days YYYY-MM-DD: the first one, and the one before which to stop. */
  readonly from?: string;
  readonly to?: string;
  /** Default trade. */
  readonly level?: ResultLevel;
}

/**
 * Which days a series is made of. `ledger`: gross on the day of each exit, costs on the day of each fill; it adds
 * up to the balance, with the cash that came or went, and is used while only accounts and dates filter. `trade`:
 * results whole on the day of their exit; used with any other filter, on what the accounts began with.
 */
export type DayBasis = "ledger" | "trade";

export interface PerformanceSummary {
  readonly accounts: readonly AccountId[];
  readonly level: ResultLevel;
  readonly basis: DayBasis;
  /** First and last day with something on it; null when there is none. */
  readonly firstDay: TradingDay | null;
  readonly lastDay: TradingDay | null;
  /** Balance at the start of the first day asked for. */
  readonly startingBalance: Money;
  readonly endingBalance: Money;
  /** Paid in and out, adjusted, and changed by resets meanwhile; 0 with basis `trade`. */
  readonly cash: Money;
  readonly trades: TradeFigures;
  /** Of the results in `trades`: those that rest on synthetic fills, until the broker tells the real ones. */
  readonly onSyntheticFills: number;
  readonly days: DayFigures;
  readonly maxDrawdown: Drawdown | null;
  /** The one that is not over; null at a high. */
  readonly currentDrawdown: Drawdown | null;
  /**
   * Net of the ledger days, net of the results on their trade days, and ledger - trade. Without dates the difference
   * is what lots that are still open cost (a negative amount); at level position also what open positions have
   * realised. Null with basis `trade`.
   */
  readonly ledgerNet: Money | null;
  readonly tradeNet: Money;
  readonly difference: Money | null;
}

export interface EquityPoint {
  readonly tradingDay: TradingDay;
  readonly netPnl: Money;
  /** Payouts, deposits, adjustments and what resets changed: it moves the balance, and is no result. */
  readonly cash: Money;
  /** Balance at the day's end. */
  readonly balance: Money;
}

export interface EquityCurve {
  readonly basis: DayBasis;
  readonly startingBalance: Money;
  /** Oldest first. */
  readonly points: readonly EquityPoint[];
}

export interface DrawdownCurve {
  readonly basis: DayBasis;
  /** The days of the equity curve. */
  readonly underwater: readonly UnderwaterPoint[];
  /** The ten deepest, deepest first. */
  readonly worst: readonly Drawdown[];
  readonly current: Drawdown | null;
}

/** Results of a period by their exits. `key`: 2026-08-03, 2026-W32 (ISO 8601), 2026-08 or 2026. */
export interface PeriodRow {
  readonly key: string;
  readonly firstDay: TradingDay;
  readonly lastDay: TradingDay;
  readonly figures: TradeFigures;
  /** Net of the ledger days of the period; null with filters other than accounts and dates. */
  readonly ledgerNet: Money | null;
}

/** A day at a glance. */
export interface CalendarDay {
  readonly tradingDay: TradingDay;
  readonly count: number;
  readonly wins: number;
  readonly losses: number;
  /** Of the results that were closed on the day, with the costs of both their sides. */
  readonly netPnl: Money;
  /** What the day did to the balance; null with filters other than accounts and dates. */
  readonly ledgerNet: Money | null;
}

/** One group of a breakdown, in the order of its kind (hours from 17, Monday to Sunday, else by label). */
export interface BreakdownRow {
  /** Null for results without one (no strategy, unknown order type). */
  readonly key: string | null;
  readonly label: string;
  readonly figures: TradeFigures;
}

export interface Distribution {
  readonly count: number;
  readonly bins: readonly Bin[];
  /** Dollars; null without results. */
  readonly percentiles: Percentiles | null;
}

/** How performance looks from the books. Every figure says net or gross where it is defined; see its file. */
export interface PerformanceService {
  /**
   * The figures that kept sums answer, at once on any length of history.
   * @throws BlotterError `not_found` for an unknown account; `invalid` for a filter that makes no sense. So do all.
   */
  summary(filter?: PerformanceFilter): Promise<PerformanceSummary>;
  /** The figures that need every result: streaks, medians, SQN, R, excursions. */
  statistics(filter?: PerformanceFilter): Promise<ResultFigures>;
  /** A point per day that has a fill, a result or cash on it; it ends with the balance of the accounts. */
  equity(filter?: PerformanceFilter): Promise<EquityCurve>;
  drawdown(filter?: PerformanceFilter): Promise<DrawdownCurve>;
  /** From the first full window on. @param windowDays default 20 */
  rolling(filter?: PerformanceFilter, windowDays?: number): Promise<readonly RollingPoint[]>;
  /** Oldest first. Periods without results, or without anything on a ledger day, are left out. */
  periods(period: Period, filter?: PerformanceFilter): Promise<readonly PeriodRow[]>;
  /** The days that have something on them, oldest first. */
  calendar(filter?: PerformanceFilter): Promise<readonly CalendarDay[]>;
  /** Groups without results are left out. Their sums add up to those of `summary`, to the millionth. */
  breakdown(by: Breakdown, filter?: PerformanceFilter): Promise<readonly BreakdownRow[]>;
  /** Net results. @param bins how many; default 20 */
  distribution(filter?: PerformanceFilter, bins?: number): Promise<Distribution>;
  /** Results in canonical order, with their excursions. @param newest only the newest n */
  results(filter?: PerformanceFilter, newest?: number): Promise<readonly Result[]>;
  /** Draws from the ledger days of the accounts; null when there are none. */
  simulate(
    rules: SimulationRules,
    options: SimulationOptions,
    filter?: PerformanceFilter,
  ): Promise<Simulation | null>;
}
export const PerformanceService: InjectionToken<PerformanceService> = Symbol("PerformanceService");

export interface AnnotationInput {
  readonly accountId: string;
  readonly target: AnnotationTarget;
  /** An order's or a fill's id. */
  readonly id: string;
  /** What is left out stays as it is; null, or no tags, takes it away. */
  readonly note?: string | null;
  readonly tags?: readonly string[];
  /** US dollars that the trade may lose by plan; positive. */
  readonly plannedRisk?: DecimalInput | null;
}

/** Notes, tags and planned risk that people write; they survive a rebuild. */
export interface AnnotationService {
  /**
   * Writes on an order or a fill, or takes away what was written.
   * @throws BlotterError `not_found` for an unknown account, order or fill; `invalid` for what cannot be
   */
  annotate(input: AnnotationInput): Promise<Annotation | null>;
  /** By target, then id. */
  annotations(filter?: AnnotationFilter): Promise<readonly Annotation[]>;
}
export const AnnotationService: InjectionToken<AnnotationService> = Symbol("AnnotationService");

export interface AnnotationFilter {
  readonly account?: string;
  readonly target?: AnnotationTarget;
  readonly id?: string;
  readonly tag?: string;
}
