import type { Instant } from "../instant.js";
import { addMoney, greater, type Money, subtractMoney, ZERO } from "../money.js";
import { type TradingDay, tradingDay, tradingDayEnd } from "../trading-day.js";
import { evaluate, type Finding, findingKey, isForGood } from "./evaluate.js";
import { exposureAfter, exposureAt, unrealisedOf } from "./exposure.js";
import { dayResult, equityOf } from "./limits.js";
import type { RuleSet, RulesOfDay } from "./rules.js";
import {
  type ComplianceEvent,
  type ComplianceState,
  type CycleFigures,
  freshBaseline,
  initialState,
  NO_CYCLE,
  newDay,
  placeOf,
} from "./state.js";

export interface Step {
  readonly state: ComplianceState;
  readonly findings: readonly Finding[];
}

/** The next event of an account; it comes after all that the state has seen. */
export function step(before: ComplianceState, rulesOf: RulesOfDay, event: ComplianceEvent): Step {
  const rolled = rollTo(before, rulesOf, tradingDay(event.at));
  const { tradingDay: day } = rolled.state;
  const rules = rulesOf(day);
  const applied = { ...applyEvent(rolled.state, rules, event), last: placeOf(event) };
  const seen = withPeaks(applied, rules);
  // What was open at an adoption comes from before it, and is judged with it.
  const at = Math.max(event.at, seen.epochAt ?? event.at) as Instant;
  const found = find(seen, rules, { at, ended: false });
  return { state: found.state, findings: [...rolled.findings, ...found.findings] };
}

/** The state as it is on a later trading day when nothing more happens; itself on its own day. */
export function rollTo(before: ComplianceState, rulesOf: RulesOfDay, day: TradingDay): Step {
  if (day <= before.tradingDay) return { state: before, findings: [] };
  const rules = rulesOf(before.tradingDay);
  const ended = endOfDay(before, rules);
  const found = find(ended, rules, { at: tradingDayEnd(before.tradingDay), ended: true });
  const next = {
    ...found.state,
    tradingDay: day,
    day: newDay(ended.balance, unrealisedOf(ended.open)),
    dllViolatedAt: null,
    found: [],
  };
  return { state: next, findings: found.findings };
}

function find(
  state: ComplianceState,
  rules: RuleSet | null,
  moment: { readonly at: Instant; readonly ended: boolean },
): Step {
  if (rules === null) return { state, findings: [] };
  const findings = evaluate(rules, state, moment).filter((finding) => isNew(finding, state));
  if (findings.length === 0) return { state, findings };
  return { state: findings.reduce(remember, state), findings };
}

/** What was found is not found again; after a violation, nor are its warnings. */
function isNew(finding: Finding, state: ComplianceState): boolean {
  const known = [...state.found, ...state.foundForGood];
  // A lost account passes no more.
  if (finding.rule === "profit_target" && state.failedAt !== null) return false;
  if (known.includes(findingKey(finding))) return false;
  if (finding.level !== "warning") return true;
  const { rule, threshold } = finding;
  return !known.some((key) => {
    const [knownRule, level, percent] = key.split(":");
    return knownRule === rule && (level === "violation" || Number(percent) > (threshold ?? 0));
  });
}

function remember(state: ComplianceState, finding: Finding): ComplianceState {
  const key = findingKey(finding);
  const forGood = isForGood(finding);
  const isLimit = finding.rule === "dll" && finding.level === "violation";
  return {
    ...state,
    failedAt: finding.lock === "forGood" ? (state.failedAt ?? finding.at) : state.failedAt,
    dllViolatedAt: isLimit ? (state.dllViolatedAt ?? finding.at) : state.dllViolatedAt,
    found: forGood ? state.found : [...state.found, key],
    foundForGood: forGood ? [...state.foundForGood, key] : state.foundForGood,
  };
}

function applyEvent(
  state: ComplianceState,
  rules: RuleSet | null,
  event: ComplianceEvent,
): ComplianceState {
  switch (event.kind) {
    case "fill": {
      const open = exposureAfter(state.open, event.contract, event);
      // What was open when the account was adopted is told by fills from before; its balance has them already.
      if (state.epochAt !== null && event.at < state.epochAt) return { ...state, open };
      const { gross, costs } = event;
      const day = {
        ...state.day,
        gross: addMoney(state.day.gross, gross),
        costs: addMoney(state.day.costs, costs),
        fills: state.day.fills + 1,
      };
      return { ...state, open, day, balance: subtractMoney(addMoney(state.balance, gross), costs) };
    }
    case "mark":
      return { ...state, open: exposureAt(state.open, event.contract.contractId, event.price) };
    case "cash":
      return applyCash(state, rules, event);
  }
}

function applyCash(
  state: ComplianceState,
  rules: RuleSet | null,
  event: Extract<ComplianceEvent, { readonly kind: "cash" }>,
): ComplianceState {
  const { at, amount } = event;
  if (state.epochAt !== null && at < state.epochAt) return state;
  switch (event.cash) {
    case "reset":
      return newEpoch(state, at, amount);
    case "payout":
      return afterPayout({ ...state, balance: addMoney(state.balance, amount) }, rules);
    case "deposit":
    case "adjustment":
      return { ...state, balance: addMoney(state.balance, amount) };
  }
}

/** A reset starts the account anew: nothing of before counts but what is still open. */
function newEpoch(state: ComplianceState, at: Instant, balance: Money): ComplianceState {
  const { tradingDay: day, open } = state;
  const begun = initialState(freshBaseline(at, balance), day);
  return { ...begun, open, day: newDay(balance, unrealisedOf(open)) };
}

/** A payout lowers the balance, never a high: the floor stays, but where the rules set it. */
function afterPayout(state: ComplianceState, rules: RuleSet | null): ComplianceState {
  return {
    ...state,
    payouts: state.payouts + 1,
    cycle: rules?.payout?.resetsCycle ? NO_CYCLE : state.cycle,
  };
}

function withPeaks(state: ComplianceState, rules: RuleSet | null): ComplianceState {
  const equity = equityOf(state);
  const { dailyLoss = null, personalDailyLoss = null } = rules ?? {};
  const { day } = state;
  const peak = dailyLoss ? greater(day.peak, dayResult(state, dailyLoss)) : day.peak;
  const personalPeak = personalDailyLoss
    ? greater(day.personalPeak, dayResult(state, personalDailyLoss))
    : day.personalPeak;
  return {
    ...state,
    peakBalance: greater(state.peakBalance, state.balance),
    peakEquity: greater(state.peakEquity, equity),
    day: { ...day, peak, personalPeak },
  };
}

/** The figures that only the end of a day changes. */
function endOfDay(state: ComplianceState, rules: RuleSet | null): ComplianceState {
  const { day } = state;
  const highestEodBalance = greater(state.highestEodBalance, state.balance);
  // Without a fill, only the part of a day before an adoption has a result.
  if (day.fills === 0 && day.gross === ZERO) return { ...state, highestEodBalance };
  const net = subtractMoney(day.gross, day.costs);
  const wins = net > ZERO && net >= (rules?.days?.winningDayNet ?? ZERO);
  const cycle: CycleFigures = {
    winningDays: state.cycle.winningDays + (wins ? 1 : 0),
    tradingDays: state.cycle.tradingDays + 1,
    bestDay: greater(state.cycle.bestDay, net),
    profit: addMoney(state.cycle.profit, net),
  };
  const bestDay = greater(state.bestDay, net);
  return { ...state, highestEodBalance, cycle, tradingDays: state.tradingDays + 1, bestDay };
}
