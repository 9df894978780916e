import type { OrderStatus, OrderType, PositionSide, Side } from "./codes.js";
import type { Instant } from "./instant.js";
import type { Money, Price } from "./money.js";

/** An order as another program has it. Null is not told, and is not compared. */
export interface ComputedOrder {
  /** The line of a CSV file (the header is 1), the position in a JSON array (the first is 1). */
  readonly row: number;
  readonly accountId: string | null;
  readonly orderId: string;
  readonly symbol: string | null;
  readonly side: Side | null;
  readonly orderType: OrderType | null;
  readonly quantity: number | null;
  readonly limitPrice: Price | null;
  readonly stopPrice: Price | null;
  readonly status: OrderStatus | null;
  readonly filledQuantity: number | null;
  readonly averageFillPrice: Price | null;
  readonly createdAt: Instant | null;
}

/** A consolidated trade as another program computed it. Null is not told, and is not compared. */
export interface ComputedTrade {
  readonly row: number;
  readonly accountId: string | null;
  readonly tradeId: string | null;
  readonly entryOrderId: string | null;
  readonly exitOrderId: string | null;
  readonly symbol: string;
  readonly side: PositionSide;
  readonly quantity: number;
  readonly entryPrice: Price;
  readonly entryTimestamp: Instant;
  readonly exitPrice: Price;
  readonly exitTimestamp: Instant;
  readonly grossPnl: Money | null;
  readonly commissions: Money | null;
  readonly fees: Money | null;
  readonly netPnl: Money | null;
}
