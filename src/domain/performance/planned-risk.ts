import { divideHalfEven, scaledProduct } from "../decimal.js";
import { type Money, PRICE_UNIT } from "../money.js";

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
 * What a stop risks: its distance from the entry x quantity (in price units) x point value, dollars. Null when it
 * does not lie on the losing side: a stop that was moved past the entry tells nothing of what was risked.
 */
export function stopRisk(distance: number, pointValue: Money): Money | null {
  if (distance <= 0) return null;
  // The same in smaller numbers, where ticks allow it: of a million results most need no big integers then.
  const unit = distance % SHORTER === 0 ? SHORTER : 1;
  return scaledProduct([distance / unit, pointValue], PRICE_UNIT / unit, "risk") as Money;
}

const SHORTER = 1_000;

/** Between which planned risks results are asked for, both included; null for no end. */
export interface RiskRange {
  readonly min: Money | null;
  readonly max: Money | null;
}

/** Whole numbers from one to another, both included; null for no end. */
export interface WholeRange {
  readonly from: number;
  readonly to: number | null;
}

/** The distances x quantity of which `stopRisk` lies in a range; null when there are none. */
export function distancesWithin(range: RiskRange, pointValue: Money): WholeRange | null {
  const risk = (distance: bigint) =>
    divideHalfEven(distance * BigInt(pointValue), BigInt(PRICE_UNIT));
  return wholesWithin(range, risk, FARTHEST);
}

/** The quantities of which `riskShare` lies in a range; null when there are none. */
export function quantitiesWithin(
  range: RiskRange,
  risk: Money,
  orderQuantity: number,
): WholeRange | null {
  if (risk <= 0 || orderQuantity <= 0) return null;
  const [whole, of] = [BigInt(risk), BigInt(orderQuantity)];
  return wholesWithin(range, (quantity) => divideHalfEven(whole * quantity, of), of);
}

/** More than any price is away from another, times any quantity. */
const FARTHEST = 10n ** 24n;

/** Of 1 to `most` those whose risk, which never falls, lies in the range; from `most` on it stays as it is. */
function wholesWithin(
  { min, max }: RiskRange,
  risk: (n: bigint) => bigint,
  most: bigint,
): WholeRange | null {
  const from = min === null ? 1n : firstOf((n) => risk(n) >= BigInt(min), most);
  const over = max === null ? null : firstOf((n) => risk(n) > BigInt(max), most);
  if (from === null || (over !== null && over <= from)) return null;
  return { from: Number(from), to: over === null ? null : Number(over - 1n) };
}

/** The first of 1 to `most` from which on something holds; null when it never does. */
function firstOf(holds: (n: bigint) => boolean, most: bigint): bigint | null {
  if (!holds(most)) return null;
  let [low, high] = [1n, most];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}
