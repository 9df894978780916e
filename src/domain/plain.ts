import type { Account } from "./account.js";
import type { Adoption } from "./adoption.js";
import type { CashMovement } from "./cash.js";
import type { Contract } from "./contract.js";
import type { DayTotals } from "./daily.js";
import { type Fill, originOfOrder } from "./fill.js";
import { matchId } from "./ids.js";
import { formatInstant, type Instant } from "./instant.js";
import type { Match } from "./match.js";
import { type Money, moneyToNumber, type Price, priceToNumber } from "./money.js";
import type { Order } from "./order.js";
import type { OrderIntent } from "./order-intent.js";
import type { Position } from "./position.js";
import type { FoundDifference, Reconciliation, SyncRun } from "./reconciliation.js";
import { type AccountSnapshot, equityAt, type PositionSnapshot, snapshotDay } from "./snapshot.js";
import { closedFigures, type Trade } from "./trade.js";

/**
 * Rows as programs outside read them: camelCase, numbers for money (US dollars) and prices (points), ISO-8601
 * strings for instants, ids as strings. The same on the command line and over HTTP.
 */
export type PlainValue = string | number | boolean | null;
export type PlainRow = Readonly<Record<string, PlainValue>>;

const money = (value: Money | null): number | null =>
  value === null ? null : moneyToNumber(value);
const price = (value: Price | null): number | null =>
  value === null ? null : priceToNumber(value);
const time = (value: Instant | null): string | null =>
  value === null ? null : formatInstant(value);

export function plainAccount(account: Account): PlainRow {
  return {
    accountId: account.accountId,
    accountName: account.accountName,
    accountType: account.accountType,
    startingBalance: money(account.startingBalance),
  };
}

export function plainContract(contract: Contract): PlainRow {
  return {
    symbol: contract.symbol,
    contractId: contract.contractId,
    root: contract.root,
    exchange: contract.exchange,
    tickSize: price(contract.tickSize),
    tickValue: price(contract.tickValue),
    pointValue: money(contract.pointValue),
    name: contract.name,
  };
}

export function plainOrder(order: Order): PlainRow {
  return {
    accountId: order.accountId,
    orderId: order.orderId,
    symbol: order.symbol,
    contractId: order.contractId,
    root: order.root,
    side: order.side,
    orderType: order.orderType,
    quantity: order.quantity,
    limitPrice: price(order.limitPrice),
    stopPrice: price(order.stopPrice),
    trailAmount: price(order.trailAmount),
    status: order.status,
    filledQuantity: order.filledQuantity,
    remainingQuantity: order.remainingQuantity,
    averageFillPrice: price(order.averageFillPrice),
    parentOrderId: order.parentOrderId,
    linkedOrderId: order.linkedOrderId,
    stopLossOrderId: order.stopLossOrderId,
    takeProfitOrderId: order.takeProfitOrderId,
    createdAt: time(order.createdAt),
    submittedAt: time(order.submittedAt),
    filledAt: time(order.filledAt),
    cancelledAt: time(order.cancelledAt),
    customTag: order.customTag,
    strategy: order.strategy,
    rejectionReason: order.rejectionReason,
    notes: order.notes,
    origin: originOfOrder(order.orderId),
  };
}

export function plainIntent(intent: OrderIntent): PlainRow {
  return {
    accountId: intent.accountId,
    customTag: intent.customTag,
    contractId: intent.contractId,
    side: intent.side,
    orderType: intent.orderType,
    quantity: intent.quantity,
    limitPrice: price(intent.limitPrice),
    stopPrice: price(intent.stopPrice),
    trailAmount: price(intent.trailAmount),
    state: intent.state,
    orderId: intent.orderId,
    reason: intent.reason,
    createdAt: time(intent.createdAt),
    settledAt: time(intent.settledAt),
  };
}

export function plainSyncRun(run: SyncRun): PlainRow {
  return {
    accountId: run.accountId,
    runId: run.runId,
    reason: run.reason,
    state: run.state,
    startedAt: time(run.startedAt),
    endedAt: time(run.endedAt),
    from: time(run.fromAt),
    through: time(run.throughAt),
    gapFrom: time(run.gapFrom),
    gapTo: time(run.gapTo),
    newOrders: run.newOrders,
    changedOrders: run.changedOrders,
    newFills: run.newFills,
    changedFills: run.changedFills,
    differences: run.differences,
    message: run.message,
  };
}

export function plainReconciliation(row: Reconciliation): PlainRow {
  return {
    accountId: row.accountId,
    differenceId: row.differenceId,
    runId: row.runId,
    ...plainDifference(row),
    count: row.count,
    firstSeenAt: time(row.firstSeenAt),
    lastSeenAt: time(row.lastSeenAt),
    healedAt: time(row.healedAt),
  };
}

export function plainDifference(found: FoundDifference): PlainRow {
  const { kind, subject, ours, theirs, healed, remedy } = found;
  return { kind, subject, ours, theirs, healed, remedy };
}

export function plainFill(fill: Fill): PlainRow {
  return {
    accountId: fill.accountId,
    fillId: fill.fillId,
    orderId: fill.orderId,
    symbol: fill.symbol,
    contractId: fill.contractId,
    root: fill.root,
    side: fill.side,
    quantity: fill.quantity,
    price: price(fill.price),
    commission: money(fill.commission),
    fee: money(fill.fee),
    modelledCommission: money(fill.modelledCommission),
    modelledFee: money(fill.modelledFee),
    executionTimestamp: time(fill.executedAt),
    standIn: fill.standIn,
    revision: fill.revision,
    origin: fill.origin,
  };
}

/** With the bookkeeping that canonical state leaves out. */
export function plainFillWithBookkeeping(fill: Fill): PlainRow {
  return {
    ...plainFill(fill),
    state: fill.state,
    brokerPnl: money(fill.brokerPnl),
    source: fill.source,
    checksum: fill.checksum,
  };
}

interface ClosedRow {
  readonly accountId: string;
  readonly symbol: string;
  readonly contractId: string;
  readonly root: string;
  readonly side: string;
  readonly quantity: number;
  readonly entryPrice: Price;
  readonly entryTimestamp: Instant;
  readonly exitPrice: Price | null;
  readonly exitTimestamp: Instant | null;
  readonly grossPnl: Money;
  readonly commissions: Money | null;
  readonly fees: Money | null;
  readonly netPnl: Money;
  readonly costsKnown: boolean;
  readonly entryOrderId: string;
  readonly exitOrderId: string | null;
  readonly tradeId: string;
  readonly strategy: string | null;
  readonly mae: Money | null;
  readonly mfe: Money | null;
  readonly costsModelled: boolean;
}

function plainClosed(row: ClosedRow): PlainRow {
  return {
    accountId: row.accountId,
    symbol: row.symbol,
    contractId: row.contractId,
    root: row.root,
    side: row.side,
    quantity: row.quantity,
    entryPrice: price(row.entryPrice),
    entryTimestamp: time(row.entryTimestamp),
    exitPrice: price(row.exitPrice),
    exitTimestamp: time(row.exitTimestamp),
    grossPnl: money(row.grossPnl),
    commissions: money(row.commissions),
    fees: money(row.fees),
    netPnl: money(row.netPnl),
    costsKnown: row.costsKnown,
    entryOrderId: row.entryOrderId,
    exitOrderId: row.exitOrderId,
    tradeId: row.tradeId,
    strategy: row.strategy,
    mae: money(row.mae),
    mfe: money(row.mfe),
    costsModelled: row.costsModelled,
  };
}

export const plainTrade = (trade: Trade): PlainRow => plainClosed(trade);

export function plainMatch(match: Match, pointValue: Money): PlainRow {
  const { netPnl, mae, mfe } = closedFigures([match], pointValue);
  const tradeId = matchId(match.entryFillId, match.exitFillId);
  return {
    ...plainClosed({ ...match, netPnl, mae, mfe, tradeId }),
    entryFillId: match.entryFillId,
    exitFillId: match.exitFillId,
  };
}

/** A closed position as one trade, flat to flat. */
export function plainClosedPosition(position: Position): PlainRow {
  return plainClosed({
    ...position,
    ...positionCosts(position),
    quantity: position.closedQuantity,
    entryTimestamp: position.openedAt,
    exitTimestamp: position.closedAt,
    tradeId: position.positionId,
  });
}

export function plainPosition(position: Position): PlainRow {
  const costs = positionCosts(position);
  return {
    accountId: position.accountId,
    positionId: position.positionId,
    symbol: position.symbol,
    contractId: position.contractId,
    root: position.root,
    side: position.side,
    status: position.status,
    quantity: position.quantity,
    entryPrice: price(position.entryPrice),
    openedAt: time(position.openedAt),
    closedAt: time(position.closedAt),
    closedQuantity: position.closedQuantity,
    realizedGrossPnl: money(position.grossPnl),
    commissions: money(costs.commissions),
    fees: money(costs.fees),
    realizedNetPnl: money(position.netPnl),
    // Nothing realised has no costs, known or not.
    costsKnown: position.matchCount === 0 ? null : costs.costsKnown,
    entryOrderId: position.entryOrderId,
    strategy: position.strategy,
    costsModelled: position.matchCount === 0 ? null : costs.costsModelled,
    origin: originOfOrder(position.entryOrderId),
  };
}

/** A sum of costs is null while no match knows any. */
function positionCosts(position: Position) {
  return {
    commissions: position.commissionMatches === 0 ? null : position.commissions,
    fees: position.feeMatches === 0 ? null : position.fees,
    costsKnown: position.costsKnownMatches === position.matchCount,
    costsModelled: position.modelledMatches > 0,
  };
}

export function plainDay(day: DayTotals): PlainRow {
  return {
    accountId: day.accountId,
    tradingDay: day.tradingDay,
    grossPnl: money(day.grossPnl),
    commissions: money(day.commissions),
    fees: money(day.fees),
    netPnl: money(day.netPnl),
    costsKnown: day.unknownCostFills === 0,
    fillCount: day.fillCount,
    volume: day.volume,
  };
}

export function plainCash(movement: CashMovement): PlainRow {
  return {
    accountId: movement.accountId,
    movementId: movement.movementId,
    type: movement.type,
    amount: money(movement.amount),
    at: time(movement.at),
    reason: movement.reason,
    source: movement.source,
    voidedAt: time(movement.voidedAt),
    voidReason: movement.voidReason,
  };
}

export function plainAdoption(adoption: Adoption): PlainRow {
  return {
    accountId: adoption.accountId,
    revision: adoption.revision,
    at: time(adoption.at),
    balance: money(adoption.balance),
    highestEodBalance: money(adoption.highestEodBalance),
    payoutCount: adoption.payoutCount,
    payoutTotal: money(adoption.payoutTotal),
    startOfDayBalance: money(adoption.before.startOfDayBalance),
    intradayPeak: money(adoption.before.intradayPeak),
    bestDay: money(adoption.before.bestDay),
    tradingDays: adoption.before.tradingDays,
    winningDays: adoption.before.winningDays,
    openLots: adoption.lots.length,
    reason: adoption.reason,
    source: adoption.source,
  };
}

export function plainSnapshot(snapshot: AccountSnapshot): PlainRow {
  return {
    accountId: snapshot.accountId,
    tradingDay: snapshotDay(snapshot),
    timestamp: time(snapshot.at),
    snapshotType: snapshot.type,
    epoch: snapshot.epoch,
    balance: money(snapshot.balance),
    realizedPnl: money(snapshot.grossPnl),
    commissions: money(snapshot.commissions),
    fees: money(snapshot.fees),
    cash: money(snapshot.cash),
    unrealizedPnl: money(snapshot.unrealizedPnl),
    equity: money(equityAt(snapshot)),
    unvalued: unvalued(snapshot),
    highestEodBalance: money(snapshot.highestEodBalance),
    closedAt: time(snapshot.closedAt),
    brokerBalance: money(snapshot.brokerBalance),
    drift: money(snapshot.drift),
    brokerCanTrade: snapshot.brokerCanTrade,
  };
}

/** Why a snapshot has no unrealised result; null when it has one. */
function unvalued({ unrealizedPnl, type, closedAt }: AccountSnapshot): string | null {
  if (unrealizedPnl !== null) return null;
  if (type !== "eod") return "it was not told";
  const isClosed = closedAt !== null;
  return isClosed
    ? "an open contract has no known price"
    : "not closed, or an open contract has no known price";
}

export function plainPositionSnapshot(snapshot: PositionSnapshot): PlainRow {
  return {
    accountId: snapshot.accountId,
    tradingDay: snapshotDay({ at: snapshot.at, type: "eod" }),
    timestamp: time(snapshot.at),
    positionId: snapshot.positionId,
    symbol: snapshot.symbol,
    contractId: snapshot.contractId,
    root: snapshot.root,
    side: snapshot.side,
    quantity: snapshot.quantity,
    entryPrice: price(snapshot.entryPrice),
    unrealizedPnl: money(snapshot.unrealizedPnl),
  };
}
