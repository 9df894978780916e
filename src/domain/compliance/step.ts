import type { Instant } from "../instant.js";
import { addMoney, greater, type Money, subtractMoney, ZERO } from "../money.js";
import { type TradingDay, tradingDay, tradingDayEnd } from "../trading-day.js";
import {
  evaluate,
  type Finding,
  findingKey,
  isForGood,
  isJudged,
  type Moment,
} from "./evaluate.js";
import { exposureAfter, exposureAt, unrealisedOf } from "./exposure.js";
import { dayResult, equityOf } from "./limits.js";
import type { RuleSet, RulesOfDay } from "./rules.js";
import {
  type ComplianceEvent,
  type ComplianceState,
  type CycleFigures,
  freshBaseline,
  initialState,
  type Lift,
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
    // A limit of the day is another one on the next.
    lifts: found.state.lifts.filter((lift) => !lift.kept && !isOfDay(lift)),
  };
  return { state: next, findings: found.findings };
}

function find(state: ComplianceState, rules: RuleSet | null, moment: Moment): Step {
  if (rules === null) return { state, findings: [] };
  const all = evaluate(rules, state, moment);
  const seen = withKeptLimits(state, rules, all, moment);
  const findings = all
    .filter((finding) => isNew(finding, seen))
    .map((finding) => ({ ...finding, since: anewSince(finding, seen) }));
  return { state: findings.reduce(remember, seen), findings };
}

/** A limit whose lock was lifted and that is not broken now was kept since. */
function withKeptLimits(
  state: ComplianceState,
  rules: RuleSet,
  findings: readonly Finding[],
  moment: Moment,
): ComplianceState {
  if (state.lifts.every(({ kept }) => kept)) return state;
  const broken = new Set(findings.map(findingKey));
  const lifts = state.lifts.map((lift) => {
    const judged = isJudged(ruleOf(lift), rules, moment);
    return judged && !broken.has(lift.finding) ? { ...lift, kept: true } : lift;
  });
  return { ...state, lifts };
}

const ruleOf = ({ finding }: Lift): string => finding.split(":")[0] ?? "";
const isOfDay = (lift: Lift): boolean => ["dll", "personal_dll"].includes(ruleOf(lift));

/** The newest reset or lift of this day after which the same may be found once more. */
function anewSince(
  finding: Finding,
  { tradingDay: day, resetAt, lifts }: ComplianceState,
): Instant | null {
  const key = findingKey(finding);
  const lifted = lifts.flatMap((lift) => (lift.finding === key ? lift.at : []));
  const instants = [resetAt, ...lifted].filter((at) => at !== null && tradingDay(at) === day);
  return instants.reduce((last, at) => ((at ?? 0) > (last ?? 0) ? at : last), null);
}

/** What was found is not found again; after a violation, nor are its warnings. */
function isNew(finding: Finding, state: ComplianceState): boolean {
  const known = [...state.found, ...state.foundForGood];
  // A lost account passes no more.
  if (finding.rule === "profit_target" && state.failedAt !== null) return false;
  if (known.includes(findingKey(finding))) return false;
  if (isLifted(findingKey(finding), state)) return false;
  if (finding.level !== "warning") return true;
  const { rule, threshold } = finding;
  return !known.some((key) => {
    const [knownRule, level, percent] = key.split(":");
    return knownRule === rule && (level === "violation" || Number(percent) > (threshold ?? 0));
  });
}

/** True while a lock that was lifted would only be found again for what it was lifted for. */
export function isLifted(finding: string, { lifts }: ComplianceState): boolean {
  return lifts.some((lift) => lift.finding === finding && !lift.kept);
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
    case "adoption":
      return state;
    case "lift":
      return afterLift(state, event);
  }
}

/** A person lets the account trade again: what locked it may be found anew. */
function afterLift(
  state: ComplianceState,
  { at, finding, foundAt, tradingDay: day }: Extract<ComplianceEvent, { readonly kind: "lift" }>,
): ComplianceState {
  const { found, foundForGood, resetAt } = state;
  const ofToday = found.includes(finding) && day === state.tradingDay;
  const ofThisLife = foundForGood.includes(finding) && foundAt >= (resetAt ?? 0);
  if (!ofToday && !ofThisLife) return state;
  const without = (keys: readonly string[]) => keys.filter((key) => key !== finding);
  const lost = without(foundForGood).some((key) => key !== "profit_target:info");
  const others = state.lifts.filter((lift) => lift.finding !== finding);
  return {
    ...state,
    found: without(found),
    foundForGood: without(foundForGood),
    failedAt: lost ? state.failedAt : null,
    dllViolatedAt: finding === "dll:violation" ? null : state.dllViolatedAt,
    lifts: [...others, { finding, at, kept: false }],
  };
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
  return { ...begun, open, day: newDay(balance, unrealisedOf(open)), resetAt: at };
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
