import { toSafe } from "./decimal.js";
import type { Money } from "./money.js";

/**
 * The part of a fill's cost that its contracts [from, to) carry. Shares are differences of the running
 * total cut to a millionth, so whatever the slices, they add up to the whole, and what cannot be divided
 * falls on the last contracts.
 *
 * @param total of the whole fill, in US dollars; null (unknown) has unknown shares
 * @param contracts of the whole fill
 */
export function costShare(
  total: Money | null,
  contracts: number,
  from: number,
  to: number,
): Money | null {
  if (total === null) return null;
  return (runningCost(total, contracts, to) - runningCost(total, contracts, from) || 0) as Money;
}

function runningCost(total: Money, contracts: number, upTo: number): number {
  if (upTo === 0) return 0;
  if (upTo === contracts) return total;
  const product = total * upTo;
  if (Number.isSafeInteger(product)) return Math.floor(product / contracts);
  return toSafe(floorDivide(BigInt(total) * BigInt(upTo), BigInt(contracts)), "cost share");
}

function floorDivide(n: bigint, d: bigint): bigint {
  return n < 0n && n % d !== 0n ? n / d - 1n : n / d;
}
