import type { OrderStatus, OrderType, Side } from "./codes.js";
import type { Contract } from "./contract.js";
import type { AccountId, ContractId, OrderId } from "./ids.js";
import type { Instant, InstantInput } from "./instant.js";
import type { DecimalInput, Price } from "./money.js";

/**
 * An instruction to the broker and what became of it. Type, quantity and status are null for a placeholder:
 * an order known only from its fills, all overwritten when the order itself comes.
 */
export interface Order extends ReportedFields {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly symbol: string;
  readonly contractId: ContractId;
  readonly root: string;
  readonly side: Side;
  readonly status: OrderStatus | null;
  /** The larger of the broker's word and the sum of the booked fills. */
  readonly filledQuantity: number;
  /** quantity - filledQuantity; null while the quantity is unknown. */
  readonly remainingQuantity: number | null;
  /** From the booked fills where there are any, else the broker's word. */
  readonly averageFillPrice: Price | null;
  readonly filledAt: Instant | null;
  readonly createdAt: Instant;
  /** Sum of the booked fills. */
  readonly bookedQuantity: number;
  /** The broker's own filled quantity; only grows. */
  readonly brokerFilledQuantity: number;
  /** Contracts of the stand-in made for this order, if one was. */
  readonly standInQuantity: number | null;
  /** Stamp of the newest report; null for a placeholder. */
  readonly asOf: number | null;
  /** Stamps of the fields that the newest report did not tell, as JSON. */
  readonly olderFields: string | null;
  readonly notes: string | null;
  readonly checksum: string;
}

/** Fields that reports tell; each keeps the value of the newest report that knows it. */
export interface ReportedFields {
  readonly orderType: OrderType | null;
  readonly quantity: number | null;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  /** Distance of a trailing stop, in points. */
  readonly trailAmount: Price | null;
  readonly brokerAveragePrice: Price | null;
  readonly brokerFilledAt: Instant | null;
  readonly parentOrderId: OrderId | null;
  readonly linkedOrderId: OrderId | null;
  readonly stopLossOrderId: OrderId | null;
  readonly takeProfitOrderId: OrderId | null;
  readonly submittedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly customTag: string | null;
  readonly strategy: string | null;
  readonly rejectionReason: string | null;
}

/** What a caller says of an order, at first or later. Leave out what is unknown or unchanged. */
export interface OrderInput {
  readonly accountId: string;
  readonly orderId: string;
  readonly contract: string;
  readonly side: Side | Lowercase<Side>;
  readonly orderType?: OrderType | Lowercase<OrderType> | null;
  readonly quantity?: number | null;
  readonly limitPrice?: DecimalInput | null;
  readonly stopPrice?: DecimalInput | null;
  readonly trailAmount?: DecimalInput | null;
  readonly status?: OrderStatus | Lowercase<OrderStatus> | null;
  readonly filledQuantity?: number | null;
  readonly averageFillPrice?: DecimalInput | null;
  readonly filledAt?: InstantInput | null;
  readonly parentOrderId?: string | null;
  readonly linkedOrderId?: string | null;
  readonly stopLossOrderId?: string | null;
  readonly takeProfitOrderId?: string | null;
  readonly createdAt: InstantInput;
  readonly submittedAt?: InstantInput | null;
  readonly cancelledAt?: InstantInput | null;
  /** When the broker last changed the order; else the newest instant above. */
  readonly updatedAt?: InstantInput | null;
  readonly customTag?: string | null;
  readonly strategy?: string | null;
  readonly rejectionReason?: string | null;
  readonly source?: string;
  /** "file" for exports that know less than the API: where both tell a field, the API's word stands. */
  readonly authority?: "api" | "file";
}

/** An order as one report tells it, checked and exact. */
export interface OrderReport {
  readonly accountId: AccountId;
  readonly orderId: OrderId;
  readonly contract: Contract;
  readonly side: Side;
  readonly status: OrderStatus | null;
  readonly brokerFilledQuantity: number;
  readonly createdAt: Instant;
  /** Orders reports by authority, then by instant. */
  readonly stamp: number;
  readonly fields: ReportedFields;
  readonly source: string;
}

/** The order an unknown id starts as: nothing known but what a fill or a report must tell. */
export function placeholder(
  facts: Pick<
    Order,
    "accountId" | "orderId" | "symbol" | "contractId" | "root" | "side" | "createdAt"
  >,
): Order {
  const { accountId, orderId, symbol, contractId, root, side, createdAt } = facts;
  return {
    accountId,
    orderId,
    symbol,
    contractId,
    root,
    side,
    createdAt,
    orderType: null,
    quantity: null,
    limitPrice: null,
    stopPrice: null,
    trailAmount: null,
    brokerAveragePrice: null,
    brokerFilledAt: null,
    parentOrderId: null,
    linkedOrderId: null,
    stopLossOrderId: null,
    takeProfitOrderId: null,
    submittedAt: null,
    cancelledAt: null,
    customTag: null,
    strategy: null,
    rejectionReason: null,
    status: null,
    filledQuantity: 0,
    remainingQuantity: null,
    averageFillPrice: null,
    filledAt: null,
    bookedQuantity: 0,
    brokerFilledQuantity: 0,
    standInQuantity: null,
    asOf: null,
    olderFields: null,
    notes: null,
    checksum: "",
  };
}

/** Contracts that the broker says were filled and no fill explains. */
export function missingFills(order: Order): number {
  return Math.max(0, order.brokerFilledQuantity - order.bookedQuantity);
}

/** The text behind an order's checksum: every canonical field, in a fixed order. */
export function orderFacts(order: Order): string {
  return JSON.stringify([
    order.accountId,
    order.orderId,
    order.contractId,
    order.side,
    order.orderType,
    order.quantity,
    order.limitPrice,
    order.stopPrice,
    order.trailAmount,
    order.status,
    order.filledQuantity,
    order.remainingQuantity,
    order.averageFillPrice,
    order.parentOrderId,
    order.linkedOrderId,
    order.stopLossOrderId,
    order.takeProfitOrderId,
    order.createdAt,
    order.submittedAt,
    order.filledAt,
    order.cancelledAt,
    order.customTag,
    order.strategy,
    order.rejectionReason,
    order.bookedQuantity,
    order.brokerFilledQuantity,
    order.brokerAveragePrice,
    order.brokerFilledAt,
    order.standInQuantity,
    order.asOf,
    order.olderFields,
  ]);
}
