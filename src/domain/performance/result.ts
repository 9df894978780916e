import type { OrderType, PositionSide } from "../codes.js";
import { type AccountId, type ContractId, type FillKey, matchId, type OrderId } from "../ids.js";
import { type Instant, secondsBetween } from "../instant.js";
import type { Match } from "../match.js";
import type { Money } from "../money.js";
import type { Position } from "../position.js";
import { closedFigures } from "../trade.js";

/** The levels at which what was closed can be counted; see `Match`, `Trade` and `Position`. */
export const RESULT_LEVELS = ["match", "trade", "position"] as const;
export type ResultLevel = (typeof RESULT_LEVELS)[number];

/** One closed match, trade or position, as the statistics see it. */
export interface Result {
  readonly accountId: AccountId;
  /** The id of the match, trade or position. */
  readonly resultId: string;
  readonly positionId: string;
  readonly contractId: ContractId;
  readonly symbol: string;
  readonly root: string;
  readonly side: PositionSide;
  readonly strategy: string | null;
  readonly entryOrderId: OrderId;
  readonly exitOrderId: OrderId;
  /** Null while the entry order is known only from its fills. */
  readonly entryOrderType: OrderType | null;
  readonly quantity: number;
  readonly entryTimestamp: Instant;
  readonly entryFillKey: FillKey;
  readonly exitTimestamp: Instant;
  readonly exitFillKey: FillKey;
  /** Whole seconds from the first entry to the last exit. */
  readonly durationSeconds: number;
  readonly grossPnl: Money;
  /** Known costs; null while none is known. */
  readonly commissions: Money | null;
  readonly fees: Money | null;
  readonly netPnl: Money;
  readonly costsKnown: boolean;
  /** At most 0 and at least 0, before costs. */
  readonly mae: Money;
  readonly mfe: Money;
}

/** A closed position as a result; null while it is open. */
export function positionResult(
  position: Position,
  entryOrderType: OrderType | null,
): Result | null {
  const { closedAt, exitOrderId, mae, mfe } = position;
  if (closedAt === null || exitOrderId === null || mae === null || mfe === null) return null;
  return {
    accountId: position.accountId,
    resultId: position.positionId,
    positionId: position.positionId,
    contractId: position.contractId,
    symbol: position.symbol,
    root: position.root,
    side: position.side,
    strategy: position.strategy,
    entryOrderId: position.entryOrderId,
    exitOrderId,
    entryOrderType,
    quantity: position.closedQuantity,
    entryTimestamp: position.openedAt,
    entryFillKey: position.openFillKey,
    exitTimestamp: closedAt,
    exitFillKey: position.lastFillKey,
    durationSeconds: secondsBetween(position.openedAt, closedAt),
    grossPnl: position.grossPnl,
    commissions: position.commissionMatches === 0 ? null : position.commissions,
    fees: position.feeMatches === 0 ? null : position.fees,
    netPnl: position.netPnl,
    costsKnown: position.costsKnownMatches === position.matchCount,
    mae,
    mfe,
  };
}

/** A match as a result. Its excursions need the contract's point value. */
export function matchResult(
  match: Match,
  pointValue: Money,
  entryOrderType: OrderType | null,
): Result {
  const { netPnl, mae, mfe, durationSeconds } = closedFigures([match], pointValue);
  return {
    accountId: match.accountId,
    resultId: matchId(match.entryFillId, match.exitFillId),
    positionId: match.positionId,
    contractId: match.contractId,
    symbol: match.symbol,
    root: match.root,
    side: match.side,
    strategy: match.strategy,
    entryOrderId: match.entryOrderId,
    exitOrderId: match.exitOrderId,
    entryOrderType,
    quantity: match.quantity,
    entryTimestamp: match.entryTimestamp,
    entryFillKey: match.entryFillKey,
    exitTimestamp: match.exitTimestamp,
    exitFillKey: match.exitFillKey,
    durationSeconds,
    grossPnl: match.grossPnl,
    commissions: match.commissions,
    fees: match.fees,
    netPnl,
    costsKnown: match.costsKnown,
    mae,
    mfe,
  };
}
