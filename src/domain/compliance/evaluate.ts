import { formatInstant, type Instant } from "../instant.js";
import { formatMoney, type Money, subtractMoney } from "../money.js";
import { type TradingDay, tradingDayEnd } from "../trading-day.js";
import { heldUnits } from "./exposure.js";
import {
  allowedBestDay,
  dailyLossFigures,
  dailyPnl,
  equityOf,
  type LimitFigures,
  maxContractsOf,
  maxLossFigures,
  partOf,
} from "./limits.js";
import type { DailyLoss, LimitAction, Percent, RuleSet } from "./rules.js";
import { flatByTime } from "./session.js";
import type { ComplianceState } from "./state.js";

export const COMPLIANCE_RULES = [
  "dll",
  "personal_dll",
  "mll",
  "profit_target",
  "consistency",
  "size",
  "session",
] as const;
export type ComplianceRule = (typeof COMPLIANCE_RULES)[number];

export type FindingLevel = "info" | "warning" | "violation";

/** Until when a violation forbids trading: an instant, or for good. */
export type LockEnd = Instant | "forGood";

/** Something a rule has to say of an account, with all it was judged by. */
export interface Finding {
  readonly rule: ComplianceRule;
  readonly level: FindingLevel;
  readonly tradingDay: TradingDay;
  /** When it happened. */
  readonly at: Instant;
  /** The warning threshold that was reached; null for anything but a warning of a limit. */
  readonly threshold: Percent | null;
  readonly lock: LockEnd | null;
  /** A reset or a lift of this day, since which the same is found once more; null on any other day. */
  readonly since: Instant | null;
  readonly message: string;
  readonly inputs: FindingInputs;
}

/** What every finding was judged by. */
export interface FindingInputs {
  readonly balance: Money;
  readonly equity: Money;
  readonly dailyPnl: Money;
  readonly startOfDayBalance: Money;
  readonly highestEodBalance: Money;
  readonly floor: Money | null;
  readonly dllLimit: Money | null;
  readonly dllRemaining: Money | null;
  readonly mllLimit: Money | null;
  readonly mllRemaining: Money | null;
  /** How far equity lies below the highest end-of-day balance; at least 0. */
  readonly trailingLoss: Money;
}

/** The name under which a finding is found once. */
export function findingKey(finding: Pick<Finding, "rule" | "level" | "threshold">): string {
  const { rule, level, threshold } = finding;
  return threshold === null ? `${rule}:${level}` : `${rule}:${level}:${threshold}`;
}

/** True for what is found once in the life of an account, not once a day. */
export function isForGood({ rule, level, lock }: Finding): boolean {
  return lock === "forGood" || (rule === "profit_target" && level === "info");
}

/** True for what is looked at then: what only the end of a day tells, or what is told before. */
export function isJudged(rule: string, rules: RuleSet, { ended }: Moment): boolean {
  switch (rule) {
    case "mll":
      return ended || rules.maxLoss?.enforcement !== "eod";
    case "consistency":
      return ended;
    default:
      return !ended;
  }
}

/** When the rules are asked: after an event, or about a day that has ended. */
export interface Moment {
  readonly at: Instant;
  readonly ended: boolean;
}

/**
 * All that the rules find in an account's state, whether it was found before or not. A limit that is broken is
 * not warned of as well.
 */
export function evaluate(
  rules: RuleSet,
  state: ComplianceState,
  moment: Moment,
): readonly Finding[] {
  const inputs = inputsOf(rules, state);
  const findings: Finding[] = [];
  const { tradingDay } = state;
  const note = (found: Found | null) => {
    if (found) findings.push({ ...found, tradingDay, at: moment.at, since: null, inputs });
  };
  if (!moment.ended) {
    note(dailyLoss("dll", rules, rules.dailyLoss, state, state.day.peak));
    const { personalPeak } = state.day;
    note(dailyLoss("personal_dll", rules, rules.personalDailyLoss, state, personalPeak));
    note(sizeLimit(rules, state));
    note(profitTarget(rules, state));
  }
  if (rules.maxLoss?.enforcement !== "eod" || moment.ended) note(maxLoss(rules, state));
  note(session(rules, state, moment));
  if (moment.ended) note(consistency(rules, state));
  return findings;
}

export function inputsOf(rules: RuleSet, state: ComplianceState): FindingInputs {
  const { dailyLoss: dll, maxLoss: mll } = rules;
  const dllFigures = dll && dailyLossFigures(state, dll, state.day.peak);
  const mllFigures = mll && maxLossFigures(state, mll);
  const equity = equityOf(state);
  const below = subtractMoney(state.highestEodBalance, equity);
  return {
    balance: state.balance,
    equity,
    dailyPnl: dailyPnl(state),
    startOfDayBalance: state.day.startBalance,
    highestEodBalance: state.highestEodBalance,
    floor: mllFigures?.floor ?? null,
    dllLimit: dllFigures?.limit ?? null,
    dllRemaining: dllFigures?.remaining ?? null,
    mllLimit: mllFigures?.limit ?? null,
    mllRemaining: mllFigures?.remaining ?? null,
    trailingLoss: below > 0 ? below : (0 as Money),
  };
}

type Found = Omit<Finding, "tradingDay" | "at" | "since" | "inputs">;

function dailyLoss(
  name: "dll" | "personal_dll",
  rules: RuleSet,
  rule: DailyLoss | null,
  state: ComplianceState,
  peak: Money,
): Found | null {
  const figures = rule && dailyLossFigures(state, rule, peak);
  if (!rule || !figures) return null;
  const what = name === "dll" ? "daily loss" : "personal daily loss";
  const words = `${what} ${formatMoney(figures.used)} of ${formatMoney(figures.limit)}`;
  if (!figures.broken) return warning(name, rules, figures, words);
  return violation(name, rule.action, state, words);
}

/** A limit that is broken, and what that does. */
function violation(
  rule: ComplianceRule,
  action: LimitAction,
  { tradingDay }: ComplianceState,
  words: string,
): Found {
  const end = tradingDayEnd(tradingDay);
  const lock = action === "lock" ? end : action === "fail" ? "forGood" : null;
  const effect =
    lock === null
      ? ""
      : lock === "forGood"
        ? ": the account is lost"
        : `: locked until ${formatInstant(lock)}`;
  return { rule, level: "violation", threshold: null, lock, message: `${words}${effect}` };
}

function maxLoss(rules: RuleSet, state: ComplianceState): Found | null {
  const rule = rules.maxLoss;
  const figures = rule && maxLossFigures(state, rule);
  if (!rule || !figures) return null;
  const left = formatMoney(figures.room);
  const words = `${rule.breachOn} is ${left} above the floor ${formatMoney(figures.floor)}`;
  if (!figures.broken) return warning("mll", rules, figures, words);
  const figure = rule.breachOn === "equity" ? equityOf(state) : state.balance;
  const relation = figures.room === 0 ? "is at" : "fell below";
  const broken = `${rule.breachOn} ${formatMoney(figure)} ${relation} the floor ${formatMoney(figures.floor)}`;
  return violation("mll", rule.action, state, broken);
}

/** The highest threshold that is reached; where nothing of a limit is used, none is. */
function warning(
  rule: ComplianceRule,
  rules: RuleSet,
  { limit, used }: LimitFigures,
  message: string,
): Found | null {
  const reached = rules.warnAt.filter((percent) => used > 0 && used >= partOf(limit, percent));
  const threshold = reached[reached.length - 1];
  if (threshold === undefined) return null;
  return { rule, level: "warning", threshold, lock: null, message };
}

function sizeLimit(rules: RuleSet, state: ComplianceState): Found | null {
  const rule = rules.size;
  if (!rule) return null;
  const held = heldUnits(state.open, rule.microRatio);
  const allowed = maxContractsOf(state, rule);
  if (held <= allowed * rule.microRatio) return null;
  const minis = held / rule.microRatio;
  const message = `${minis} contracts held, ${allowed} are allowed`;
  return { rule: "size", level: "violation", threshold: null, lock: null, message };
}

function profitTarget(rules: RuleSet, state: ComplianceState): Found | null {
  const target = rules.profitTarget;
  const profit = subtractMoney(state.balance, state.startingBalance);
  if (target === null || profit < target) return null;
  const message = `profit ${formatMoney(profit)} reached the target ${formatMoney(target)}`;
  return { rule: "profit_target", level: "info", threshold: null, lock: null, message };
}

function session(rules: RuleSet, state: ComplianceState, { at, ended }: Moment): Found | null {
  const rule = rules.session;
  if (!rule || state.open.length === 0) return null;
  if (!ended && at < flatByTime(state.tradingDay, rule)) return null;
  const held = state.open.map(({ root, quantity }) => `${quantity} ${root}`).join(", ");
  const message = `${held} open after ${rule.flatBy} Chicago`;
  return { rule: "session", level: "violation", threshold: null, lock: null, message };
}

function consistency(rules: RuleSet, state: ComplianceState): Found | null {
  const rule = rules.consistency;
  const allowed = rule && allowedBestDay(state, rules, rule);
  if (!rule || allowed === null) return null;
  const best = rule.of === "cycleProfit" ? state.cycle.bestDay : state.bestDay;
  if (best <= allowed) return null;
  const message = `best day ${formatMoney(best)} is more than the ${formatMoney(allowed)} allowed`;
  const fails = rule.blocks === "fail";
  return {
    rule: "consistency",
    level: fails ? "violation" : "warning",
    threshold: null,
    lock: fails ? "forGood" : null,
    message,
  };
}
