import type { Money } from "../money.js";

/**
 * A prop firm's rules as data. Levels are dollars above the starting balance (0 is the starting balance, 100 is
 * 100 above it), so that one rule set serves accounts that start at 0 and at 50,000. What a source does not tell
 * is null and named in `unknown`; what a program does not have is null and not named there.
 */
export interface RuleSet {
  readonly firm: string;
  readonly program: string;
  readonly stage: RuleStage;
  /** The size in the program's name: 50,000. */
  readonly nominalSize: Money | null;
  /** The date these facts were gathered, or any text that tells versions apart. */
  readonly version: string;
  /** What the firm starts such an account with; null where it differs. Shown, and compared with the account's. */
  readonly startingBalance: Money | null;
  readonly maxLoss: MaxLoss | null;
  readonly dailyLoss: DailyLoss | null;
  /** A daily limit that the trader set for himself, beside the firm's. */
  readonly personalDailyLoss: DailyLoss | null;
  /** Dollars of profit. */
  readonly profitTarget: Money | null;
  readonly consistency: Consistency | null;
  readonly days: DayCounts | null;
  readonly payout: PayoutRules | null;
  readonly size: SizeLimit | null;
  readonly session: SessionRule | null;
  /** Rules that are kept and shown, but that fills and prices cannot decide. */
  readonly other: Readonly<Record<string, string>>;
  /** Percent of a limit used up, ascending, at which to warn. */
  readonly warnAt: readonly Percent[];
  /** The path of a fact ("maxLoss.amount"; "" for all others) -> where it is from. */
  readonly sources: Readonly<Record<string, string>>;
  /** Paths of facts that no source told. */
  readonly unknown: readonly string[];
}

export const RULE_STAGES = ["evaluation", "funded", "live", "practice"] as const;
export type RuleStage = (typeof RULE_STAGES)[number];

declare const percentUnit: unique symbol;
/** Hundredths of a percent: 80 % is 8000. */
export type Percent = number & { readonly [percentUnit]: "1e-2 percent" };
export const WHOLE: Percent = 10_000 as Percent;

/** Which high the floor follows. `static` follows none. */
export const TRAIL_BASES = ["static", "eodBalance", "intradayBalance", "intradayEquity"] as const;
export type TrailBasis = (typeof TRAIL_BASES)[number];

/** When a figure breaks its limit: `lt` once it is below, `lte` already when it is equal. */
export const BREACH_POINTS = ["lt", "lte"] as const;
export type BreachPoint = (typeof BREACH_POINTS)[number];

/** floor = starting balance + min(lockAt, high - amount), where the high never is below the starting balance. */
export interface MaxLoss {
  /** Null when no source tells: the limit is then not judged. */
  readonly amount: Money | null;
  readonly basis: TrailBasis;
  /** Where the floor stops rising; null when it never does. */
  readonly lockAt: Money | null;
  /** The floor jumps to `lockAt` once the high is so far above the start; null: it only stops there. */
  readonly lockWhenProfit: Money | null;
  /** The first payout sets the floor here for good; null: payouts leave it alone. */
  readonly floorAfterPayout: Money | null;
  readonly breachOn: "equity" | "balance";
  readonly breachAt: BreachPoint;
  /** `eod` judges only the balance at the end of the day. */
  readonly enforcement: "realtime" | "eod";
  /** What a breach does: it ends the account for good, or forbids trading until the day ends, or is told alone. */
  readonly action: LimitAction;
}

export const LIMIT_ACTIONS = ["lock", "fail", "warn"] as const;
export type LimitAction = (typeof LIMIT_ACTIONS)[number];

export interface DailyLoss {
  /** One of both is given; null when no source tells: the limit is then not judged. */
  readonly amount: Money | null;
  readonly percentOfBase: Percent | null;
  /** What the day's result is measured from; with equity, the open result at the day's start is left out. */
  readonly base: "dayStartBalance" | "dayStartEquity";
  readonly includesUnrealised: boolean;
  readonly includesFees: boolean;
  /** `lte`: a loss equal to the limit breaks it. */
  readonly at: BreachPoint;
  /** `lock`: no trading until the next 17:00 Chicago; `fail`: the account is lost; `warn`: nothing is blocked. */
  readonly action: LimitAction;
  /** Measured from the day's highest result instead of from its start. */
  readonly trailing: boolean;
}

/** The best day may be at most so much of the profit. */
export interface Consistency {
  readonly percent: Percent;
  readonly of: "totalProfit" | "targetOrTotal" | "cycleProfit";
  readonly blocks: "pass" | "payout" | "fail";
}

export interface DayCounts {
  /** A day whose net is at least this is a winning day. */
  readonly winningDayNet: Money | null;
  readonly minWinningDays: number | null;
  readonly minTradingDays: number | null;
}

export interface PayoutRules {
  /** How much of the profit above the starting balance one payout may take. */
  readonly percentOfProfit: Percent | null;
  readonly cap: Money | null;
  /** Profit that stays in the account. */
  readonly buffer: Money | null;
  /** The trader's share. */
  readonly split: Percent | null;
  /** Winning days and best day are counted anew after each payout. */
  readonly resetsCycle: boolean;
}

export interface SizeLimit {
  /** In minis, over all contracts together. */
  readonly maxContracts: number;
  /** So many micros are one mini. */
  readonly microRatio: number;
  /** Ascending: from so much end-of-day profit on, so many minis, beginning with the next session. */
  readonly scaling: readonly { readonly profit: Money; readonly maxContracts: number }[];
}

export interface SessionRule {
  /** Chicago time of day by which every position is closed; until 17:00 none may be open. As "15:10". */
  readonly flatBy: string;
}

/** The rule set of a trading day; null where none is in force. */
export type RulesOfDay = (day: string) => RuleSet | null;
