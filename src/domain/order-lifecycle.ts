import type { OrderStatus } from "./codes.js";

/**
 * The legal moves of an order. Moving to the state it is in is no move. FIX 4.4 appendix D, less the states
 * that ProjectX does not have: a partial fill stays WORKING.
 */
const LEGAL_MOVES: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ["WORKING", "FILLED", "CANCELLED", "REJECTED", "EXPIRED"],
  WORKING: ["FILLED", "CANCELLED", "REJECTED", "EXPIRED"],
  FILLED: [],
  CANCELLED: [],
  REJECTED: [],
  EXPIRED: [],
};

export function isLegalMove(from: OrderStatus | null, to: OrderStatus): boolean {
  return from === null || from === to || LEGAL_MOVES[from].includes(to);
}

export function isTerminal(status: OrderStatus | null): boolean {
  return status !== null && LEGAL_MOVES[status].length === 0;
}
