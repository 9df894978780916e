import type { Account } from "../../src/domain/account.js";
import { type Contract, ProductCatalog } from "../../src/domain/contract.js";
import type { DayTotals } from "../../src/domain/daily.js";
import type { Fill } from "../../src/domain/fill.js";
import { type AccountId, fillId, fillKey, orderId } from "../../src/domain/ids.js";
import { type Instant, parseInstant } from "../../src/domain/instant.js";
import type { OpenLot } from "../../src/domain/lot.js";
import type { Match } from "../../src/domain/match.js";
import { type Money, type Price, parseMoney, parsePrice } from "../../src/domain/money.js";
import { type Order, placeholder } from "../../src/domain/order.js";
import type { Position } from "../../src/domain/position.js";
import type { Trade } from "../../src/domain/trade.js";
import { parseTradingDay } from "../../src/domain/trading-day.js";

/** Rows as a store gets them, filled with what matters little; a test says what matters to it. */

export const money = (value: string): Money => parseMoney(value, "money");
export const price = (value: string): Price => parsePrice(value, "price");

/** Microseconds after a morning in August. */
export const moment = (micros: number): Instant => (START + micros) as Instant;
const START = parseInstant("2026-08-19T13:30:00Z", "start");

export function contractNamed(symbol: string): Contract {
  return new ProductCatalog().resolve(symbol, START);
}
export const MNQ = contractNamed("MNQU26");
export const MES = contractNamed("MESU26");

export function accountRow(accountId: AccountId, more: Partial<Account> = {}): Account {
  return {
    accountId,
    accountName: accountId,
    accountType: "practice",
    startingBalance: money("0"),
    createdAt: moment(0),
    ...more,
  };
}

const whatOf = ({ symbol, contractId, root }: Contract) => ({ symbol, contractId, root });

export function orderRow(accountId: AccountId, id: string, more: Partial<Order> = {}): Order {
  const facts = { ...whatOf(MNQ), side: "BUY" as const, createdAt: moment(0) };
  const order = placeholder({ accountId, orderId: orderId(id), ...facts });
  return { ...order, checksum: "0123456789abcdef", ...more };
}

export function fillRow(order: Order, id: string, micros: number, more: Partial<Fill> = {}): Fill {
  const { accountId, symbol, contractId, root, side } = order;
  const standIn = more.standIn ?? false;
  return {
    accountId,
    fillId: fillId(id),
    fillKey: fillKey(fillId(id), standIn),
    orderId: order.orderId,
    symbol,
    contractId,
    root,
    side,
    quantity: 1,
    price: price("20000"),
    commission: null,
    fee: null,
    executedAt: moment(micros),
    revision: 0,
    state: "booked",
    standIn,
    brokerPnl: null,
    source: "test",
    origin: "broker",
    checksum: "0123456789abcdef",
    ...more,
  };
}

export function lotOf(fill: Fill, more: Partial<OpenLot> = {}): OpenLot {
  const { fillId: id, fillKey: key, orderId: order, side, quantity } = fill;
  const { commission, fee, executedAt } = fill;
  return {
    execution: {
      fillId: id,
      fillKey: key,
      orderId: order,
      side,
      quantity,
      price: fill.price,
      commission,
      fee,
      executedAt,
      strategy: null,
    },
    consumed: 0,
    low: fill.price,
    high: fill.price,
    ...more,
  };
}

export function matchOf(entry: Fill, exit: Fill, more: Partial<Match> = {}): Match {
  const { accountId, contractId, symbol, root } = entry;
  return {
    accountId,
    contractId,
    symbol,
    root,
    positionId: "position",
    side: "LONG",
    quantity: 1,
    entryFillId: entry.fillId,
    entryFillKey: entry.fillKey,
    entryOrderId: entry.orderId,
    entryPrice: entry.price,
    entryTimestamp: entry.executedAt,
    entryOffset: 0,
    exitFillId: exit.fillId,
    exitFillKey: exit.fillKey,
    exitOrderId: exit.orderId,
    exitPrice: exit.price,
    exitTimestamp: exit.executedAt,
    exitOffset: 0,
    lowPrice: entry.price,
    highPrice: exit.price,
    grossPnl: money("0"),
    commissions: null,
    fees: null,
    costsKnown: false,
    strategy: null,
    ...more,
  };
}

export function tradeOf(match: Match, tradeId: string, more: Partial<Trade> = {}): Trade {
  const { entryFillId: _, exitFillId: __, entryOffset: ___, exitOffset: ____, ...rest } = match;
  const { lowPrice: _____, highPrice: ______, ...told } = rest;
  return {
    ...told,
    tradeId,
    netPnl: match.grossPnl,
    durationSeconds: 0,
    mae: money("0"),
    mfe: money("0"),
    pointValue: money("2"),
    ...more,
  };
}

export function positionOf(
  opener: Fill,
  positionId: string,
  more: Partial<Position> = {},
): Position {
  const { accountId, symbol, contractId, root, executedAt, fillKey: key } = opener;
  return {
    accountId,
    positionId,
    symbol,
    contractId,
    root,
    side: "LONG",
    status: "open",
    quantity: 1,
    entryPrice: opener.price,
    openedAt: executedAt,
    openFillKey: key,
    openFillOffset: 0,
    lastFillAt: executedAt,
    lastFillKey: key,
    closedAt: null,
    entryOrderId: opener.orderId,
    exitOrderId: null,
    closedQuantity: 0,
    exitPrice: null,
    grossPnl: money("0"),
    commissions: money("0"),
    fees: money("0"),
    netPnl: money("0"),
    matchCount: 0,
    commissionMatches: 0,
    feeMatches: 0,
    costsKnownMatches: 0,
    mae: null,
    mfe: null,
    strategy: null,
    stopLossOrderId: null,
    takeProfitOrderId: null,
    lastMarkAt: null,
    ...more,
  };
}

export function dayRow(
  accountId: AccountId,
  day: string,
  more: Partial<DayTotals> = {},
): DayTotals {
  return {
    accountId,
    tradingDay: parseTradingDay(day),
    grossPnl: money("0"),
    commissions: money("0"),
    fees: money("0"),
    netPnl: money("0"),
    fillCount: 0,
    unknownCostFills: 0,
    volume: 0,
    ...more,
  };
}
