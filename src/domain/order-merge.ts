import { invalid } from "./errors.js";
import type { Fill } from "./fill.js";
import type { Instant } from "./instant.js";
import type { Order, OrderReport, ReportedFields } from "./order.js";
import { isLegalMove } from "./order-lifecycle.js";
import type { DerivedLinks, LinkField } from "./order-links.js";
import { averagePrice } from "./trade.js";

export interface OrderChange {
  readonly order: Order;
  /** Field -> [before, after], in the names of `Order`. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
  /** The status move that was refused, as "FILLED -> WORKING". */
  readonly refused: string | null;
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
  const older = stampsOf(stored);
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
    }
    if (stamp !== newest) stamps[field] = stamp;
  }
  const olderFields = Object.keys(stamps).length === 0 ? null : JSON.stringify(stamps);
  // Each value taken is the report's own for that field.
  return { ...(taken as Partial<ReportedFields>), asOf: newest, olderFields };
}

/** The stamp of a link that no report told: any report's word stands over it. */
const DERIVED = Number.MIN_SAFE_INTEGER;

/** True while no report has told the link. */
export function isDerivedLink(order: Order, field: LinkField): boolean {
  return order[field] === null || stampsOf(order)[field] === DERIVED;
}

/** The order with links that follow from other orders, where no report tells them. */
export function withLinks(order: Order, links: Partial<DerivedLinks>): Order {
  const older = stampsOf(order);
  const merged: { -readonly [K in keyof Order]: Order[K] } = { ...order };
  const stamps: Stamps = {};
  for (const field of REPORTED_FIELDS) {
    const stamp = older[field];
    if (stamp !== undefined && stamp !== DERIVED) stamps[field] = stamp;
    if (!isLinkField(field) || !isDerivedLink(order, field)) continue;
    const link = links[field] === undefined ? order[field] : links[field];
    merged[field] = link;
    if (link !== null) stamps[field] = DERIVED;
  }
  const olderFields = Object.keys(stamps).length === 0 ? null : JSON.stringify(stamps);
  return { ...merged, olderFields };
}

function isLinkField(field: keyof ReportedFields): field is LinkField {
  return field === "parentOrderId" || field === "stopLossOrderId" || field === "takeProfitOrderId";
}

function stampsOf({ olderFields }: Order): Stamps {
  return olderFields === null ? {} : JSON.parse(olderFields);
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

/** What differs, in the names of `Order`: field -> [before, after]. */
export function changedFields(before: Order, after: Order): OrderChange["changes"] {
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
