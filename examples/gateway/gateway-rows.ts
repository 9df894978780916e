import type { GatewayAccount, GatewayPosition, GatewayTrade } from "./gateway-account.js";
import { ACTION, isTerminal, POSITION_TYPE, STATUS } from "./gateway-codes.js";
import { averagePoints, type GatewayContract, pointsOf } from "./gateway-contracts.js";
import { type GatewayOrder, orderRow, trailOf } from "./gateway-order.js";
import { restTime, streamTime } from "./gateway-time.js";

type Row = Record<string, unknown>;

/** An event of the user hub, as it is on the wire. */
export interface HubEvent {
  readonly event: HubEventName;
  readonly accountId: number;
  readonly payload: { readonly action: number; readonly data: Readonly<Row> };
}

export type HubEventName =
  | "GatewayUserAccount"
  | "GatewayUserOrder"
  | "GatewayUserPosition"
  | "GatewayUserTrade";

const dollars = (micros: number): number => micros / 1e6;

export function accountRow(account: GatewayAccount): Row {
  const { id, name, canTrade } = account;
  const balance = dollars(account.balanceMicros);
  return { id, name, balance, canTrade, isVisible: true, simulated: true };
}

export function positionRow(
  accountId: number,
  position: GatewayPosition,
  time: typeof restTime,
): Row {
  const { contract, held } = position;
  const type = held > 0 ? POSITION_TYPE.long : POSITION_TYPE.short;
  return {
    id: position.id,
    accountId,
    contractId: contract.id,
    creationTimestamp: time(position.openedUs),
    type: held === 0 ? POSITION_TYPE.none : type,
    size: Math.abs(held),
    averagePrice: averagePoints(contract, position.averageTicks, position.averageSize),
  };
}

/** The model of Trade/search. */
export function tradeRow(trade: GatewayTrade, time: typeof restTime): Row {
  const { order } = trade;
  return {
    id: trade.id,
    accountId: order.accountId,
    contractId: order.contract.id,
    creationTimestamp: time(trade.createdUs),
    price: pointsOf(order.contract, trade.price),
    profitAndLoss: trade.grossMicros === null ? null : dollars(trade.grossMicros),
    fees: dollars(trade.feeMicros),
    side: order.side,
    size: trade.size,
    voided: trade.voided,
    orderId: order.id,
  };
}

/** Beside the swagger's fields; whether REST tells it is up to the gateway's options. */
export const commissionsOf = (trade: GatewayTrade): number => dollars(trade.commissionMicros);

export function contractRow(contract: GatewayContract, us: number): Row {
  const { id, name, title, symbolId } = contract;
  return {
    id,
    name,
    description: `${title}: ${contract.displayName}`,
    tickSize: pointsOf(contract, 1),
    tickValue: dollars(contract.tickValueMicros),
    activeContract: us < contract.expiresUs,
    symbolId,
  };
}

export function accountEvent(account: GatewayAccount): HubEvent {
  return hubEvent("GatewayUserAccount", account.id, ACTION.update, accountRow(account));
}

export function orderEvent(order: GatewayOrder): HubEvent {
  const gone = isTerminal(order.status) && order.status !== STATUS.rejected;
  const action = gone ? ACTION.remove : ACTION.update;
  const data = { ...orderRow(order, streamTime), ...trailOf(order) };
  return hubEvent("GatewayUserOrder", order.accountId, action, withoutNulls(data));
}

export function positionEvent(accountId: number, position: GatewayPosition): HubEvent {
  const action = position.lots.length === 0 ? ACTION.remove : ACTION.update;
  const data = positionRow(accountId, position, streamTime);
  data.contractDisplayName = position.contract.displayName;
  return hubEvent("GatewayUserPosition", accountId, action, data);
}

export function tradeEvent(trade: GatewayTrade): HubEvent {
  const data = tradeRow(trade, streamTime);
  if (!trade.lateCommission) data.commissions = commissionsOf(trade);
  const action = trade.voided ? ACTION.update : ACTION.add;
  return hubEvent("GatewayUserTrade", trade.order.accountId, action, withoutNulls(data));
}

function hubEvent(event: HubEventName, accountId: number, action: number, data: Row): HubEvent {
  return { event, accountId, payload: { action, data } };
}

/** Fields without a value are left out on the wire. */
function withoutNulls(row: Row): Row {
  for (const [field, value] of Object.entries(row)) if (value === null) delete row[field];
  return row;
}
