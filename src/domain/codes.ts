import { invalid } from "./errors.js";
import { show } from "./ids.js";

/** Names in code and JSON; the position in each list is the code on disk (the seed's codes). */
export const SIDES = ["BUY", "SELL"] as const;
export const ORDER_TYPES = [
  "MARKET",
  "LIMIT",
  "STOP",
  "STOP_LIMIT",
  "TRAILING_STOP",
  "JOIN_BID",
  "JOIN_ASK",
] as const;
export const ORDER_STATUSES = [
  "PENDING",
  "WORKING",
  "FILLED",
  "CANCELLED",
  "REJECTED",
  "EXPIRED",
] as const;
/** Kept as text on disk, as the seed has it. */
export const POSITION_SIDES = ["LONG", "SHORT"] as const;

export type Side = (typeof SIDES)[number];
export type OrderType = (typeof ORDER_TYPES)[number];
export type OrderStatus = (typeof ORDER_STATUSES)[number];
export type PositionSide = (typeof POSITION_SIDES)[number];

/** Reads a name in any case, with - or _ between words. @throws BlotterError `invalid` listing the names. */
export function parseName<T extends string>(names: readonly T[], value: unknown, what: string): T {
  const name = typeof value === "string" ? value.toUpperCase().replaceAll("-", "_") : "";
  const found = names.find((candidate) => candidate === name);
  if (!found) throw invalid(`${what} must be one of ${names.join(", ")}; was ${show(value)}`);
  return found;
}

/** The side of the position that a fill of this side opens. */
export function positionSide(side: Side): PositionSide {
  return side === "BUY" ? "LONG" : "SHORT";
}

/** +1 for a buy, -1 for a sale. */
export function sign(side: Side): 1 | -1 {
  return side === "BUY" ? 1 : -1;
}
