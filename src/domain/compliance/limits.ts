import { scaledProduct } from "../decimal.js";
import { addMoney, greater, type Money, subtractMoney, ZERO } from "../money.js";
import { unrealisedOf } from "./exposure.js";
import {
  type Consistency,
  type DailyLoss,
  type MaxLoss,
  type Percent,
  type RuleSet,
  type SizeLimit,
  WHOLE,
} from "./rules.js";
import type { ComplianceState } from "./state.js";

/** How far a limit is used up. */
export interface LimitFigures {
  /** How much may be lost. */
  readonly limit: Money;
  /** How much of it is lost; 0 when nothing is. */
  readonly used: Money;
  /** limit - used; negative once it is overshot. */
  readonly remaining: Money;
  /** How much more may be lost before the limit is met: winnings of the day count. */
  readonly room: Money;
  readonly broken: boolean;
}

export interface MaxLossFigures extends LimitFigures {
  /** The balance at which the limit is broken. */
  readonly floor: Money;
  /** True when the floor has stopped rising. */
  readonly floorLocked: boolean;
}

/** A part of an amount, exact to a millionth. */
export function partOf(amount: Money, percent: Percent): Money {
  return scaledProduct([amount, percent], WHOLE, "part of an amount") as Money;
}

export function equityOf(state: ComplianceState): Money {
  return addMoney(state.balance, unrealisedOf(state.open));
}

/** Net of the day, realised and open: what the account won or lost since the last 17:00, but for cash. */
export function dailyPnl(state: ComplianceState): Money {
  const { gross, costs } = state.day;
  return addMoney(subtractMoney(gross, costs), unrealisedOf(state.open));
}

/** The day's result as a daily limit counts it. */
export function dayResult(state: ComplianceState, rule: DailyLoss): Money {
  const { gross, costs, startUnrealised } = state.day;
  let result = gross;
  if (rule.includesFees) result = subtractMoney(result, costs);
  if (rule.includesUnrealised) result = addMoney(result, unrealisedOf(state.open));
  if (rule.includesUnrealised && rule.base === "dayStartEquity") {
    result = subtractMoney(result, startUnrealised);
  }
  return result;
}

export function dailyLimit(state: ComplianceState, rule: DailyLoss): Money | null {
  if (rule.amount !== null) return rule.amount;
  if (rule.percentOfBase === null) return null;
  const { startBalance, startUnrealised } = state.day;
  const base =
    rule.base === "dayStartBalance" ? startBalance : addMoney(startBalance, startUnrealised);
  return partOf(base, rule.percentOfBase);
}

/** Null when the limit itself is not known. */
export function dailyLossFigures(
  state: ComplianceState,
  rule: DailyLoss,
  peak: Money,
): LimitFigures | null {
  const limit = dailyLimit(state, rule);
  if (limit === null) return null;
  const result = dayResult(state, rule);
  const from = rule.trailing ? peak : ZERO;
  const loss = subtractMoney(from, result);
  const room = subtractMoney(limit, loss);
  const used = greater(loss, ZERO);
  const broken = rule.at === "lte" ? room <= 0 : room < 0;
  return { limit, used, remaining: subtractMoney(limit, used), room, broken };
}

/** The high that the floor follows; never below the starting balance. */
function trailHigh(state: ComplianceState, rule: MaxLoss): Money {
  const { startingBalance } = state;
  switch (rule.basis) {
    case "static":
      return startingBalance;
    case "eodBalance":
      return greater(startingBalance, state.highestEodBalance);
    case "intradayBalance":
      return greater(startingBalance, state.peakBalance);
    case "intradayEquity":
      return greater(startingBalance, state.peakEquity);
  }
}

/** Where the maximum loss limit lies now. Null when its amount is not known. */
export function floorOf(
  state: ComplianceState,
  rule: MaxLoss,
): { readonly floor: Money; readonly locked: boolean } | null {
  const { startingBalance } = state;
  if (rule.floorAfterPayout !== null && state.payouts > 0) {
    return { floor: addMoney(startingBalance, rule.floorAfterPayout), locked: true };
  }
  if (rule.amount === null) return null;
  const high = trailHigh(state, rule);
  const following = subtractMoney(high, rule.amount);
  if (rule.lockAt === null) return { floor: following, locked: rule.basis === "static" };
  const lock = addMoney(startingBalance, rule.lockAt);
  const profit = subtractMoney(high, startingBalance);
  const jumped = rule.lockWhenProfit !== null && profit >= rule.lockWhenProfit;
  if (jumped || following >= lock) return { floor: lock, locked: true };
  return { floor: following, locked: rule.basis === "static" };
}

export function maxLossFigures(state: ComplianceState, rule: MaxLoss): MaxLossFigures | null {
  const at = floorOf(state, rule);
  if (at === null) return null;
  const figure = rule.breachOn === "equity" ? equityOf(state) : state.balance;
  const room = subtractMoney(figure, at.floor);
  const limit = rule.amount ?? ZERO;
  const used = greater(subtractMoney(limit, room), ZERO);
  const broken = rule.breachAt === "lte" ? room <= 0 : room < 0;
  return { limit, used, remaining: room, room, broken, floor: at.floor, floorLocked: at.locked };
}

/** How many minis may be held: the scaling plan goes by the balance at the start of the day. */
export function maxContractsOf(state: ComplianceState, rule: SizeLimit): number {
  if (rule.scaling.length === 0) return rule.maxContracts;
  const profit = subtractMoney(state.day.startBalance, state.startingBalance);
  const [first] = rule.scaling;
  let allowed = first?.maxContracts ?? rule.maxContracts;
  for (const step of rule.scaling) if (profit >= step.profit) allowed = step.maxContracts;
  return Math.min(allowed, rule.maxContracts);
}

/** What the best day may be at most; null while there is no profit to compare it with. */
export function allowedBestDay(
  state: ComplianceState,
  rules: RuleSet,
  rule: Consistency,
): Money | null {
  const total = subtractMoney(state.balance, state.startingBalance);
  const of =
    rule.of === "cycleProfit"
      ? state.cycle.profit
      : rule.of === "targetOrTotal" && rules.profitTarget !== null
        ? greater(rules.profitTarget, total)
        : total;
  return of <= 0 ? null : partOf(of, rule.percent);
}
