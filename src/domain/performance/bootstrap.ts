import { partOf } from "../compliance/limits.js";
import type { BreachPoint, LimitAction, Percent } from "../compliance/rules.js";
import { invalid } from "../errors.js";
import { show } from "../ids.js";
import { addMoney, type Money, subtractMoney, ZERO } from "../money.js";
import { percentile } from "./percentile.js";
import { type Random, randomFrom } from "./random.js";

/** The limits that a simulated account lives under. What is null is not there. */
export interface SimulationRules {
  readonly startingBalance: Money;
  /** Profit at which the account has passed. */
  readonly profitTarget: Money | null;
  readonly maxLoss: MaxLossRule | null;
  readonly dailyLoss: DailyLossRule | null;
  /** What of the account's rules is not played, or otherwise: sentences for the answer's `limits`. */
  readonly unseen?: readonly string[];
}

export interface MaxLossRule {
  /** How far the balance may fall below its basis; positive. */
  readonly amount: Money;
  /** `start`: the starting balance; `eod`: the highest end-of-day balance so far. */
  readonly basis: "start" | "eod";
  /** The floor rises no further than this balance; null for no end. */
  readonly lockAt: Money | null;
  /** The floor jumps to `lockAt` once the basis is so far above the start; null: it only stops there. */
  readonly lockWhenProfit: Money | null;
  /** `lte`: a balance equal to the floor breaks it. */
  readonly breachAt: BreachPoint;
}

/** Loss of one day. One of amount and percentage is given. */
export interface DailyLossRule {
  readonly amount: Money | null;
  /** Of the balance at the day's start. */
  readonly percentOfBase: Percent | null;
  /** `lte`: a loss equal to the limit hits it. */
  readonly at: BreachPoint;
  /** `fail` ends the path. `lock` and `warn` are counted: the history's day is over when its result is known. */
  readonly action: LimitAction;
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
  /** Paths that ended at the DLL; null where it does not fail the account. */
  readonly failedDailyLoss: number | null;
  /** Neither target nor an end by a limit within the horizon. */
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

/** Trading days up to there: 10th, 50th and 90th percentile of the paths that came there, to a tenth. */
export interface DaysTo {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

const METHOD =
  "Stationary block bootstrap (Politis and Romano 1994): each path is made of runs of consecutive days of the " +
  "account's own history, beginning anywhere, of geometric length, wrapping round at the end. A path ends at the " +
  "profit target, at the maximum loss, at a daily loss that fails the account, or at the horizon; a loss limit " +
  "counts before a target on the same day, and the maximum loss before the daily one.";

const LIMITS: readonly string[] = [
  "The future is drawn from the past: a market, a size or an edge that the history does not hold is not in it.",
  "Days are whole: a loss limit that was only touched within a day is not seen, and a day that broke the daily " +
    "loss limit keeps its full result, although the account would have been closed at the limit.",
  "Results do not scale with the balance, and costs are those that are known.",
  "Few days make wide errors that the percentiles do not show.",
];

const DEFAULT_PATHS = 10_000;
const DEFAULT_HORIZON = 252;
const MOST_STEPS = 200_000_000;

/**
 * What may become of an account under its rules, drawn from its days. Net, per day. Chances are fractions of the
 * paths; null where there is no such rule. Null altogether without days. The same seed gives the same answer.
 *
 * @param nets net results of the days, oldest first
 * @throws BlotterError `invalid` for options that are no whole numbers from 1, or too many steps
 */
export function simulate(
  nets: readonly Money[],
  rules: SimulationRules,
  options: SimulationOptions,
): Simulation | null {
  const sampleDays = nets.length;
  if (sampleDays === 0) return null;
  const { seed } = options;
  const paths = wholeFrom1(options.paths ?? DEFAULT_PATHS, "paths");
  const horizonDays = wholeFrom1(options.horizonDays ?? DEFAULT_HORIZON, "horizon days");
  const usual = Math.max(1, Math.round(Math.cbrt(sampleDays)));
  const blockDays = wholeFrom1(options.blockDays ?? usual, "block days");
  if (!Number.isSafeInteger(seed)) throw invalid(`seed must be a whole number, was ${show(seed)}`);
  if (paths * horizonDays > MOST_STEPS) {
    throw invalid(`${paths} paths of ${horizonDays} days are too many: ask for fewer`);
  }
  const random = randomFrom(seed);
  const outcomes: PathOutcome[] = [];
  for (let path = 0; path < paths; path += 1) {
    outcomes.push(walk(rules, horizonDays, drawDays(nets, blockDays, random)));
  }
  return {
    seed,
    paths,
    horizonDays,
    blockDays,
    sampleDays,
    ...chances(outcomes, rules),
    method: METHOD,
    limits: [...LIMITS, ...(rules.unseen ?? [])],
  };
}

function wholeFrom1(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw invalid(`${what} must be a whole number from 1, was ${show(value)}`);
  }
  return value;
}

/** Draws one day after another: goes on with the next of the history, or jumps with chance 1 / block length. */
function drawDays(nets: readonly Money[], blockDays: number, random: Random): () => Money {
  let at = Math.floor(random() * nets.length);
  let first = true;
  return () => {
    if (!first) {
      const jumps = random() * blockDays < 1;
      at = jumps ? Math.floor(random() * nets.length) : (at + 1) % nets.length;
    }
    first = false;
    return nets[at] ?? ZERO;
  };
}

interface PathOutcome {
  /** The day on which it happened, from 1; null when it did not. */
  readonly target: number | null;
  readonly maxLoss: number | null;
  readonly dailyLoss: number | null;
  /** True when the daily loss ended it. */
  readonly failed: boolean;
  readonly balance: Money;
}

function walk(rules: SimulationRules, horizonDays: number, nextDay: () => Money): PathOutcome {
  const { startingBalance, profitTarget, maxLoss } = rules;
  const open = { target: null, maxLoss: null, failed: false };
  let balance: Money = startingBalance;
  let highest: Money = startingBalance;
  let dailyLoss: number | null = null;
  for (let day = 1; day <= horizonDays; day += 1) {
    const net = nextDay();
    const floor = maxLoss && floorOf(maxLoss, startingBalance, highest);
    const hit = rules.dailyLoss !== null && hits(rules.dailyLoss, net, balance);
    balance = addMoney(balance, net);
    if (hit) dailyLoss ??= day;
    if (maxLoss !== null && floor !== null && isBroken(maxLoss.breachAt, balance, floor)) {
      return { ...open, maxLoss: day, dailyLoss, balance };
    }
    if (hit && rules.dailyLoss?.action === "fail") {
      return { ...open, dailyLoss, failed: true, balance };
    }
    if (profitTarget !== null && balance - startingBalance >= profitTarget) {
      return { ...open, target: day, dailyLoss, balance };
    }
    if (balance > highest) highest = balance;
  }
  return { ...open, dailyLoss, balance };
}

const isBroken = (at: BreachPoint, figure: number, limit: number): boolean =>
  at === "lte" ? figure <= limit : figure < limit;

function hits(rule: DailyLossRule, net: Money, dayStart: Money): boolean {
  const { amount, percentOfBase, at } = rule;
  const limit = percentOfBase === null ? amount : partOf(dayStart, percentOfBase);
  return limit !== null && isBroken(at, net, -limit);
}

/** The balance at which the maximum loss is reached, as it was set at the end of the day before. */
function floorOf(rule: MaxLossRule, start: Money, highest: Money): Money {
  const high = rule.basis === "eod" ? highest : start;
  const following = subtractMoney(high, rule.amount);
  if (rule.lockAt === null) return following;
  const jumped = rule.lockWhenProfit !== null && high - start >= rule.lockWhenProfit;
  return jumped || following >= rule.lockAt ? rule.lockAt : following;
}

type Chances = Omit<
  Simulation,
  "seed" | "paths" | "horizonDays" | "blockDays" | "sampleDays" | "method" | "limits"
>;

function chances(outcomes: readonly PathOutcome[], rules: SimulationRules): Chances {
  const days = (pick: (outcome: PathOutcome) => number | null) =>
    outcomes.flatMap((outcome) => pick(outcome) ?? []).sort((a, b) => a - b);
  const [target, maxLoss] = [days((o) => o.target), days((o) => o.maxLoss)];
  const dailyLoss = days((o) => o.dailyLoss);
  const balances = Float64Array.from(outcomes, ({ balance }) => balance).sort();
  // Percentiles lie between two exact balances: rounded to a millionth they are money again.
  const balanceAt = (fraction: number) => Math.round(percentile(balances, fraction) ?? 0) as Money;
  const all = outcomes.length;
  const failed = outcomes.filter((outcome) => outcome.failed).length;
  return {
    reachedTarget: rules.profitTarget === null ? null : target.length / all,
    brokeMaxLoss: rules.maxLoss === null ? null : maxLoss.length / all,
    hitDailyLoss: rules.dailyLoss === null ? null : dailyLoss.length / all,
    failedDailyLoss: rules.dailyLoss?.action === "fail" ? failed / all : null,
    undecided: (all - target.length - maxLoss.length - failed) / all,
    daysToTarget: daysTo(target),
    daysToMaxLoss: daysTo(maxLoss),
    daysToDailyLoss: daysTo(dailyLoss),
    endBalance: { p5: balanceAt(0.05), p50: balanceAt(0.5), p95: balanceAt(0.95) },
  };
}

function daysTo(sorted: readonly number[]): DaysTo | null {
  if (sorted.length === 0) return null;
  // Between two whole numbers, a multiple of a tenth of the way: exact once it is rounded to a tenth.
  const at = (fraction: number) => Math.round((percentile(sorted, fraction) ?? 0) * 10) / 10;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}
