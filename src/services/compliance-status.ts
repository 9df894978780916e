import { evaluate, type Finding, findingKey } from "../domain/compliance/evaluate.js";
import { heldUnits } from "../domain/compliance/exposure.js";
import {
  type BindingRules,
  type Headroom,
  headroomOf,
  type TickedContract,
  type WorkingOrder,
} from "../domain/compliance/headroom.js";
import {
  allowedBestDay,
  dailyLossFigures,
  dailyPnl,
  equityOf,
  maxContractsOf,
  maxLossFigures,
} from "../domain/compliance/limits.js";
import { type ComplianceEntry, FOR_GOOD, isOfLife } from "../domain/compliance/log.js";
import type { DailyLoss, RuleSet } from "../domain/compliance/rules.js";
import { type ComplianceState, initialState } from "../domain/compliance/state.js";
import { isLifted, rollTo, step } from "../domain/compliance/step.js";
import { untoldFacts } from "../domain/compliance/untold.js";
import type { Contract } from "../domain/contract.js";
import { invalid } from "../domain/errors.js";
import { type AccountId, type ContractId, type OrderId, show } from "../domain/ids.js";
import { formatInstant, type Instant } from "../domain/instant.js";
import { type Money, parseMoney, subtractMoney, ZERO } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import type { OrderIntent } from "../domain/order-intent.js";
import { type TradingDay, tradingDay } from "../domain/trading-day.js";
import type {
  ComplianceStatus,
  DailyLossStatus,
  HeadroomRequest,
  MaxLossStatus,
} from "../ports/compliance.js";
import type { RuleAssignment } from "../ports/compliance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { requireContract } from "../ports/stored-contract.js";
import { markEvent } from "./compliance-events.js";
import {
  assignmentOn,
  baselineOf,
  foldCompliance,
  rulesOfDay,
  storedRules,
} from "./compliance-fold.js";
import { seenPrices } from "./seen-prices.js";

/** An account at an instant, with what the rules of that day say. */
interface Standing {
  readonly state: ComplianceState;
  /** What the rules find that no event has told yet: at ends of days, at prices seen since, and now. */
  readonly findings: readonly Finding[];
  readonly assignment: RuleAssignment | null;
  readonly rules: RuleSet | null;
  readonly locks: readonly ComplianceEntry[];
  readonly broker: ComplianceStatus["broker"];
}

export async function statusAt(
  accountId: AccountId,
  at: Instant,
  repos: ReadRepositories,
): Promise<ComplianceStatus> {
  const standing = await standingAt(accountId, at, repos);
  const { state, rules, assignment, locks } = standing;
  const reason = reasonOf(standing, at);
  const { dailyLoss = null, personalDailyLoss = null } = rules ?? {};
  return {
    accountId,
    at,
    tradingDay: state.tradingDay,
    rules,
    rulesName: assignment?.name ?? null,
    balance: state.balance,
    equity: equityOf(state),
    startOfDayBalance: state.day.startBalance,
    highestEodBalance: state.highestEodBalance,
    dailyPnl: dailyPnl(state),
    payouts: state.payouts,
    dll: dailyStatus(standing, "dll", dailyLoss),
    personalDll: dailyStatus(standing, "personal_dll", personalDailyLoss),
    mll: maxLossStatus(standing),
    ...targetsOf(state, rules),
    days: { trading: state.cycle.tradingDays, winning: state.cycle.winningDays },
    canTrade: reason === null,
    reason,
    locks,
    broker: standing.broker,
    untold: rules ? await untoldOf(accountId, rules, state, repos) : [],
  };
}

async function standingAt(
  accountId: AccountId,
  at: Instant,
  repos: ReadRepositories,
): Promise<Standing> {
  const adoptedAt = await repos.adoptions.instant(accountId);
  if (adoptedAt !== null && at < adoptedAt) {
    throw invalid(
      `the records of account ${accountId} begin with its adoption at ${formatInstant(adoptedAt)}: nothing is known of ${formatInstant(at)}`,
    );
  }
  const assignments = await repos.compliance.rules(accountId);
  const rulesOf = rulesOfDay(assignments);
  const day = tradingDay(at);
  const rolled = rollTo(await stateAt(accountId, at, assignments, repos), rulesOf, day);
  let { state } = rolled;
  const findings = [...rolled.findings];
  for (const { contract, mark } of await seenPrices(accountId, state, null, at, repos)) {
    if (tradingDay(mark.at) !== day) continue;
    const { contractId } = contract;
    const seen = step(state, rulesOf, markEvent({ ...mark, contractId }, contract));
    findings.push(...seen.findings);
    state = seen.state;
  }
  const assignment = assignmentOn(assignments, day);
  const locks = await bindingLocks(accountId, state, at, repos);
  const rules = assignment && storedRules(assignment);
  const now = rules ? evaluate(rules, state, { at, ended: false }) : [];
  findings.push(...now.filter((finding) => !wasFound(finding, state)));
  const broker = await brokerWord(accountId, state, at, repos);
  return { state, findings, assignment, rules, locks, broker };
}

/**
 * Locks of the present life of the account. A reset gives it a new one; its records begin with its first adoption,
 * and a correction of that lifts nothing.
 */
async function bindingLocks(
  accountId: AccountId,
  { resetAt }: ComplianceState,
  at: Instant,
  repos: ReadRepositories,
): Promise<readonly ComplianceEntry[]> {
  const all = await repos.compliance.locks(accountId, at);
  const locks = all.filter((lock) => lock.at <= at && isOfLife(lock, resetAt));
  if (locks.length === 0) return locks;
  const [adopted] = await repos.adoptions.list(accountId);
  return locks.filter((lock) => lock.at >= (adopted?.at ?? 0));
}

/** What rules need to know of the time before an adoption, and nobody told. */
async function untoldOf(
  accountId: AccountId,
  rules: RuleSet,
  { epochAt, tradingDay: day }: ComplianceState,
  repos: ReadRepositories,
): Promise<ComplianceStatus["untold"]> {
  const adoption = epochAt === null ? null : await repos.adoptions.current(accountId);
  // A reset begins anew.
  return adoption?.at === epochAt ? untoldFacts(adoption, rules, day) : [];
}

/** What the broker said last in this life of the account. */
async function brokerWord(
  accountId: AccountId,
  { epochAt }: ComplianceState,
  at: Instant,
  repos: ReadRepositories,
): Promise<ComplianceStatus["broker"]> {
  const word = await repos.snapshots.lastWord(accountId, at);
  if (!word || word.brokerCanTrade === null || word.at < (epochAt ?? 0)) return null;
  return { canTrade: word.brokerCanTrade, at: word.at };
}

/** After the last event at or before an instant. */
async function stateAt(
  accountId: AccountId,
  at: Instant,
  assignments: readonly RuleAssignment[],
  repos: ReadRepositories,
): Promise<ComplianceState> {
  const day = tradingDay(at);
  const newest = await repos.compliance.day(accountId, null);
  const row =
    newest && newest.tradingDay > day ? await repos.compliance.day(accountId, day) : newest;
  if (row && (row.state.last?.at ?? 0) <= at) return row.state;
  const before = (at + 1) as Instant;
  const start = row && { opening: row.opening, state: row.opening };
  // An account without rules keeps no state: its facts are read from the beginning.
  if (start || newest === null) {
    const range = { accountId, assignments, start, before };
    const { state } = await foldCompliance(range, repos);
    if (state) return state;
  }
  return initialState(await baselineOf(accountId, assignments, repos), day);
}

/** Found before is on record: as a lock, or as one that a person has lifted. */
function wasFound(finding: Finding, state: ComplianceState): boolean {
  const key = findingKey(finding);
  return state.found.includes(key) || state.foundForGood.includes(key) || isLifted(key, state);
}

function reasonOf({ locks, findings, broker }: Standing, at: Instant): string | null {
  const lock = [...locks].sort((a, b) => (b.lockedUntil ?? 0) - (a.lockedUntil ?? 0))[0];
  if (lock) return lock.message;
  const forbids = ({ lock: end }: Finding) => end === "forGood" || (end !== null && end > at);
  const found = findings.find(forbids)?.message;
  if (found !== undefined || broker === null || broker.canTrade) return found ?? null;
  return `the broker does not let the account trade, as it said at ${formatInstant(broker.at)}`;
}

function dailyStatus(
  { state, locks, findings }: Standing,
  name: "dll" | "personal_dll",
  rule: DailyLoss | null,
): DailyLossStatus | null {
  const { peak, personalPeak } = state.day;
  const figures = rule && dailyLossFigures(state, rule, name === "dll" ? peak : personalPeak);
  if (!figures) return null;
  const { limit, used, remaining } = figures;
  const lock = locks.find((entry) => entry.rule === name);
  const now = findings.find(isViolationOf(name, state.tradingDay));
  const key = `${name}:violation`;
  const violated =
    state.found.includes(key) || wasLifted(key, state) || (lock ?? now) !== undefined;
  const until = lock?.lockedUntil ?? now?.lock ?? null;
  const isForGood = until === FOR_GOOD || until === "forGood";
  return { limit, used, remaining, violated, lockedUntil: isForGood ? null : until };
}

const wasLifted = (finding: string, { lifts }: ComplianceState): boolean =>
  lifts.some((lift) => lift.finding === finding);

const isViolationOf =
  (name: "dll" | "personal_dll" | "mll", day: TradingDay | null = null) =>
  ({ rule, level, tradingDay: of }: Finding) =>
    rule === name && level === "violation" && (day === null || of === day);

function maxLossStatus({ state, rules, locks, findings }: Standing): MaxLossStatus | null {
  const figures = rules?.maxLoss && maxLossFigures(state, rules.maxLoss);
  if (!figures) return null;
  const { limit, floor, remaining, floorLocked: lockedFloor } = figures;
  const key = "mll:violation";
  const found = [...state.foundForGood, ...state.found].includes(key) || wasLifted(key, state);
  const onRecord = found || locks.some((entry) => entry.rule === "mll");
  const violated = onRecord || findings.some(isViolationOf("mll"));
  return { limit, floor, remaining, lockedFloor, violated };
}

function targetsOf(
  state: ComplianceState,
  rules: RuleSet | null,
): Pick<ComplianceStatus, "size" | "profitTarget" | "consistency"> {
  const { size = null, profitTarget: target = null, consistency = null } = rules ?? {};
  const profit = subtractMoney(state.balance, state.startingBalance);
  const best = consistency?.of === "cycleProfit" ? state.cycle.bestDay : state.bestDay;
  return {
    size: size && {
      held: heldUnits(state.open, size.microRatio) / size.microRatio,
      allowed: maxContractsOf(state, size),
    },
    profitTarget: target === null ? null : { target, profit, reached: profit >= target },
    consistency:
      consistency && rules
        ? { bestDay: best, allowed: allowedBestDay(state, rules, consistency) }
        : null,
  };
}

export async function headroomAt(
  accountId: AccountId,
  contract: Contract,
  request: HeadroomRequest,
  at: Instant,
  roundTurn: (root: string) => Promise<Money>,
  repos: ReadRepositories,
): Promise<Headroom> {
  const { stopTicks, costsPerContract } = request;
  if (!Number.isSafeInteger(stopTicks) || stopTicks < 1) {
    throw invalid(`stopTicks must be a whole number from 1, was ${show(stopTicks)}`);
  }
  const told =
    costsPerContract === undefined ? null : parseMoney(costsPerContract, "costsPerContract");
  if (told !== null && told < 0)
    throw invalid(`costsPerContract must not be negative, was ${show(costsPerContract)}`);
  const standing = await standingAt(accountId, at, repos);
  const { state, rules } = standing;
  const working = rules ? await workingOrders(accountId, at, repos) : [];
  const costs = new Map<string, Money>();
  const traded = [contract, ...state.open, ...working.map((order) => order.contract)];
  for (const { root } of traded) {
    if (!costs.has(root)) costs.set(root, await roundTurn(root));
  }
  if (told !== null) costs.set(contract.root, told);
  // Where nothing is known of another contract's costs, they are taken for those that were told.
  const costsOf = (root: string) => costs.get(root) || (told ?? ZERO);
  const question = { contract, stopTicks, at, costsOf };
  const room = headroomOf(state, rules ?? NO_RULES, working, question);
  return reasonOf(standing, at) === null ? room : { ...room, contracts: 0, limitedBy: "lock" };
}

/** What bounds nothing. */
const NO_RULES: BindingRules = {
  dailyLoss: null,
  personalDailyLoss: null,
  maxLoss: null,
  size: null,
  session: null,
};

/** A submitted order is heard of within seconds, or a comparison with the broker settles it. */
const SUBMITTED_MICROS = 86_400_000_000;

/** Orders that work, and submitted ones that the broker may have and nothing has been heard of yet. */
async function workingOrders(
  accountId: AccountId,
  at: Instant,
  repos: ReadRepositories,
): Promise<readonly WorkingOrder[]> {
  const since = Math.max(0, at - SUBMITTED_MICROS) as Instant;
  const submitted = await repos.intents.unheard(accountId, since);
  const orders = [
    ...(await repos.orders.working(accountId)).map(workingOrder),
    ...submitted.map(submittedOrder),
  ];
  const contracts = new Map<string, TickedContract>();
  const working: WorkingOrder[] = [];
  for (const order of orders) {
    const { contractId } = order;
    const contract = contracts.get(contractId) ?? (await requireContract(contractId, repos));
    contracts.set(contractId, contract);
    working.push({ ...order, contract });
  }
  return working;
}

type PlacedOrder = Omit<WorkingOrder, "contract"> & { readonly contractId: ContractId };

function workingOrder(order: Order): PlacedOrder {
  const { orderId, contractId, side, orderType, limitPrice, stopPrice, parentOrderId } = order;
  const quantity = order.remainingQuantity ?? order.quantity;
  return { orderId, contractId, side, quantity, orderType, limitPrice, stopPrice, parentOrderId };
}

function submittedOrder(intent: OrderIntent): PlacedOrder {
  const { customTag, contractId, side, quantity, orderType, limitPrice, stopPrice } = intent;
  // Nothing refers to an order whose id is not known.
  const orderId = intent.orderId ?? (customTag as OrderId);
  const price = { limitPrice, stopPrice, parentOrderId: null };
  return { orderId, contractId, side, quantity, orderType, ...price };
}
