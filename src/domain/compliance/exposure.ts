import { scaledProduct } from "../decimal.js";
import { type ContractId, compareText } from "../ids.js";
import { addMoney, type Money, PRICE_UNIT, type Price, subtractMoney, ZERO } from "../money.js";

/** What compliance has to know of a contract. */
export interface PricedContract {
  readonly contractId: ContractId;
  readonly root: string;
  /** US dollars per point and contract. */
  readonly pointValue: Money;
}

/** What an account holds in one contract. */
export interface OpenExposure extends PricedContract {
  /** Contracts, negative when short; never 0. */
  readonly quantity: number;
  /** Signed quantity x entry price x point value, summed over the open lots. */
  readonly value: Money;
  /** The last price seen: a fill's or a mark's. */
  readonly price: Price;
}

/** Signed quantity x price x point value. */
export function valueAt(pointValue: Money, quantity: number, price: Price): Money {
  return scaledProduct([pointValue, quantity, price], PRICE_UNIT, "value of a position") as Money;
}

/** The open result of one contract at a price. */
export function resultAt(exposure: OpenExposure, price: Price): Money {
  return subtractMoney(valueAt(exposure.pointValue, exposure.quantity, price), exposure.value);
}

/** Open result of all contracts, each at the last price seen. */
export function unrealisedOf(open: readonly OpenExposure[]): Money {
  let sum: Money = ZERO;
  for (const exposure of open) sum = addMoney(sum, resultAt(exposure, exposure.price));
  return sum;
}

/**
 * Exposure after a fill. What the fill realised is no longer in the value of what is open, whichever lots it
 * closed: value after = value before + fill's value + gross.
 */
export function exposureAfter(
  open: readonly OpenExposure[],
  contract: PricedContract,
  fill: { readonly quantity: number; readonly price: Price; readonly gross: Money },
): readonly OpenExposure[] {
  const { contractId, root, pointValue } = contract;
  const { quantity: filled, price, gross } = fill;
  const before = open.find((exposure) => exposure.contractId === contractId);
  const others = open.filter((exposure) => exposure.contractId !== contractId);
  const quantity = (before?.quantity ?? 0) + filled;
  if (quantity === 0) return others;
  const filledValue = valueAt(pointValue, filled, price);
  const value = addMoney(before?.value ?? ZERO, filledValue, gross);
  const after = { contractId, root, pointValue, quantity, value, price };
  return [...others, after].sort((a, b) => compareText(a.contractId, b.contractId));
}

/** Exposure once another price was seen; the same where the contract is not held. */
export function exposureAt(
  open: readonly OpenExposure[],
  contractId: ContractId,
  price: Price,
): readonly OpenExposure[] {
  const held = open.some((exposure) => exposure.contractId === contractId);
  if (!held) return open;
  return open.map((exposure) =>
    exposure.contractId === contractId ? { ...exposure, price } : exposure,
  );
}

/** Roots that count as micros where a firm counts them apart from minis. */
const MICRO_ROOTS: ReadonlySet<string> = new Set([
  "MES",
  "MNQ",
  "MYM",
  "M2K",
  "MBT",
  "MET",
  "MCL",
  "MNG",
  "MGC",
  "SIL",
  "MHG",
  "M6A",
  "M6B",
  "M6E",
]);

/** A contract's weight against a size limit: a mini weighs as much as its micros. */
export function unitsOf(root: string, microRatio: number): number {
  return MICRO_ROOTS.has(root) ? 1 : microRatio;
}

/** The whole position in micros, long and short alike. */
export function heldUnits(open: readonly OpenExposure[], microRatio: number): number {
  return open.reduce(
    (sum, { quantity, root }) => sum + Math.abs(quantity) * unitsOf(root, microRatio),
    0,
  );
}
