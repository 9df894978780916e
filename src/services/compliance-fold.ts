import type { Adoption } from "../domain/adoption.js";
import type { Finding } from "../domain/compliance/evaluate.js";
import { floorOf } from "../domain/compliance/limits.js";
import { parseRuleSet } from "../domain/compliance/rule-document.js";
import type { RuleSet, RulesOfDay } from "../domain/compliance/rules.js";
import {
  type Baseline,
  type ComplianceState,
  freshBaseline,
  initialState,
} from "../domain/compliance/state.js";
import { rollTo, step } from "../domain/compliance/step.js";
import { BlotterError } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { greater, subtractMoney, ZERO } from "../domain/money.js";
import { type TradingDay, tradingDay } from "../domain/trading-day.js";
import type { ComplianceDay, RuleAssignment } from "../ports/compliance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { complianceEvents } from "./compliance-events.js";

const parsed = new Map<string, RuleSet>();
const REMEMBERED_DOCUMENTS = 200;

/** A stored document was checked when it was set. @throws BlotterError `corrupt` when it is no rule set */
export function storedRules({ document, name }: RuleAssignment): RuleSet {
  const known = parsed.get(document);
  if (known) return known;
  try {
    const rules = parseRuleSet(JSON.parse(document));
    if (parsed.size >= REMEMBERED_DOCUMENTS) parsed.clear();
    parsed.set(document, rules);
    return rules;
  } catch (cause) {
    throw new BlotterError("corrupt", `the stored rule set ${name} cannot be read`, { cause });
  }
}

/** Which rules hold on which day. `assignments` come in the order of the day from which they hold. */
export function rulesOfDay(assignments: readonly RuleAssignment[]): RulesOfDay {
  return (day) => {
    const found = assignmentOn(assignments, day);
    return found ? storedRules(found) : null;
  };
}

export function assignmentOn(
  assignments: readonly RuleAssignment[],
  day: string,
): RuleAssignment | null {
  return assignments.filter(({ validFrom }) => validFrom <= day).at(-1) ?? null;
}

/** Where the account's story begins. Of an adopted account, levels count from what its program starts with. */
export async function baselineOf(
  accountId: AccountId,
  assignments: readonly RuleAssignment[],
  repos: ReadRepositories,
): Promise<Baseline> {
  const account = await repos.accounts.get(accountId);
  if (!account) throw new BlotterError("not_found", `unknown account ${accountId}`);
  const { startingBalance } = account;
  const adoption = await repos.adoptions.current(accountId);
  if (adoption === null) return freshBaseline(null, startingBalance);
  const { at, balance, before } = adoption;
  const payouts = payoutsTold(adoption);
  const inForce = assignmentOn(assignments, tradingDay(at)) ?? assignments[0];
  const program = inForce ? storedRules(inForce).startingBalance : null;
  const start = program ?? startingBalance;
  const startOfDayBalance = before.startOfDayBalance ?? balance;
  const highestEodBalance = adoption.highestEodBalance ?? greater(start, startOfDayBalance);
  return {
    at,
    startingBalance: start,
    balance,
    highestEodBalance,
    payouts: payouts ?? 0,
    startOfDayBalance,
    peak: before.intradayPeak ?? greater(balance, highestEodBalance),
    cycle: {
      winningDays: before.winningDays ?? 0,
      tradingDays: before.tradingDays ?? 0,
      bestDay: before.bestDay ?? ZERO,
      // After a payout, the profit of the cycle so far is not told.
      profit: payouts === 0 ? subtractMoney(startOfDayBalance, start) : ZERO,
    },
  };
}

/** How many payouts there were at least; null when nobody told. */
function payoutsTold({ payoutCount, payoutTotal }: Adoption): number | null {
  if (payoutCount !== null || payoutTotal === null) return payoutCount;
  return payoutTotal === ZERO ? 0 : 1;
}

export interface Folded {
  readonly days: readonly ComplianceDay[];
  readonly findings: readonly Finding[];
  /** After the last event; null when there was none and nothing to start with. */
  readonly state: ComplianceState | null;
}

export interface FoldRange {
  readonly accountId: AccountId;
  readonly assignments: readonly RuleAssignment[];
  /** The state to go on from, and the opening of its day; null for the account's beginning. */
  readonly start: { readonly opening: ComplianceState; readonly state: ComplianceState } | null;
  /** Events before this instant; null for all. */
  readonly before: Instant | null;
}

/** Steps through an account's facts from a state on. */
export async function foldCompliance(range: FoldRange, repos: ReadRepositories): Promise<Folded> {
  const { accountId, assignments, start, before } = range;
  const rulesOf = rulesOfDay(assignments);
  const days = new Map<TradingDay, ComplianceDay>();
  const findings: Finding[] = [];
  let opening = start?.opening ?? null;
  let state = start?.state ?? null;
  const baseline = start ? null : await baselineOf(accountId, assignments, repos);
  for await (const event of complianceEvents(accountId, state?.last ?? null, before, repos)) {
    const day = tradingDay(event.at);
    if (state === null && baseline) state = initialState(baseline, day);
    if (state === null) break;
    const rolled = rollTo(state, rulesOf, day);
    if (opening === null || rolled.state.tradingDay !== opening.tradingDay) opening = rolled.state;
    const stepped = step(rolled.state, rulesOf, event);
    state = stepped.state;
    for (const finding of rolled.findings) findings.push(finding);
    for (const finding of stepped.findings) findings.push(finding);
    days.set(state.tradingDay, complianceDay(accountId, opening, state, rulesOf));
  }
  return { days: [...days.values()], findings, state };
}

/** All days of an account, rebuilt from its facts; none for an account without rules. */
export async function foldAll(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<readonly ComplianceDay[]> {
  const assignments = await repos.compliance.rules(accountId);
  if (assignments.length === 0) return [];
  return (await foldCompliance({ accountId, assignments, start: null, before: null }, repos)).days;
}

export function complianceDay(
  accountId: AccountId,
  opening: ComplianceState,
  state: ComplianceState,
  rulesOf: RulesOfDay,
): ComplianceDay {
  const rule = rulesOf(state.tradingDay)?.maxLoss;
  const floor = rule ? (floorOf(state, rule)?.floor ?? null) : null;
  return { accountId, tradingDay: state.tradingDay, opening, state, floor };
}
