import type { PaperContract } from "./paper-market.js";

/** An event as the gateway's user hub sends it. */
export interface GatewayEvent {
  readonly event:
    | "GatewayUserAccount"
    | "GatewayUserOrder"
    | "GatewayUserPosition"
    | "GatewayUserTrade";
  readonly payload: { readonly action: number; readonly data: unknown };
}

/** The gateway's own codes. */
export const SIDE = { buy: 0, sell: 1 } as const;
export const ORDER_TYPE = { limit: 1, market: 2, stop: 4 } as const;
export const STATUS = {
  open: 1,
  filled: 2,
  cancelled: 3,
  rejected: 5,
  pending: 6,
  suspended: 8,
} as const;
const ACTION = { add: 0, update: 1, remove: 2 } as const;
const POSITION_TYPE = { none: 0, long: 1, short: 2 } as const;

/** An order as the broker keeps it. */
export interface PaperOrder {
  readonly contract: PaperContract;
  readonly id: number;
  readonly side: number;
  readonly size: number;
  readonly type: number;
  readonly customTag: string;
  readonly creationTimestamp: string;
  readonly parentOrderId?: number | undefined;
  readonly linkedOrderId?: number | undefined;
  updateTimestamp: string;
  status: number;
  limitPrice?: number | undefined;
  stopPrice?: number | undefined;
  fillVolume: number;
  filledPrice?: number;
}

/** One fill of an order. */
export interface PaperTrade {
  readonly id: number;
  readonly order: PaperOrder;
  readonly size: number;
  readonly price: number;
  /** Gross US dollars; null when it closed nothing. */
  readonly gross: number | null;
  readonly fees: number;
  readonly commissions: number;
}

export interface PaperPosition {
  readonly id: number;
  readonly contract: PaperContract;
  /** Contracts held; negative when short. */
  readonly held: number;
  readonly averagePrice: number;
}

export function accountEvent(account: {
  readonly id: number;
  readonly name: string;
  readonly balance: number;
}): GatewayEvent {
  const { id, name, balance } = account;
  const data = { id, name, balance, canTrade: true, isVisible: true, simulated: true };
  return gatewayEvent("GatewayUserAccount", ACTION.update, data);
}

export function orderEvent(accountId: number, order: PaperOrder): GatewayEvent {
  const { id, contract, ...rest } = order;
  const { contractId, symbolId } = contract;
  const data = { id, accountId, contractId, symbolId, ...rest };
  return gatewayEvent("GatewayUserOrder", ACTION.update, data);
}

export function tradeEvent(accountId: number, trade: PaperTrade, timestamp: string): GatewayEvent {
  const { id, order, gross, ...rest } = trade;
  return gatewayEvent("GatewayUserTrade", ACTION.add, {
    id,
    accountId,
    contractId: order.contract.contractId,
    creationTimestamp: timestamp,
    profitAndLoss: gross ?? undefined,
    ...rest,
    side: order.side,
    voided: false,
    orderId: order.id,
  });
}

export function positionEvent(
  accountId: number,
  position: PaperPosition,
  timestamp: string,
): GatewayEvent {
  const { id, contract, held, averagePrice } = position;
  const { none, long, short } = POSITION_TYPE;
  return gatewayEvent("GatewayUserPosition", held === 0 ? ACTION.remove : ACTION.update, {
    id,
    accountId,
    contractId: contract.contractId,
    contractDisplayName: contract.displayName,
    creationTimestamp: timestamp,
    type: held === 0 ? none : held > 0 ? long : short,
    size: Math.abs(held),
    averagePrice,
  });
}

/** Passes through JSON, as on the wire: fields without a value are left out. */
function gatewayEvent(event: GatewayEvent["event"], action: number, data: object): GatewayEvent {
  return { event, payload: { action, data: JSON.parse(JSON.stringify(data)) } };
}
