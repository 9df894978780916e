import type { Money } from "../money.js";

/** The limits that a simulated account lives under. What is null is not there. */
export interface SimulationRules {
  readonly startingBalance: Money;
  /** Profit at which the account has passed. */
  readonly profitTarget: Money | null;
  readonly maxLoss: MaxLossRule | null;
  /** Loss within one day at which trading ends for the day, and the account is counted as having hit its DLL. */
  readonly dailyLoss: Money | null;
}

export interface MaxLossRule {
  /** How far the balance may fall below its basis; positive. */
  readonly amount: Money;
  /** `start`: the starting balance; `eod`: the highest end-of-day balance so far. */
  readonly basis: "start" | "eod";
  /** The floor rises no further than this balance; null for no end. */
  readonly lockAt: Money | null;
}

export interface SimulationOptions {
  readonly seed: number;
  /** Paths to draw; default 10,000. */
  readonly paths?: number;
  /** Days of a path; default 252. */
  readonly horizonDays?: number;
  /** Mean length of a block of consecutive days; default: about the cube root of the number of days. */
  readonly blockDays?: number;
}

/** Chances are fractions of the paths. Days are counted from 1; medians are over the paths that got there. */
export interface Simulation {
  readonly seed: number;
  readonly paths: number;
  readonly horizonDays: number;
  readonly blockDays: number;
  /** Days of history that were drawn from. */
  readonly sampleDays: number;
  readonly reachedTarget: number | null;
  readonly brokeMaxLoss: number | null;
  /** Paths on which some day lost the DLL or more before the path ended. */
  readonly hitDailyLoss: number | null;
  /** Neither target nor maximum loss within the horizon. */
  readonly undecided: number;
  readonly daysToTarget: DaysTo | null;
  readonly daysToMaxLoss: DaysTo | null;
  readonly daysToDailyLoss: DaysTo | null;
  /** Balance at the end of a path: 5th, 50th and 95th percentile. */
  readonly endBalance: { readonly p5: Money; readonly p50: Money; readonly p95: Money };
  /** What was done, and what it cannot tell. */
  readonly method: string;
  readonly limits: readonly string[];
}

export interface DaysTo {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}
