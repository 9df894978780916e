import type { OrderType, Side } from "../../../domain/codes.js";
import { invalid } from "../../../domain/errors.js";
import { show } from "../../../domain/ids.js";
import { type DecimalInput, parsePrice, priceToNumber } from "../../../domain/money.js";
import { codeOf, GATEWAY_SIDES, GATEWAY_TYPES } from "../codes.js";
import { numericId } from "../numeric-id.js";

/** A stop-loss or take-profit that the gateway places once the entry is filled. */
export interface ProjectXBracket {
  /** Distance from the entry in ticks. */
  readonly ticks: number;
  /** Default: STOP for a stop-loss, LIMIT for a take-profit. */
  readonly orderType?: OrderType;
}

/** An order for the gateway to place. */
export interface ProjectXOrder {
  readonly accountId: string;
  /** The gateway's contract id: `CON.F.US.MNQ.U26`. */
  readonly contractId: string;
  readonly side: Side;
  readonly orderType: OrderType;
  /** Contracts, from 1. */
  readonly quantity: number;
  readonly limitPrice?: DecimalInput | null;
  readonly stopPrice?: DecimalInput | null;
  readonly trailPrice?: DecimalInput | null;
  /** Unique within the account; the gateway refuses a second order with it. */
  readonly customTag?: string | null;
  readonly stopLoss?: ProjectXBracket | null;
  readonly takeProfit?: ProjectXBracket | null;
}

/**
 * The body of Order/place.
 *
 * @throws BlotterError `invalid` naming the field
 */
export function placeBody(order: ProjectXOrder): object {
  return {
    accountId: numericId(order.accountId, "account id"),
    contractId: order.contractId,
    type: typeCode(order.orderType),
    side: sideCode(order.side),
    size: count(order.quantity, "quantity"),
    limitPrice: pointsOf(order.limitPrice, "limit price"),
    stopPrice: pointsOf(order.stopPrice, "stop price"),
    trailPrice: pointsOf(order.trailPrice, "trail price"),
    customTag: order.customTag ?? null,
    stopLossBracket: bracketOf(order.stopLoss, "STOP", "stop-loss"),
    takeProfitBracket: bracketOf(order.takeProfit, "LIMIT", "take-profit"),
  };
}

function count(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw invalid(`${what} must be a positive whole number of contracts, was ${show(value)}`);
}

function typeCode(type: OrderType): number {
  const code = codeOf(GATEWAY_TYPES, type);
  if (code === undefined) throw invalid(`ProjectX has no orders of type ${show(type)}`);
  return code;
}

function sideCode(side: Side): number {
  const code = codeOf(GATEWAY_SIDES, side);
  if (code === undefined) throw invalid(`side must be BUY or SELL, was ${show(side)}`);
  return code;
}

function pointsOf(value: DecimalInput | null | undefined, what: string): number | null {
  return value === null || value === undefined ? null : priceToNumber(parsePrice(value, what));
}

function bracketOf(
  bracket: ProjectXBracket | null | undefined,
  usual: OrderType,
  what: string,
): object | null {
  if (bracket === null || bracket === undefined) return null;
  const { ticks, orderType = usual } = bracket;
  if (!Number.isSafeInteger(ticks) || ticks === 0) {
    throw invalid(`ticks of the ${what} must be a whole number, was ${show(ticks)}`);
  }
  return { ticks, type: typeCode(orderType) };
}
