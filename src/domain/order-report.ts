import { ORDER_STATUSES, ORDER_TYPES, parseName, SIDES } from "./codes.js";
import { type Contract, requireOnTick } from "./contract.js";
import { invalid } from "./errors.js";
import { positiveQuantity } from "./fill.js";
import { accountId, orderId, show } from "./ids.js";
import { type Instant, parseInstant } from "./instant.js";
import { type DecimalInput, type Price, parseAverage, parsePrice } from "./money.js";
import type { OrderInput, OrderReport } from "./order.js";

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
