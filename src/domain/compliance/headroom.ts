import type { OrderType, Side } from "../codes.js";
import { scaledProduct } from "../decimal.js";
import type { ContractId, OrderId } from "../ids.js";
import type { Instant } from "../instant.js";
import { addMoney, type Money, PRICE_UNIT, type Price, subtractMoney, ZERO } from "../money.js";
import type { ComplianceRule } from "./evaluate.js";
import {
  heldUnits,
  type OpenExposure,
  type PricedContract,
  unitsOf,
  unrealisedOf,
  valueAt,
} from "./exposure.js";
import { dailyLossFigures, maxContractsOf, maxLossFigures } from "./limits.js";
import type { BreachPoint, RuleSet } from "./rules.js";
import { flatByTime } from "./session.js";
import type { ComplianceState } from "./state.js";

/** A contract with its tick, as an order is about to be placed in it. */
export interface TickedContract extends PricedContract {
  readonly tickSize: Price;
}

/** An order that may still fill. */
export interface WorkingOrder {
  readonly orderId: OrderId;
  readonly contract: TickedContract;
  readonly side: Side;
  /** Contracts that may still fill; null when the order's size is not known. */
  readonly quantity: number | null;
  readonly orderType: OrderType | null;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  readonly parentOrderId: OrderId | null;
}

/** The rules that may bound a position. */
export type BindingRules = Pick<
  RuleSet,
  "dailyLoss" | "personalDailyLoss" | "maxLoss" | "size" | "session"
>;

/** What is asked: how many contracts may be opened with a stop so many ticks away. */
export interface HeadroomQuestion {
  readonly contract: TickedContract;
  readonly stopTicks: number;
  readonly at: Instant;
  /** Costs of opening and closing one contract of a root, as far as they are known. */
  costsOf(root: string): Money;
}

export interface Headroom {
  /** Null when no rule bounds it. */
  readonly contracts: number | null;
  /** What bounds it: a rule, a lock, or a working order of which nobody knows how large it is. */
  readonly limitedBy: ComplianceRule | "lock" | "unknown_order" | null;
  /** Loss of one contract at its stop, costs included. */
  readonly riskPerContract: Money;
  /** What each limit would still bear once everything open and working is stopped out. */
  readonly rooms: readonly { readonly rule: ComplianceRule; readonly room: Money }[];
  /** Open contracts without a working stop: they are counted at the last price, and may lose more. */
  readonly unprotected: number;
}

/**
 * How many contracts may be opened so that a stop-out breaks no rule, supposing the worst of what is there: every
 * open position is closed at its stop, every working order that opens fills and is stopped out (at its own stop
 * where it has one, else as far away as asked), and open profit without a stop is gone. Nothing may be opened from
 * the time on by which the session has to be flat.
 */
export function headroomOf(
  state: ComplianceState,
  rules: BindingRules,
  working: readonly WorkingOrder[],
  question: HeadroomQuestion,
): Headroom {
  const { contract, stopTicks } = question;
  const risk = addMoney(lossAt(contract, stopTicks), question.costsOf(contract.root));
  const held = protectedResult(state.open, working);
  const opening = openingOrders(state.open, working);
  let worst = subtractMoney(held.result, exitCosts(state.open, question));
  for (const order of opening) {
    worst = subtractMoney(worst, lossOfOpening(order, working, question));
  }
  const bounds = roomsOf(state, rules, worst);
  const counts: { rule: NonNullable<Headroom["limitedBy"]>; contracts: number }[] = bounds.map(
    ({ rule, room, at }) => ({ rule, contracts: bearable(room, risk, at) }),
  );
  const size = sizeRoom(state, rules, opening, contract.root);
  if (size !== null) counts.push({ rule: "size", contracts: size });
  if (rules.session && question.at >= flatByTime(state.tradingDay, rules.session)) {
    counts.push({ rule: "session", contracts: 0 });
  }
  const isBound = counts.length > 0;
  if (isBound && working.some(({ quantity }) => quantity === null)) {
    counts.push({ rule: "unknown_order", contracts: 0 });
  }
  counts.sort((a, b) => a.contracts - b.contracts);
  const [least] = counts;
  return {
    contracts: least?.contracts ?? null,
    limitedBy: least?.rule ?? null,
    riskPerContract: risk,
    rooms: bounds.map(({ rule, room }) => ({ rule, room })),
    unprotected: held.unprotected,
  };
}

function lossAt({ tickSize, pointValue }: TickedContract, ticks: number): Money {
  return scaledProduct([tickSize, ticks, pointValue], PRICE_UNIT, "loss at the stop") as Money;
}

/** What closing all that is open costs. */
function exitCosts(open: readonly OpenExposure[], { costsOf }: HeadroomQuestion): Money {
  let sum: Money = ZERO;
  for (const { root, quantity } of open) {
    const side = Math.ceil(costsOf(root) / 2);
    sum = addMoney(sum, scaledProduct([side, Math.abs(quantity)], 1, "costs of closing") as Money);
  }
  return sum;
}

interface Bound {
  readonly rule: ComplianceRule;
  readonly room: Money;
  readonly at: BreachPoint;
}

/** Each loss limit's room when all that is open has become the worst result. */
function roomsOf(state: ComplianceState, rules: BindingRules, worst: Money): readonly Bound[] {
  const open = unrealisedOf(state.open);
  const bounds: Bound[] = [];
  const { dailyLoss, personalDailyLoss, maxLoss } = rules;
  const daily = [
    { rule: "dll", limit: dailyLoss, peak: state.day.peak },
    { rule: "personal_dll", limit: personalDailyLoss, peak: state.day.personalPeak },
  ] as const;
  for (const { rule, limit, peak } of daily) {
    const figures = limit && limit.action !== "warn" ? dailyLossFigures(state, limit, peak) : null;
    if (!limit || !figures) continue;
    const counted = limit.includesUnrealised ? open : ZERO;
    bounds.push({ rule, room: addMoney(figures.room, worst, -counted as Money), at: limit.at });
  }
  const mll = maxLoss && maxLossFigures(state, maxLoss);
  if (maxLoss && mll) {
    const counted = maxLoss.breachOn === "equity" ? open : ZERO;
    const room = addMoney(mll.room, worst, -counted as Money);
    bounds.push({ rule: "mll", room, at: maxLoss.breachAt });
  }
  return bounds;
}

/** How many times a loss fits into a room; with `lte`, something of the room must be left. */
function bearable(room: Money, risk: Money, at: BreachPoint): number {
  const usable = at === "lte" ? room - 1 : room;
  if (usable < 0) return 0;
  return risk <= 0 ? Number.MAX_SAFE_INTEGER : Math.floor(usable / risk);
}

/** The result of everything open at its stops; what no stop covers, at the last price, and without open profit. */
function protectedResult(
  open: readonly OpenExposure[],
  working: readonly WorkingOrder[],
): { readonly result: Money; readonly unprotected: number } {
  let result: Money = ZERO;
  let unprotected = 0;
  for (const exposure of open) {
    const direction = exposure.quantity > 0 ? 1 : -1;
    const contracts = Math.abs(exposure.quantity);
    let left = contracts;
    let covered: Money = ZERO;
    for (const { stopPrice, quantity } of stopsOf(exposure, working)) {
      const taken = Math.min(left, quantity);
      covered = addMoney(covered, valueAt(exposure.pointValue, direction * taken, stopPrice));
      left -= taken;
    }
    const share = (part: number) =>
      scaledProduct([exposure.value, part], contracts, "share of a position") as Money;
    const bare = subtractMoney(
      valueAt(exposure.pointValue, direction * left, exposure.price),
      share(left),
    );
    result = addMoney(result, subtractMoney(covered, share(contracts - left)));
    if (bare < 0) result = addMoney(result, bare);
    unprotected += left;
  }
  return { result, unprotected };
}

/** The stops that close an exposure, the worst price first. */
function stopsOf(exposure: OpenExposure, working: readonly WorkingOrder[]) {
  const closing: Side = exposure.quantity > 0 ? "SELL" : "BUY";
  const unfilled = new Map(working.map(({ orderId, quantity }) => [orderId, quantity ?? 0]));
  const stops = working.flatMap((order) => {
    const { contract, side, stopPrice, quantity, parentOrderId } = order;
    const mine = contract.contractId === exposure.contractId && side === closing && isStop(order);
    if (!mine || stopPrice === null || quantity === null) return [];
    // A child closes what its parent has opened; the rest waits for the parent.
    const waiting = parentOrderId === null ? 0 : (unfilled.get(parentOrderId) ?? 0);
    return quantity > waiting ? [{ stopPrice, quantity: quantity - waiting }] : [];
  });
  const direction = exposure.quantity > 0 ? 1 : -1;
  return stops.sort((a, b) => direction * (a.stopPrice - b.stopPrice));
}

function isStop({ orderType }: WorkingOrder): boolean {
  return orderType === "STOP" || orderType === "STOP_LIMIT" || orderType === "TRAILING_STOP";
}

interface OpeningOrder {
  readonly order: WorkingOrder;
  readonly contracts: number;
}

/**
 * Orders that would open exposure, and how much: a bracket's children close what their parent opens, and a stop and
 * a target close the same; more stops, or more targets, than there is to close open the other side.
 */
function openingOrders(
  open: readonly OpenExposure[],
  working: readonly WorkingOrder[],
): readonly OpeningOrder[] {
  const parents = new Set<string>(working.map((order) => order.orderId));
  const held = new Map<ContractId, number>(open.map((row) => [row.contractId, row.quantity]));
  const closed = new Map<string, number>();
  return working.flatMap((order) => {
    if (order.parentOrderId !== null && parents.has(order.parentOrderId)) return [];
    const position = held.get(order.contract.contractId) ?? 0;
    const direction = order.side === "BUY" ? 1 : -1;
    const quantity = order.quantity ?? 0;
    const kind = `${order.contract.contractId} ${isStop(order)}`;
    const before = closed.get(kind) ?? 0;
    const closes = position * direction < 0 ? Math.min(quantity, Math.abs(position) - before) : 0;
    closed.set(kind, before + closes);
    const contracts = quantity - closes;
    return contracts === 0 ? [] : [{ order, contracts }];
  });
}

function lossOfOpening(
  { order, contracts }: OpeningOrder,
  working: readonly WorkingOrder[],
  { stopTicks, costsOf }: HeadroomQuestion,
): Money {
  const entry = order.limitPrice ?? order.stopPrice;
  const stop = working.find(
    (child) => child.parentOrderId === order.orderId && child.stopPrice !== null,
  )?.stopPrice;
  const { pointValue, root } = order.contract;
  const each =
    entry !== null && stop !== null && stop !== undefined
      ? (scaledProduct([Math.abs(entry - stop), pointValue], PRICE_UNIT, "loss at a stop") as Money)
      : lossAt(order.contract, stopTicks);
  return scaledProduct([addMoney(each, costsOf(root)), contracts], 1, "loss of an order") as Money;
}

/** How many contracts of a root the size limit still has room for; null without such a limit. */
function sizeRoom(
  state: ComplianceState,
  rules: BindingRules,
  opening: readonly OpeningOrder[],
  root: string,
): number | null {
  const rule = rules.size;
  if (!rule) return null;
  const coming = opening.reduce(
    (sum, { order, contracts }) => sum + contracts * unitsOf(order.contract.root, rule.microRatio),
    0,
  );
  const allowed = maxContractsOf(state, rule) * rule.microRatio;
  const left = allowed - heldUnits(state.open, rule.microRatio) - coming;
  return Math.max(0, Math.floor(left / unitsOf(root, rule.microRatio)));
}
