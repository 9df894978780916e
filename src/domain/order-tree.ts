import type { OrderId } from "./ids.js";
import type { Order } from "./order.js";
import { type BracketRole, bracketRole } from "./order-links.js";

/** An order with what hangs on it. */
export interface OrderNode {
  readonly order: Order;
  /** What it is for below its parent; null for an order of its own. */
  readonly role: BracketRole | "CHILD" | null;
  /** One cancels the other: a sibling that ends when this one fills, and the other way round. */
  readonly oco: boolean;
  readonly children: readonly OrderNode[];
}

/**
 * Orders as trees, in the order they come: below each its children, stop loss first. A child whose parent is not
 * among them stands by itself.
 */
export function orderTree(orders: readonly Order[]): readonly OrderNode[] {
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const children = new Map<OrderId, Order[]>();
  const linked = new Set(orders.map((order) => order.linkedOrderId));
  const roots: Order[] = [];
  for (const order of orders) {
    const parent = rootedParent(order, byId);
    if (parent === null) roots.push(order);
    else children.set(parent, [...(children.get(parent) ?? []), order]);
  }
  const node = (order: Order, isChild: boolean): OrderNode => ({
    order,
    role: isChild ? (bracketRole(order) ?? "CHILD") : null,
    oco: order.linkedOrderId !== null || linked.has(order.orderId) || isOco(order, byId),
    children: (children.get(order.orderId) ?? [])
      .sort((a, b) => rank(a) - rank(b))
      .map((child) => node(child, true)),
  });
  return roots.map((order) => node(order, false));
}

/** The parent's id where it is among the orders, and no ring leads back to the order. */
function rootedParent(order: Order, byId: ReadonlyMap<OrderId, Order>): OrderId | null {
  const seen = new Set<OrderId>([order.orderId]);
  for (let id = order.parentOrderId; id !== null; id = byId.get(id)?.parentOrderId ?? null) {
    if (seen.has(id)) return null;
    seen.add(id);
  }
  const parent = order.parentOrderId;
  return parent !== null && byId.has(parent) ? parent : null;
}

/** A bracket's stop loss and take profit, where it has both. */
function isOco(order: Order, byId: ReadonlyMap<OrderId, Order>): boolean {
  const parent = order.parentOrderId === null ? undefined : byId.get(order.parentOrderId);
  const { stopLossOrderId, takeProfitOrderId } = parent ?? {};
  if (!stopLossOrderId || !takeProfitOrderId) return false;
  return order.orderId === stopLossOrderId || order.orderId === takeProfitOrderId;
}

function rank(order: Order): number {
  const role = bracketRole(order);
  return role === "STOP_LOSS" ? 0 : role === "TAKE_PROFIT" ? 1 : 2;
}
