import type { OrderStatus, OrderType, PositionSide, Side } from "../../domain/codes.js";

/**
 * The gateway's enums: its code is the place in the list, beside it stand its own name (which the
 * platform's exports print) and our word. Null says that the broker itself does not know.
 */
export type GatewayEnum<T> = readonly (readonly [name: string, ours: T])[];

export const GATEWAY_STATUSES: GatewayEnum<OrderStatus | null> = [
  ["None", null],
  ["Open", "WORKING"],
  ["Filled", "FILLED"],
  ["Cancelled", "CANCELLED"],
  ["Expired", "EXPIRED"],
  ["Rejected", "REJECTED"],
  ["Pending", "PENDING"],
  // Still in the book until the exchange confirms.
  ["PendingCancellation", "WORKING"],
  // A bracket's child that waits for its entry to fill.
  ["Suspended", "PENDING"],
];

export const GATEWAY_TYPES: GatewayEnum<OrderType | null> = [
  ["Unknown", null],
  ["Limit", "LIMIT"],
  ["Market", "MARKET"],
  ["StopLimit", "STOP_LIMIT"],
  ["Stop", "STOP"],
  ["TrailingStop", "TRAILING_STOP"],
  ["JoinBid", "JOIN_BID"],
  ["JoinAsk", "JOIN_ASK"],
];

export const GATEWAY_SIDES: GatewayEnum<Side> = [
  ["Bid", "BUY"],
  ["Ask", "SELL"],
];

export const GATEWAY_POSITIONS: GatewayEnum<PositionSide | null> = [
  ["Undefined", null],
  ["Long", "LONG"],
  ["Short", "SHORT"],
];

/** Our word for a code; undefined for a code that the gateway's documents do not have. */
export function ofCode<T>(list: GatewayEnum<T>, code: number): T | undefined {
  return list[code]?.[1];
}

/**
 * Our word for a name in any case, also with blanks or dashes inside (Stop Limit); else undefined.
 */
export function ofName<T>(list: GatewayEnum<T>, name: string): T | undefined {
  const plain = name.replace(/[\s_-]/g, "").toLowerCase();
  return list.find(([candidate]) => candidate.toLowerCase() === plain)?.[1];
}

/** The code of one of our words; undefined for a word that the gateway does not have. */
export function codeOf<T>(list: GatewayEnum<T>, ours: T): number | undefined {
  const index = list.findIndex(([, candidate]) => candidate === ours);
  return index < 0 ? undefined : index;
}

/** "0 None, 1 Open, ...": for messages. */
export function listCodes(list: GatewayEnum<unknown>): string {
  return list.map(([name], code) => `${code} ${name}`).join(", ");
}

export function listNames(list: GatewayEnum<unknown>): string {
  return list.map(([name]) => name).join(", ");
}
