import { type PositionSide, type Side, sign } from "./codes.js";
import type { Contract } from "./contract.js";
import type { AccountId, ContractId, FillKey, OrderId } from "./ids.js";
import type { Instant } from "./instant.js";
import type { LotQueue, PositionOpener } from "./lot.js";
import { remaining } from "./lot.js";
import type { Match } from "./match.js";
import { addMoney, type Money, type Price, subtractMoney, ZERO } from "./money.js";
import { averagePrice, closedFigures, netOf } from "./trade.js";

/** Flat to flat: from the fill that opens exposure to the one that brings it back to zero. */
export interface Position {
  readonly accountId: AccountId;
  readonly positionId: string;
  readonly symbol: string;
  readonly contractId: ContractId;
  readonly root: string;
  readonly side: PositionSide;
  readonly status: "open" | "closed";
  /** Contracts open now; 0 when closed. */
  readonly quantity: number;
  /** Open: average of the open lots. Closed: average of all entries. */
  readonly entryPrice: Price;
  readonly openedAt: Instant;
  readonly openFillKey: FillKey;
  /** Contracts of the opening fill that closed the position before. */
  readonly openFillOffset: number;
  /** The newest booked fill of the position. */
  readonly lastFillAt: Instant;
  readonly lastFillKey: FillKey;
  readonly closedAt: Instant | null;
  readonly entryOrderId: OrderId;
  readonly exitOrderId: OrderId | null;
  /** Sums over its matches so far. */
  readonly closedQuantity: number;
  readonly exitPrice: Price | null;
  readonly grossPnl: Money;
  readonly commissions: Money;
  readonly fees: Money;
  readonly netPnl: Money;
  /** How many matches know a commission, know a fee, and know all their costs. */
  readonly matchCount: number;
  readonly commissionMatches: number;
  readonly feeMatches: number;
  readonly costsKnownMatches: number;
  readonly mae: Money | null;
  readonly mfe: Money | null;
  readonly strategy: string | null;
  readonly stopLossOrderId: OrderId | null;
  readonly takeProfitOrderId: OrderId | null;
  /** The newest stored mark that its lots have seen while open. */
  readonly lastMarkAt: Instant | null;
}

/** The running sums of a position: added to and taken from match by match, so its length costs nothing. */
export type PositionSums = Pick<
  Position,
  | "closedQuantity"
  | "grossPnl"
  | "commissions"
  | "fees"
  | "matchCount"
  | "commissionMatches"
  | "feeMatches"
  | "costsKnownMatches"
>;

export const NO_SUMS: PositionSums = {
  closedQuantity: 0,
  grossPnl: ZERO,
  commissions: ZERO,
  fees: ZERO,
  matchCount: 0,
  commissionMatches: 0,
  feeMatches: 0,
  costsKnownMatches: 0,
};

export function addToSums(sums: PositionSums, match: Match, times: 1 | -1): PositionSums {
  const move = times === 1 ? addMoney : subtractMoney;
  return {
    closedQuantity: sums.closedQuantity + times * match.quantity,
    grossPnl: move(sums.grossPnl, match.grossPnl),
    commissions: move(sums.commissions, match.commissions ?? ZERO),
    fees: move(sums.fees, match.fees ?? ZERO),
    matchCount: sums.matchCount + times,
    commissionMatches: sums.commissionMatches + (match.commissions === null ? 0 : times),
    feeMatches: sums.feeMatches + (match.fees === null ? 0 : times),
    costsKnownMatches: sums.costsKnownMatches + (match.costsKnown ? times : 0),
  };
}

/** Who and where a position is, before any figure. */
export interface PositionHead {
  readonly accountId: AccountId;
  readonly positionId: string;
  readonly contract: Contract;
  readonly opener: PositionOpener;
  readonly side: PositionSide;
  readonly entryOrderId: OrderId;
  readonly strategy: string | null;
  readonly lastFillAt: Instant;
  readonly lastFillKey: FillKey;
  readonly lastMarkAt: Instant | null;
}

/** Signed contracts: bought positive, sold negative. */
export function signedQuantity(row: { readonly side: Side; readonly quantity: number }): number {
  return sign(row.side) * row.quantity;
}

/** Signed contracts that are held; 0 when there is no position, or it is closed. */
export function netQuantityOf(position: Position | null): number {
  if (position?.status !== "open") return 0;
  return position.side === "LONG" ? position.quantity : -position.quantity;
}

/** A position with open lots. */
export function openPosition(head: PositionHead, queue: LotQueue, sums: PositionSums): Position {
  const lots = queue.lots.map((lot) => ({ quantity: remaining(lot), price: lot.execution.price }));
  return positionOf(head, sums, {
    status: "open",
    quantity: lots.reduce((sum, lot) => sum + lot.quantity, 0),
    entryPrice: averagePrice(lots, (lot) => lot.price),
    closedAt: null,
    exitOrderId: null,
    exitPrice: null,
    netPnl: netOf(sums.grossPnl, sums.commissions, sums.fees),
    mae: null,
    mfe: null,
  });
}

/** A position that is flat again, from all its matches. */
export function closedPosition(
  head: PositionHead,
  matches: readonly Match[],
  sums: PositionSums,
): Position {
  const figures = closedFigures(matches, head.contract.pointValue);
  return positionOf(head, sums, {
    status: "closed",
    quantity: 0,
    entryPrice: figures.entryPrice,
    closedAt: figures.exitTimestamp,
    exitOrderId: figures.exitOrderId,
    exitPrice: figures.exitPrice,
    netPnl: figures.netPnl,
    mae: figures.mae,
    mfe: figures.mfe,
  });
}

type PositionState = Pick<
  Position,
  | "status"
  | "quantity"
  | "entryPrice"
  | "closedAt"
  | "exitOrderId"
  | "exitPrice"
  | "netPnl"
  | "mae"
  | "mfe"
>;

function positionOf(head: PositionHead, sums: PositionSums, state: PositionState): Position {
  const { contract, opener } = head;
  return {
    accountId: head.accountId,
    positionId: head.positionId,
    symbol: contract.symbol,
    contractId: contract.contractId,
    root: contract.root,
    side: head.side,
    status: state.status,
    quantity: state.quantity,
    entryPrice: state.entryPrice,
    openedAt: opener.executedAt,
    openFillKey: opener.fillKey,
    openFillOffset: opener.offset,
    lastFillAt: head.lastFillAt,
    lastFillKey: head.lastFillKey,
    closedAt: state.closedAt,
    entryOrderId: head.entryOrderId,
    exitOrderId: state.exitOrderId,
    closedQuantity: sums.closedQuantity,
    exitPrice: state.exitPrice,
    grossPnl: sums.grossPnl,
    commissions: sums.commissions,
    fees: sums.fees,
    netPnl: state.netPnl,
    matchCount: sums.matchCount,
    commissionMatches: sums.commissionMatches,
    feeMatches: sums.feeMatches,
    costsKnownMatches: sums.costsKnownMatches,
    mae: state.mae,
    mfe: state.mfe,
    strategy: head.strategy,
    stopLossOrderId: null,
    takeProfitOrderId: null,
    lastMarkAt: head.lastMarkAt,
  };
}
