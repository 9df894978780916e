import { type Money, moneyToNumber, ZERO } from "../money.js";

/** Amounts as the nearest doubles, packed: for figures that are no sums of money. */
export function dollarsOf(amounts: ArrayLike<Money>): Float64Array {
  const dollars = new Float64Array(amounts.length);
  for (let n = 0; n < amounts.length; n += 1) dollars[n] = moneyToNumber(amounts[n] ?? ZERO);
  return dollars;
}
