import { compareText, type FillKey } from "../ids.js";
import type { Instant } from "../instant.js";
import { greater, type Money, type Price, subtractMoney, ZERO } from "../money.js";
import { type TradingDay, tradingDay } from "../trading-day.js";
import type { OpenExposure, PricedContract } from "./exposure.js";

/** What moves money in or out of an account, or starts it anew. */
export const CASH_KINDS = ["payout", "deposit", "reset", "adjustment"] as const;
export type CashKind = (typeof CASH_KINDS)[number];

/**
 * What happens to an account, in canonical order: by instant; at the same instant its adoption, then fills by key,
 * then cash, then marks, then lifted locks. The roll of the day comes before everything of the new day, and is no
 * event: it follows from instants.
 */
export type ComplianceEvent =
  | {
      readonly kind: "adoption";
      readonly at: Instant;
      readonly key: string;
    }
  | {
      readonly kind: "fill";
      readonly at: Instant;
      readonly key: FillKey;
      readonly contract: PricedContract;
      /** Contracts, negative for a sale. */
      readonly quantity: number;
      readonly price: Price;
      /** Gross P&L of the matches that it closed. */
      readonly gross: Money;
      /** Its known commission and fee. */
      readonly costs: Money;
    }
  | {
      readonly kind: "cash";
      readonly at: Instant;
      readonly key: string;
      readonly cash: CashKind;
      /** What it adds to the balance, negative for a payout; a reset's is the balance from then on. */
      readonly amount: Money;
    }
  | {
      readonly kind: "mark";
      readonly at: Instant;
      readonly key: string;
      readonly contract: PricedContract;
      readonly price: Price;
    }
  | {
      readonly kind: "lift";
      readonly at: Instant;
      /** Of the row whose lock a person lifted. */
      readonly key: string;
      readonly tradingDay: TradingDay;
      readonly foundAt: Instant;
      /** The name under which it was found. */
      readonly finding: string;
    };

export interface EventPlace {
  readonly at: Instant;
  /** -1 adoption, 0 fill, 1 cash, 2 mark, 3 lift. */
  readonly rank: number;
  readonly key: string;
}

const RANKS = { adoption: -1, fill: 0, cash: 1, mark: 2, lift: 3 } as const;

export function placeOf({ at, kind, key }: ComplianceEvent): EventPlace {
  return { at, rank: RANKS[kind], key };
}

export function compareEventPlaces(a: EventPlace, b: EventPlace): number {
  return a.at - b.at || a.rank - b.rank || compareText(a.key, b.key);
}

/** Where an account's story begins: opened, or adopted while running. */
export interface Baseline {
  /** Fills before it only say what was open; null: from the first fact on. */
  readonly at: Instant | null;
  /** What levels are counted from. */
  readonly startingBalance: Money;
  readonly balance: Money;
  readonly highestEodBalance: Money;
  readonly payouts: number;
  /** At the start of the day of `at`. */
  readonly startOfDayBalance: Money;
  /** The highest balance, and the highest equity, so far. */
  readonly peak: Money;
  readonly cycle: CycleFigures;
}

/** Everything that rules need of an account, after the last event. Derived; plain JSON. */
export interface ComplianceState {
  readonly tradingDay: TradingDay;
  readonly last: EventPlace | null;
  readonly startingBalance: Money;
  /** Where the present life of the account began; null: with its first event. */
  readonly epochAt: Instant | null;
  readonly balance: Money;
  readonly open: readonly OpenExposure[];
  readonly day: DayFigures;
  readonly highestEodBalance: Money;
  readonly peakBalance: Money;
  readonly peakEquity: Money;
  readonly payouts: number;
  readonly cycle: CycleFigures;
  readonly tradingDays: number;
  readonly bestDay: Money;
  /** When the maximum loss limit, or a daily limit that ends the account, was broken in this epoch. */
  readonly failedAt: Instant | null;
  readonly dllViolatedAt: Instant | null;
  /** What was found on this day, as "dll:warning:8000"; each is found once. */
  readonly found: readonly string[];
  /** What was found once and for all in this epoch. */
  readonly foundForGood: readonly string[];
  /** When the account was last reset; what was found before binds it no more. */
  readonly resetAt: Instant | null;
  readonly lifts: readonly Lift[];
}

/** A lock that a person has lifted. What was found is not found again until the limit has been kept in between. */
export interface Lift {
  /** The name under which it was found. */
  readonly finding: string;
  readonly at: Instant;
  readonly kept: boolean;
}

export interface DayFigures {
  readonly startBalance: Money;
  readonly startUnrealised: Money;
  readonly gross: Money;
  readonly costs: Money;
  readonly fills: number;
  /** Highest result of the day so far, in the figures of the firm's and of the trader's daily limit. */
  readonly peak: Money;
  readonly personalPeak: Money;
}

/** Since the start, or since the last payout where payouts begin a new cycle. */
export interface CycleFigures {
  readonly winningDays: number;
  readonly tradingDays: number;
  readonly bestDay: Money;
  readonly profit: Money;
}

export const NO_CYCLE: CycleFigures = {
  winningDays: 0,
  tradingDays: 0,
  bestDay: ZERO,
  profit: ZERO,
};

export function newDay(startBalance: Money, startUnrealised: Money): DayFigures {
  return {
    startBalance,
    startUnrealised,
    gross: ZERO,
    costs: ZERO,
    fills: 0,
    peak: ZERO,
    personalPeak: ZERO,
  };
}

/** The story of an account that begins with a balance, and with nothing before it. */
export function freshBaseline(at: Instant | null, balance: Money): Baseline {
  return {
    at,
    startingBalance: balance,
    balance,
    highestEodBalance: balance,
    payouts: 0,
    startOfDayBalance: balance,
    peak: balance,
    cycle: NO_CYCLE,
  };
}

/**
 * An account before its first event: on the day its story begins, or on the given one where it began with its first
 * event. What it won or lost on that day before its story began counts as realised.
 */
export function initialState(baseline: Baseline, firstDay: TradingDay): ComplianceState {
  const { at, balance, startOfDayBalance, peak, cycle } = baseline;
  return {
    tradingDay: at === null ? firstDay : tradingDay(at),
    last: null,
    startingBalance: baseline.startingBalance,
    epochAt: at,
    balance,
    open: [],
    day: {
      ...newDay(startOfDayBalance, ZERO),
      gross: subtractMoney(balance, startOfDayBalance),
    },
    highestEodBalance: baseline.highestEodBalance,
    peakBalance: greater(balance, peak),
    peakEquity: peak,
    payouts: baseline.payouts,
    cycle,
    tradingDays: cycle.tradingDays,
    bestDay: cycle.bestDay,
    failedAt: null,
    dllViolatedAt: null,
    found: [],
    foundForGood: [],
    resetAt: null,
    lifts: [],
  };
}
