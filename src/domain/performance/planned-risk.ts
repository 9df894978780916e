import type { PositionSide } from "../codes.js";
import { scaledProduct } from "../decimal.js";
import { type Money, PRICE_UNIT, type Price } from "../money.js";
import type { Order } from "../order.js";

/** What tells of the risk of all that an order entered. */
export interface EntryRisk extends Pick<Order, "filledQuantity" | "averageFillPrice"> {
  /** What people wrote on the order and its fills, added up; null where nothing was written. */
  readonly writtenRisk: Money | null;
  /**
   * The price of its protective stop, as it was last told: of its linked stop loss, else of the newest, by instant of
   * creation, then id, of its children with a stop price.
   */
  readonly protectiveStop: Price | null;
}

/** An order as its results see it. */
export interface EntryOrder extends EntryRisk, Pick<Order, "strategy" | "orderType"> {}

/** Of an order that is not known. */
export const UNKNOWN_ENTRY: EntryOrder = {
  strategy: null,
  orderType: null,
  filledQuantity: 0,
  averageFillPrice: null,
  writtenRisk: null,
  protectiveStop: null,
};

/** What a closed match, trade or position brings to its risk; a position bears that of the order that opened it. */
export interface RiskBearer {
  readonly side: PositionSide;
  readonly quantity: number;
}

/**
 * What a result was planned to lose at most, US dollars: its part of what people wrote on its entry order, else what
 * the order's protective stop risks. Null where neither is known.
 */
export function plannedRisk(
  entry: EntryRisk,
  { side, quantity }: RiskBearer,
  pointValue: Money,
): Money | null {
  const { writtenRisk, filledQuantity, averageFillPrice, protectiveStop } = entry;
  if (writtenRisk !== null) return riskShare(writtenRisk, quantity, filledQuantity);
  if (averageFillPrice === null || protectiveStop === null) return null;
  const below = averageFillPrice - protectiveStop;
  return stopRisk(side === "LONG" ? below : -below, quantity, pointValue);
}

/**
 * The part of an order's planned risk that a result bears: risk x quantity of the result / quantity of the order,
 * so that the parts of an order that was left in pieces add up (but for rounding to a millionth). Null unless both
 * are positive, and for more than `MOST`.
 */
export function riskShare(risk: Money, quantity: number, orderQuantity: number): Money | null {
  if (risk <= 0 || risk > MOST || orderQuantity <= 0) return null;
  return scaledProduct([risk, Math.min(quantity, orderQuantity)], orderQuantity, "risk") as Money;
}

/**
 * What a stop risks: its distance from the entry (in price units) x quantity x point value, dollars. Null when it
 * does not lie on the losing side: a stop that was moved past the entry tells nothing of what was risked. Null, too,
 * for more than `MOST`.
 */
export function stopRisk(distance: number, quantity: number, pointValue: Money): Money | null {
  if (distance <= 0) return null;
  if ((distance * quantity * pointValue) / PRICE_UNIT > MOST) return null;
  return scaledProduct([distance, quantity, pointValue], PRICE_UNIT, "risk") as Money;
}

/** 900 million dollars: below what money can be, above any risk. More is a slip, which keeps no fill out of the books. */
const MOST = 9e14;

/** True when all that an order entered may bear another risk since it changed: by what it says itself. */
export function isRiskMoved(before: Order, after: Order): boolean {
  return (
    before.averageFillPrice !== after.averageFillPrice ||
    before.filledQuantity !== after.filledQuantity ||
    before.stopLossOrderId !== after.stopLossOrderId
  );
}

/** True when an order that changed, or is new, may protect others otherwise than before. */
export function isProtectionMoved(before: Order | null, after: Order): boolean {
  if ((before?.stopPrice ?? null) !== after.stopPrice) return true;
  if (after.stopPrice === null || before === null) return false;
  return before.parentOrderId !== after.parentOrderId || before.createdAt !== after.createdAt;
}

/** Between which planned risks results are asked for, both included; null for no end. */
export interface RiskRange {
  readonly min: Money | null;
  readonly max: Money | null;
}
