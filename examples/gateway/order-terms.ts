import { ORDER_TYPE, PLACE_ERROR, SIDE } from "./gateway-codes.js";
import { type GatewayContract, ticksOf } from "./gateway-contracts.js";
import type { Quote } from "./gateway-market.js";
import { type Answer, type PlaceRequest, refused } from "./gateway-requests.js";

/** The prices of a new order, in ticks. */
export interface OrderPrices {
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trail: number | null;
}

/** A stop lies at least so far from its entry, and a target at most. */
const STOP_TICKS_MIN = 4;
const TARGET_TICKS_MAX = 1_000;

/** What the gateway answers at once, before there is an order; null when there is nothing to say. */
export function objectionTo(request: PlaceRequest): Answer | null {
  const { stopLossBracket, takeProfitBracket, size, side, type } = request;
  const knownType = type >= ORDER_TYPE.limit && type <= ORDER_TYPE.joinAsk;
  if (!Number.isInteger(size) || size < 1) return rejection(`Invalid size (${size}).`);
  if (side !== SIDE.buy && side !== SIDE.sell) return rejection(`Invalid side (${side}).`);
  if (!knownType) return rejection(`Invalid order type (${type}).`);
  const stopTicks = stopLossBracket?.ticks ?? STOP_TICKS_MIN;
  if (Math.abs(stopTicks) < STOP_TICKS_MIN) {
    const advice = `Price should be at least ${STOP_TICKS_MIN} ticks away.`;
    return rejection(`Invalid stop loss ticks (${stopTicks}). ${advice}`);
  }
  const targetTicks = takeProfitBracket?.ticks ?? 1;
  if (Math.abs(targetTicks) > TARGET_TICKS_MAX) {
    const advice = `Ticks should be ${TARGET_TICKS_MAX} ticks or less.`;
    return rejection(`Invalid take profit ticks (${targetTicks}). ${advice}`);
  }
  return null;
}

export const rejection = (message: string): Answer => refused(PLACE_ERROR.orderRejected, message);

/** The prices that an order of this type needs; an answer when one is missing or off the tick. */
export function pricesOf(
  request: PlaceRequest,
  contract: GatewayContract,
  quote: Quote,
): OrderPrices | Answer {
  const none = { limit: null, stop: null, trail: null };
  const limit = ticks(contract, request.limitPrice);
  const stop = ticks(contract, request.stopPrice);
  switch (request.type) {
    case ORDER_TYPE.limit:
      return limit === null ? rejection("Invalid limit price.") : { ...none, limit };
    case ORDER_TYPE.stop:
      return stop === null ? rejection("Invalid stop price.") : { ...none, stop };
    case ORDER_TYPE.stopLimit:
      if (limit === null || stop === null) return rejection("Invalid limit or stop price.");
      return { ...none, limit, stop };
    case ORDER_TYPE.trailingStop: {
      const start = ticks(contract, request.trailPrice);
      if (start === null) return rejection("Invalid trail price.");
      return { limit: null, stop: start, trail: Math.max(1, Math.abs(quote.last - start)) };
    }
    case ORDER_TYPE.joinBid:
      return { ...none, limit: quote.bid };
    case ORDER_TYPE.joinAsk:
      return { ...none, limit: quote.ask };
    default:
      return none;
  }
}

function ticks(contract: GatewayContract, price: number | null | undefined): number | null {
  return price === null || price === undefined ? null : ticksOf(contract, price);
}
