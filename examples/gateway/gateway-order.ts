import { STATUS } from "./gateway-codes.js";
import { averagePoints, type GatewayContract, pointsOf } from "./gateway-contracts.js";
import type { restTime } from "./gateway-time.js";

/** An order as the broker keeps it. Prices are in ticks. */
export interface GatewayOrder {
  readonly id: number;
  readonly accountId: number;
  readonly contract: GatewayContract;
  readonly side: number;
  readonly type: number;
  readonly customTag: string | null;
  readonly createdUs: number;
  /** Of a bracket's child: its entry. */
  readonly parent: GatewayOrder | null;
  /** Of a bracket's child: how far from the entry's price it comes to lie, in ticks. */
  readonly distance: number;
  linkedOrderId: number | null;
  size: number;
  status: number;
  limit: number | null;
  stop: number | null;
  /** Of a trailing stop: how far behind the market it follows. */
  trail: number | null;
  /** Of a stop-limit: whether it lies in the book as a limit by now. */
  triggered: boolean;
  updatedUs: number;
  fillVolume: number;
  /** Sum of price times size over its fills. */
  filledTicks: number;
}

/** What may still fill, sooner or later. */
export const isAlive = (order: GatewayOrder): boolean =>
  order.status === STATUS.open ||
  order.status === STATUS.pending ||
  order.status === STATUS.pendingCancellation ||
  order.status === STATUS.suspended;

type Row = Record<string, unknown>;

/** The model of Order/search; the links are there only when set. */
export function orderRow(order: GatewayOrder, time: typeof restTime): Row {
  const { contract, fillVolume } = order;
  const row: Row = {
    id: order.id,
    accountId: order.accountId,
    contractId: contract.id,
    symbolId: contract.symbolId,
    creationTimestamp: time(order.createdUs),
    updateTimestamp: time(order.updatedUs),
    status: order.status,
    type: order.type,
    side: order.side,
    size: order.size,
    limitPrice: order.limit === null ? null : pointsOf(contract, order.limit),
    stopPrice: order.stop === null ? null : pointsOf(contract, order.stop),
    fillVolume,
    filledPrice: fillVolume === 0 ? null : averagePoints(contract, order.filledTicks, fillVolume),
    customTag: order.customTag,
  };
  if (order.parent) row.parentOrderId = order.parent.id;
  if (order.linkedOrderId !== null) row.linkedOrderId = order.linkedOrderId;
  return row;
}

/** What only the hub adds to an order. */
export function trailOf(order: GatewayOrder): Row {
  if (order.trail === null) return {};
  const sign = order.side === 0 ? 1 : -1;
  const price = order.stop === null ? {} : { trailPrice: pointsOf(order.contract, order.stop) };
  return { trailDistance: sign * order.trail, ...price };
}
