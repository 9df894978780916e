import { ORDER_TYPE, SIDE } from "./gateway-codes.js";
import type { Quote } from "./gateway-market.js";
import type { GatewayOrder } from "./gateway-order.js";

/**
 * The price in ticks at which an order fills now; null while it does not.
 *
 * @param resting whether it lay in the book before this quote: then the market comes to its price
 */
export function fillPrice(order: GatewayOrder, quote: Quote, resting: boolean): number | null {
  const market = order.side === SIDE.buy ? quote.ask : quote.bid;
  switch (order.type) {
    case ORDER_TYPE.market:
      return market;
    case ORDER_TYPE.stop:
    case ORDER_TYPE.trailingStop:
      return isBeyondStop(order, market) ? market : null;
    case ORDER_TYPE.stopLimit:
      return order.triggered ? limitPrice(order, market, resting) : null;
    default:
      return limitPrice(order, market, resting);
  }
}

/** Turns a stop-limit whose stop was reached into a limit. */
export function trigger(order: GatewayOrder, quote: Quote): void {
  if (order.type !== ORDER_TYPE.stopLimit || order.triggered) return;
  order.triggered = isBeyondStop(order, order.side === SIDE.buy ? quote.ask : quote.bid);
}

/** Moves a trailing stop after the market, never back. @returns whether it moved */
export function trail(order: GatewayOrder, quote: Quote): boolean {
  const { trail: distance, stop } = order;
  if (order.type !== ORDER_TYPE.trailingStop || distance === null || stop === null) return false;
  const next =
    order.side === SIDE.buy
      ? Math.min(stop, quote.ask + distance)
      : Math.max(stop, quote.bid - distance);
  order.stop = next;
  return next !== stop;
}

/** Whether what is left of it fills at once when its turn comes, at whatever price. */
export const takesAnyPrice = (order: GatewayOrder): boolean =>
  order.type === ORDER_TYPE.market ||
  order.type === ORDER_TYPE.stop ||
  order.type === ORDER_TYPE.trailingStop;

function limitPrice(order: GatewayOrder, market: number, resting: boolean): number | null {
  const { limit } = order;
  if (limit === null) return null;
  const reached = order.side === SIDE.buy ? market <= limit : market >= limit;
  if (!reached) return null;
  return resting ? limit : market;
}

function isBeyondStop({ side, stop }: GatewayOrder, market: number): boolean {
  if (stop === null) return false;
  return side === SIDE.buy ? market >= stop : market <= stop;
}
