import {
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderStatus,
  type OrderType,
  parseName,
  SIDES,
  type Side,
} from "./codes.js";
import { type Contract, requireOnTick } from "./contract.js";
import { invalid } from "./errors.js";
import type { Fill } from "./fill.js";
import { positiveQuantity } from "./fill.js";
import { type AccountId, accountId, type ContractId, type OrderId, orderId, show } from "./ids.js";
import { type Instant, type InstantInput, parseInstant } from "./instant.js";
import { type DecimalInput, type Price, parseAverage, parsePrice } from "./money.js";
import { averagePrice } from "./trade.js";

/**
 * An instruction to the broker and what became of it. Type, quantity and status are null for a placeholder:
 * an order known only from its fills, all overwritten when the order itself comes.
 */
export interface Order extends ReportedFields {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly symbol: string;
  readonly contractId: ContractId;
  readonly root: string;
  readonly side: Side;
  readonly status: OrderStatus | null;
  /** The larger of the broker's word and the sum of the booked fills. */
  readonly filledQuantity: number;
  /** quantity - filledQuantity; null while the quantity is unknown. */
  readonly remainingQuantity: number | null;
  /** From the booked fills where there are any, else the broker's word. */
  readonly averageFillPrice: Price | null;
  readonly filledAt: Instant | null;
  readonly createdAt: Instant;
  /** Sum of the booked fills. */
  readonly bookedQuantity: number;
  /** The broker's own filled quantity; only grows. */
  readonly brokerFilledQuantity: number;
  /** Contracts of the stand-in made for this order, if one was. */
  readonly standInQuantity: number | null;
  /** Stamp of the newest report; null for a placeholder. */
  readonly asOf: number | null;
  /** Stamps of the fields that the newest report did not tell, as JSON. */
  readonly olderFields: string | null;
  readonly notes: string | null;
  readonly checksum: string;
}

/** Fields that reports tell; each keeps the value of the newest report that knows it. */
export interface ReportedFields {
  readonly orderType: OrderType | null;
  readonly quantity: number | null;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  /** Distance of a trailing stop, in points. */
  readonly trailAmount: Price | null;
  readonly brokerAveragePrice: Price | null;
  readonly brokerFilledAt: Instant | null;
  readonly parentOrderId: OrderId | null;
  readonly linkedOrderId: OrderId | null;
  readonly stopLossOrderId: OrderId | null;
  readonly takeProfitOrderId: OrderId | null;
  readonly submittedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly customTag: string | null;
  readonly strategy: string | null;
  readonly rejectionReason: string | null;
}

/** What a caller says of an order, at first or later. Leave out what is unknown or unchanged. */
export interface OrderInput {
  readonly accountId: string;
  readonly orderId: string;
  readonly contract: string;
  readonly side: Side | Lowercase<Side>;
  readonly orderType?: OrderType | Lowercase<OrderType> | null;
  readonly quantity?: number | null;
  readonly limitPrice?: DecimalInput | null;
  readonly stopPrice?: DecimalInput | null;
  readonly trailAmount?: DecimalInput | null;
  readonly status?: OrderStatus | Lowercase<OrderStatus> | null;
  readonly filledQuantity?: number | null;
  readonly averageFillPrice?: DecimalInput | null;
  readonly filledAt?: InstantInput | null;
  readonly parentOrderId?: string | null;
  readonly linkedOrderId?: string | null;
  readonly stopLossOrderId?: string | null;
  readonly takeProfitOrderId?: string | null;
  readonly createdAt: InstantInput;
  readonly submittedAt?: InstantInput | null;
  readonly cancelledAt?: InstantInput | null;
  /** When the broker last changed the order; else the newest instant above. */
  readonly updatedAt?: InstantInput | null;
  readonly customTag?: string | null;
  readonly strategy?: string | null;
  readonly rejectionReason?: string | null;
  readonly source?: string;
  /** "file" for exports that know less than the API: where both tell a field, the API's word stands. */
  readonly authority?: "api" | "file";
}

/** An order as one report tells it, checked and exact. */
export interface OrderReport {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly contract: Contract;
  readonly side: Side;
  readonly status: OrderStatus | null;
  readonly brokerFilledQuantity: number;
  readonly createdAt: Instant;
  /** Orders reports by authority, then by instant. */
  readonly stamp: number;
  readonly fields: ReportedFields;
  readonly source: string;
}

/** Where the reports of files stand: before all of the API's. */
const FILE_STAMP_SHIFT = 4_000_000_000_000_000;

/** @throws BlotterError `invalid` naming the field, what was found, and what is allowed. */
export function parseOrder(
  input: OrderInput,
  contract: Contract,
  strategyOf: (customTag: string) => string | null,
): OrderReport {
  const quantity = optional(input.quantity, (q) => positiveQuantity(q, "quantity"));
  const filled = optional(input.filledQuantity, filledQuantity) ?? 0;
  if (quantity !== null && filled > quantity) {
    throw invalid(`filled quantity ${filled} is more than the order's quantity ${quantity}`);
  }
  const instant = (field: "filledAt" | "submittedAt" | "cancelledAt" | "updatedAt") =>
    optional(input[field], (value) => parseInstant(value, field));
  const createdAt = parseInstant(input.createdAt, "createdAt");
  const filledAt = instant("filledAt");
  const submittedAt = instant("submittedAt");
  const cancelledAt = instant("cancelledAt");
  const asOf =
    instant("updatedAt") ??
    (Math.max(createdAt, filledAt ?? 0, submittedAt ?? 0, cancelledAt ?? 0) as Instant);
  const customTag = optional(input.customTag, (tag) => text(tag, "custom tag"));
  return {
    accountId: accountId(input.accountId),
    orderId: orderId(input.orderId),
    contract,
    side: parseName(SIDES, input.side, "side"),
    status: optional(input.status, (status) => parseName(ORDER_STATUSES, status, "status")),
    brokerFilledQuantity: filled,
    createdAt,
    stamp: input.authority === "file" ? asOf - FILE_STAMP_SHIFT : asOf,
    fields: {
      orderType: optional(input.orderType, (type) => parseName(ORDER_TYPES, type, "order type")),
      quantity,
      limitPrice: tickPrice(input.limitPrice, contract, "limit price"),
      stopPrice: tickPrice(input.stopPrice, contract, "stop price"),
      trailAmount: tickPrice(input.trailAmount, contract, "trail amount"),
      brokerAveragePrice: optional(input.averageFillPrice, (p) =>
        parseAverage(p, "average fill price"),
      ),
      brokerFilledAt: filledAt,
      parentOrderId: optional(input.parentOrderId, (id) => orderId(id, "parent order id")),
      linkedOrderId: optional(input.linkedOrderId, (id) => orderId(id, "linked order id")),
      stopLossOrderId: optional(input.stopLossOrderId, (id) => orderId(id, "stop loss order id")),
      takeProfitOrderId: optional(input.takeProfitOrderId, (id) =>
        orderId(id, "take profit order id"),
      ),
      submittedAt,
      cancelledAt,
      customTag,
      strategy:
        optional(input.strategy, (name) => text(name, "strategy")) ??
        (customTag === null ? null : strategyOf(customTag)),
      rejectionReason: optional(input.rejectionReason, (reason) =>
        text(reason, "rejection reason"),
      ),
    },
    source: input.source ?? "api",
  };
}

function optional<T, R>(value: T | null | undefined, parse: (value: T) => R): R | null {
  return value === null || value === undefined ? null : parse(value);
}

function filledQuantity(value: number): number {
  return value === 0 ? 0 : positiveQuantity(value, "filled quantity");
}

function tickPrice(
  value: DecimalInput | null | undefined,
  contract: Contract,
  what: string,
): Price | null {
  return optional(value, (points) => {
    const price = parsePrice(points, what);
    requireOnTick(price, contract, what);
    return price;
  });
}

const MAX_TEXT = 4_000;

function text(value: unknown, what: string): string {
  if (typeof value !== "string" || value.length > MAX_TEXT || value.includes("\0")) {
    throw invalid(`${what} must be text of at most ${MAX_TEXT} characters, was ${show(value)}`);
  }
  return value;
}

/**
 * The legal moves of an order. Moving to the state it is in is no move. FIX 4.4 appendix D, less the states
 * that ProjectX does not have: a partial fill stays WORKING.
 */
const LEGAL_MOVES: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ["WORKING", "FILLED", "CANCELLED", "REJECTED", "EXPIRED"],
  WORKING: ["FILLED", "CANCELLED", "REJECTED", "EXPIRED"],
  FILLED: [],
  CANCELLED: [],
  REJECTED: [],
  EXPIRED: [],
};

export function isLegalMove(from: OrderStatus | null, to: OrderStatus): boolean {
  return from === null || from === to || LEGAL_MOVES[from].includes(to);
}

export function isTerminal(status: OrderStatus | null): boolean {
  return status !== null && LEGAL_MOVES[status].length === 0;
}

export interface OrderChange {
  readonly order: Order;
  /** Field -> [before, after], in the names of `Order`. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
  /** The status move that was refused, as "FILLED -> WORKING". */
  readonly refused: string | null;
}

/** The order an unknown id starts as: nothing known but what a fill or a report must tell. */
export function placeholder(
  facts: Pick<
    Order,
    "accountId" | "orderId" | "symbol" | "contractId" | "root" | "side" | "createdAt"
  >,
): Order {
  const { accountId, orderId, symbol, contractId, root, side, createdAt } = facts;
  return {
    accountId,
    orderId,
    symbol,
    contractId,
    root,
    side,
    createdAt,
    orderType: null,
    quantity: null,
    limitPrice: null,
    stopPrice: null,
    trailAmount: null,
    brokerAveragePrice: null,
    brokerFilledAt: null,
    parentOrderId: null,
    linkedOrderId: null,
    stopLossOrderId: null,
    takeProfitOrderId: null,
    submittedAt: null,
    cancelledAt: null,
    customTag: null,
    strategy: null,
    rejectionReason: null,
    status: null,
    filledQuantity: 0,
    remainingQuantity: null,
    averageFillPrice: null,
    filledAt: null,
    bookedQuantity: 0,
    brokerFilledQuantity: 0,
    standInQuantity: null,
    asOf: null,
    olderFields: null,
    notes: null,
    checksum: "",
  };
}

/**
 * Merges a report into an order. Field by field the newest report that knows the field wins, so reports may
 * come in any order and any number of times; the status only moves forward; the broker's filled quantity
 * only grows.
 *
 * @throws BlotterError `invalid` when contract or side is another than the order's.
 */
export function applyReport(stored: Order, report: OrderReport): OrderChange {
  requireSameOrder(stored, report);
  const legal = report.status === null || isLegalMove(stored.status, report.status);
  const merged = mergedFields(stored, report);
  const order = withDerived({
    ...stored,
    ...merged,
    status: legal ? (report.status ?? stored.status) : stored.status,
    createdAt: mergedCreation(stored, report),
    brokerFilledQuantity: Math.max(stored.brokerFilledQuantity, report.brokerFilledQuantity),
  });
  return {
    order,
    changes: changedFields(stored, order),
    refused: legal ? null : `${stored.status} -> ${report.status}`,
  };
}

/** The API's creation instant over a file's (which has whole seconds); any report's over a fill's. */
function mergedCreation(stored: Order, report: OrderReport): Instant {
  if (stored.asOf === null) return report.createdAt;
  const fromApi = report.stamp > 0;
  const storedFromApi = stored.asOf > 0;
  if (fromApi === storedFromApi) return Math.min(stored.createdAt, report.createdAt) as Instant;
  return fromApi ? report.createdAt : stored.createdAt;
}

function requireSameOrder(stored: Order, report: OrderReport): void {
  const { symbol, contractId } = report.contract;
  if (stored.contractId !== contractId) {
    throw invalid(`order ${stored.orderId} is of ${stored.symbol}, not of ${symbol}`);
  }
  if (stored.side !== report.side) {
    throw invalid(`order ${stored.orderId} is a ${stored.side}, not a ${report.side}`);
  }
}

type Stamps = Record<string, number>;

/**
 * Every known field carries the stamp of the report it comes from: `asOf`, unless `olderFields` says
 * otherwise. That is what makes the merge independent of the order of arrival.
 */
function mergedFields(stored: Order, report: OrderReport): Partial<Order> {
  const older: Stamps = stored.olderFields === null ? {} : JSON.parse(stored.olderFields);
  const newest = Math.max(stored.asOf ?? report.stamp, report.stamp);
  const taken: { -readonly [K in keyof ReportedFields]?: unknown } = {};
  const stamps: Stamps = {};
  for (const field of REPORTED_FIELDS) {
    const told = report.fields[field];
    const value = stored[field];
    if (told === null && value === null) continue;
    let stamp = older[field] ?? stored.asOf ?? report.stamp;
    if (told !== null && (value === null || wins(told, report.stamp, value, stamp))) {
      taken[field] = told;
      stamp = report.stamp;
    } else if (told === value) {
      stamp = Math.max(stamp, report.stamp);
    }
    if (stamp !== newest) stamps[field] = stamp;
  }
  const olderFields = Object.keys(stamps).length === 0 ? null : JSON.stringify(stamps);
  // Each value taken is the report's own for that field.
  return { ...(taken as Partial<ReportedFields>), asOf: newest, olderFields };
}

/** Newer wins; of two equally new the larger value, so that the order of arrival does not matter. */
function wins(told: unknown, stamp: number, before: unknown, stampBefore: number): boolean {
  if (stamp !== stampBefore) return stamp > stampBefore;
  return typeof told === "number" ? told > Number(before) : String(told) > String(before);
}

const REPORTED_FIELDS: readonly (keyof ReportedFields)[] = [
  "orderType",
  "quantity",
  "limitPrice",
  "stopPrice",
  "trailAmount",
  "brokerAveragePrice",
  "brokerFilledAt",
  "parentOrderId",
  "linkedOrderId",
  "stopLossOrderId",
  "takeProfitOrderId",
  "submittedAt",
  "cancelledAt",
  "customTag",
  "strategy",
  "rejectionReason",
];

/** What an order's history tells: what reports said, and what follows from it for status and quantities. */
const HISTORY_FIELDS: readonly (keyof Order)[] = [
  ...REPORTED_FIELDS,
  "status",
  "createdAt",
  "brokerFilledQuantity",
  "filledQuantity",
  "remainingQuantity",
  "averageFillPrice",
  "filledAt",
];

function changedFields(before: Order, after: Order): OrderChange["changes"] {
  const changes: Record<string, readonly [unknown, unknown]> = {};
  for (const field of HISTORY_FIELDS) {
    if (before[field] !== after[field]) changes[field] = [before[field], after[field]];
  }
  return changes;
}

/** The sums an order takes from its fills. `fills` are all of the order's, booked or not. */
export function applyFills(order: Order, fills: readonly Fill[]): Order {
  const booked = fills.filter((fill) => fill.state === "booked");
  const quantity = booked.reduce((sum, fill) => sum + fill.quantity, 0);
  const last = booked.reduce((at, fill) => Math.max(at, fill.executedAt), 0);
  const first = booked.reduce((at, fill) => Math.min(at, fill.executedAt), Infinity);
  const unknown = order.asOf === null && booked.length > 0;
  return withDerived({
    ...order,
    createdAt: unknown ? (first as Instant) : order.createdAt,
    bookedQuantity: quantity,
    averageFillPrice: quantity > 0 ? averagePrice(booked, (fill) => fill.price) : null,
    filledAt: quantity > 0 ? (last as Instant) : null,
  });
}

function withDerived(order: Order): Order {
  const filled = Math.max(order.brokerFilledQuantity, order.bookedQuantity);
  const fromFills = order.bookedQuantity > 0;
  return {
    ...order,
    filledQuantity: filled,
    remainingQuantity: order.quantity === null ? null : Math.max(0, order.quantity - filled),
    averageFillPrice: fromFills ? order.averageFillPrice : order.brokerAveragePrice,
    filledAt: fromFills ? order.filledAt : order.brokerFilledAt,
  };
}

/** Contracts that the broker says were filled and no fill explains. */
export function missingFills(order: Order): number {
  return Math.max(0, order.brokerFilledQuantity - order.bookedQuantity);
}

/** The text behind an order's checksum: every canonical field, in a fixed order. */
export function orderFacts(order: Order): string {
  return JSON.stringify([
    order.accountId,
    order.orderId,
    order.contractId,
    order.side,
    order.orderType,
    order.quantity,
    order.limitPrice,
    order.stopPrice,
    order.trailAmount,
    order.status,
    order.filledQuantity,
    order.remainingQuantity,
    order.averageFillPrice,
    order.parentOrderId,
    order.linkedOrderId,
    order.stopLossOrderId,
    order.takeProfitOrderId,
    order.createdAt,
    order.submittedAt,
    order.filledAt,
    order.cancelledAt,
    order.customTag,
    order.strategy,
    order.rejectionReason,
    order.bookedQuantity,
    order.brokerFilledQuantity,
    order.brokerAveragePrice,
    order.brokerFilledAt,
    order.standInQuantity,
    order.asOf,
    order.olderFields,
  ]);
}
