import { toSafe } from "./decimal.js";
import type { Money } from "./money.js";

/** What a fill cost: the broker's word, and beside it what a fee table says. Null while unknown. */
export interface FillCosts {
  readonly commission: Money | null;
  readonly fee: Money | null;
  readonly modelledCommission: Money | null;
  readonly modelledFee: Money | null;
}

/** Costs as matching takes them, and whether a fee table stands in for the broker's word on any. */
export interface EffectiveCosts {
  readonly commission: Money | null;
  readonly fee: Money | null;
  readonly costsModelled: boolean;
}

/** The broker's word where there is one, else the fee table's. */
export function effectiveCosts(costs: FillCosts): EffectiveCosts {
  const { commission, fee, modelledCommission, modelledFee } = costs;
  return {
    commission: commission ?? modelledCommission,
    fee: fee ?? modelledFee,
    costsModelled:
      (commission === null && modelledCommission !== null) ||
      (fee === null && modelledFee !== null),
  };
}

/** True when the broker told all of it. */
export function allCostsKnown({ commission, fee, costsModelled }: EffectiveCosts): boolean {
  return commission !== null && fee !== null && !costsModelled;
}

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
