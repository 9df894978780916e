import type { PositionSide } from "../codes.js";
import { scaledProduct } from "../decimal.js";
import { type Money, PRICE_UNIT, type Price } from "../money.js";

/**
 * The part of an order's planned risk that a result bears: risk x quantity of the result / quantity of the order,
 * so that the parts of an order that was left in pieces add up (but for rounding to a millionth). Null unless both
 * are positive.
 */
export function riskShare(risk: Money, quantity: number, orderQuantity: number): Money | null {
  if (risk <= 0 || orderQuantity <= 0) return null;
  return scaledProduct([risk, Math.min(quantity, orderQuantity)], orderQuantity, "risk") as Money;
}

/**
 * What a stop risks: its distance from the entry x point value x quantity, dollars. Null when it does not lie on the
 * losing side: a stop that was moved past the entry tells nothing of what was risked.
 */
export function stopRisk(
  entry: Price,
  stop: Price,
  side: PositionSide,
  quantity: number,
  pointValue: Money,
): Money | null {
  const distance = side === "LONG" ? entry - stop : stop - entry;
  if (distance <= 0) return null;
  return scaledProduct([distance, quantity, pointValue], PRICE_UNIT, "risk") as Money;
}
