import { type PositionSide, positionSide, sign } from "./codes.js";
import type { Contract } from "./contract.js";
import { costShare } from "./cost.js";
import { scaledProduct } from "./decimal.js";
import type { Slice } from "./fifo.js";
import { type AccountId, compareText, type FillId, type FillKey, type OrderId } from "./ids.js";
import type { Instant } from "./instant.js";
import { type OpenLot, remaining } from "./lot.js";
import { addKnown, addMoney, type Money, PRICE_UNIT, type Price, ZERO } from "./money.js";

/** One lot slice closed by one fill slice: the finest level of closed trades, and the only source of P&L. */
export interface Match {
  readonly accountId: AccountId;
  readonly contractId: Contract["contractId"];
  readonly symbol: string;
  readonly root: string;
  readonly positionId: string;
  readonly side: PositionSide;
  readonly quantity: number;
  readonly entryFillId: FillId;
  readonly entryFillKey: FillKey;
  readonly entryOrderId: OrderId;
  readonly entryPrice: Price;
  readonly entryTimestamp: Instant;
  /** Contracts of the entry fill used before this match. */
  readonly entryOffset: number;
  readonly exitFillId: FillId;
  readonly exitFillKey: FillKey;
  readonly exitOrderId: OrderId;
  readonly exitPrice: Price;
  readonly exitTimestamp: Instant;
  readonly exitOffset: number;
  /** Extremes of the prices seen between entry and exit. */
  readonly lowPrice: Price;
  readonly highPrice: Price;
  /** (exit - entry) x sign x quantity x point value, US dollars. */
  readonly grossPnl: Money;
  /** Known costs of both sides; null when neither is known. */
  readonly commissions: Money | null;
  readonly fees: Money | null;
  /** True when commission and fee of both fills are known. */
  readonly costsKnown: boolean;
  readonly strategy: string | null;
}

/** Prices a slice. The entry's strategy is the match's. */
export function priceSlice(
  slice: Slice,
  accountId: AccountId,
  contract: Contract,
  positionId: string,
): Match {
  const { entry, exit, quantity, entryOffset, exitOffset } = slice;
  const entryEnd = entryOffset + quantity;
  const exitEnd = exitOffset + quantity;
  return {
    accountId,
    contractId: contract.contractId,
    symbol: contract.symbol,
    root: contract.root,
    positionId,
    side: positionSide(entry.side),
    quantity,
    entryFillId: entry.fillId,
    entryFillKey: entry.fillKey,
    entryOrderId: entry.orderId,
    entryPrice: entry.price,
    entryTimestamp: entry.executedAt,
    entryOffset,
    exitFillId: exit.fillId,
    exitFillKey: exit.fillKey,
    exitOrderId: exit.orderId,
    exitPrice: exit.price,
    exitTimestamp: exit.executedAt,
    exitOffset,
    lowPrice: slice.low,
    highPrice: slice.high,
    grossPnl: profit(entry.price, exit.price, sign(entry.side), quantity, contract.pointValue),
    commissions: addKnown(
      costShare(entry.commission, entry.quantity, entryOffset, entryEnd),
      costShare(exit.commission, exit.quantity, exitOffset, exitEnd),
    ),
    fees: addKnown(
      costShare(entry.fee, entry.quantity, entryOffset, entryEnd),
      costShare(exit.fee, exit.quantity, exitOffset, exitEnd),
    ),
    costsKnown:
      entry.commission !== null &&
      entry.fee !== null &&
      exit.commission !== null &&
      exit.fee !== null,
    strategy: entry.strategy,
  };
}

/** Dollars won by going from one price to the other; rounded to a millionth only off the tick. */
export function profit(
  from: Price,
  to: Price,
  direction: 1 | -1,
  quantity: number,
  pointValue: Money,
): Money {
  return scaledProduct([(to - from) * direction, quantity, pointValue], PRICE_UNIT, "P&L") as Money;
}

/** What open lots would win or lose at a price: gross, US dollars. */
export function unrealizedAt(lots: readonly OpenLot[], price: Price, pointValue: Money): Money {
  const results = lots.map((lot) => {
    const { side, price: entry } = lot.execution;
    return profit(entry, price, sign(side), remaining(lot), pointValue);
  });
  return addMoney(ZERO, ...results);
}

/** Canonical order: exit instant, exit fill, entry instant, entry fill, account, contract. */
export function compareClosed(a: ClosedPlace, b: ClosedPlace): number {
  return (
    a.exitTimestamp - b.exitTimestamp ||
    compareText(a.exitFillKey, b.exitFillKey) ||
    a.entryTimestamp - b.entryTimestamp ||
    compareText(a.entryFillKey, b.entryFillKey) ||
    compareText(a.accountId, b.accountId) ||
    compareText(a.contractId, b.contractId)
  );
}

export type ClosedPlace = Pick<
  Match,
  "exitTimestamp" | "exitFillKey" | "entryTimestamp" | "entryFillKey" | "accountId" | "contractId"
>;

/** The key of a match within its account: a pair of fills meets at most once. */
export function matchKey(match: Pick<Match, "entryFillKey" | "exitFillKey">): string {
  return `${match.exitFillKey}|${match.entryFillKey}`;
}
