import { addMoney, type Money } from "../money.js";
import { ratio } from "./finite.js";
import type { ResultSums } from "./result-sums.js";

/**
 * Cost share = known costs / gross profit: a fraction, over all results together. Null when gross is not
 * positive: costs are then no share of anything.
 */
export const costShare = (sums: ResultSums): number | null =>
  shareOf(sums, addMoney(sums.commissions, sums.fees));

/** The same of the commissions. */
export const commissionShare = (sums: ResultSums): number | null => shareOf(sums, sums.commissions);

/** The same of the fees. */
export const feeShare = (sums: ResultSums): number | null => shareOf(sums, sums.fees);

function shareOf(sums: ResultSums, costs: Money): number | null {
  return sums.grossPnl > 0 ? ratio(costs, sums.grossPnl) : null;
}
