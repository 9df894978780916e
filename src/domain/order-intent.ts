import { ORDER_TYPES, type OrderType, parseName, SIDES, type Side } from "./codes.js";
import { type Contract, requireOnTick } from "./contract.js";
import { invalid } from "./errors.js";
import { positiveQuantity } from "./fill.js";
import { type AccountId, accountId, type ContractId, type OrderId, show } from "./ids.js";
import type { Instant } from "./instant.js";
import { type DecimalInput, type Price, parsePrice, priceToNumber } from "./money.js";

/**
 * What became of an order that was to be sent.
 * - `sending`     on disk, and nothing heard yet: the process may have died before or after the broker got it
 * - `accepted`    the broker has it, under `orderId`
 * - `rejected`    the broker refused it, for `reason`
 * - `unknown`     no clear answer came: only the broker can tell; it is never sent again
 * - `never_sent`  the broker was asked and does not know its tag
 */
export const INTENT_STATES = ["sending", "accepted", "rejected", "unknown", "never_sent"] as const;
export type IntentState = (typeof INTENT_STATES)[number];

/** An order on its way to the broker, found again by its custom tag, which is unique within the account. */
export interface OrderIntent {
  readonly accountId: AccountId;
  readonly customTag: string;
  readonly contractId: ContractId;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly quantity: number;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  /** Distance of a trailing stop, in points. */
  readonly trailAmount: Price | null;
  readonly state: IntentState;
  readonly orderId: OrderId | null;
  readonly reason: string | null;
  readonly createdAt: Instant;
  readonly settledAt: Instant | null;
}

/** What a bot wants to send. */
export interface OrderIntentInput {
  readonly accountId: string;
  /** 1-200 characters, unique within the account: by it the order is found at the broker. */
  readonly customTag: string;
  readonly contract: string;
  readonly side: Side | Lowercase<Side>;
  readonly orderType: OrderType | Lowercase<OrderType>;
  readonly quantity: number;
  readonly limitPrice?: DecimalInput | null;
  readonly stopPrice?: DecimalInput | null;
  readonly trailAmount?: DecimalInput | null;
}

/** @throws BlotterError `invalid` naming the field */
export function parseIntent(
  input: OrderIntentInput,
  contract: Contract,
  now: Instant,
): OrderIntent {
  const { customTag } = input;
  if (typeof customTag !== "string" || customTag.trim() === "" || customTag.length > 200) {
    throw invalid(`custom tag must be 1-200 characters, was ${show(customTag)}`);
  }
  return {
    accountId: accountId(input.accountId),
    customTag,
    contractId: contract.contractId,
    side: parseName(SIDES, input.side, "side"),
    orderType: parseName(ORDER_TYPES, input.orderType, "order type"),
    quantity: positiveQuantity(input.quantity, "quantity"),
    limitPrice: tickPrice(input.limitPrice, contract, "limit price"),
    stopPrice: tickPrice(input.stopPrice, contract, "stop price"),
    trailAmount: tickPrice(input.trailAmount, contract, "trail amount"),
    state: "sending",
    orderId: null,
    reason: null,
    createdAt: now,
    settledAt: null,
  };
}

function tickPrice(
  value: DecimalInput | null | undefined,
  contract: Contract,
  what: string,
): Price | null {
  if (value === null || value === undefined) return null;
  const price = parsePrice(value, what);
  requireOnTick(price, contract, what);
  return price;
}

/** An order in the units of the world outside, as it is handed to the broker. */
export interface OrderToSend {
  readonly accountId: AccountId;
  readonly customTag: string;
  readonly contractId: ContractId;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly quantity: number;
  /** Points. */
  readonly limitPrice: number | null;
  readonly stopPrice: number | null;
  /** Distance of a trailing stop, in points. */
  readonly trailAmount: number | null;
}

export function orderToSend(intent: OrderIntent): OrderToSend {
  const { accountId: account, customTag, contractId, side, orderType, quantity } = intent;
  const points = (price: Price | null) => (price === null ? null : priceToNumber(price));
  return {
    accountId: account,
    customTag,
    contractId,
    side,
    orderType,
    quantity,
    limitPrice: points(intent.limitPrice),
    stopPrice: points(intent.stopPrice),
    trailAmount: points(intent.trailAmount),
  };
}

/** True when both want the same order. */
export function sameIntent(a: OrderIntent, b: OrderIntent): boolean {
  return (
    a.contractId === b.contractId &&
    a.side === b.side &&
    a.orderType === b.orderType &&
    a.quantity === b.quantity &&
    a.limitPrice === b.limitPrice &&
    a.stopPrice === b.stopPrice &&
    a.trailAmount === b.trailAmount
  );
}
