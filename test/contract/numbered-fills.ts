import type { FillInput } from "../../src/index.js";
import { fillInput } from "./desk.js";

/**
 * The nth fill of a writer, the same in every process: buys and sales in lots of one to three, so that
 * positions open, grow, shrink and reverse. Writers share the instants, so their fills come late for
 * one another.
 */
export function numberedFill(accountId: string, writer: string, n: number): FillInput {
  const side = n % 3 === 1 ? "sell" : "buy";
  const quantity = (n % 3) + 1;
  const order = `${writer}-order-${Math.floor(n / 6)}-${side}`;
  const fill = fillInput(accountId, n, `${writer}-${n}`, order, `${side} ${quantity} @ 20000`);
  return { ...fill, price: 20_000 + (n % 40) / 4, commission: "0.37", fee: n % 2 === 0 ? 0 : null };
}

export function signedQuantity(fill: Pick<FillInput, "side" | "quantity">): number {
  return fill.side.toUpperCase() === "BUY" ? fill.quantity : -fill.quantity;
}

export function netOf(fills: readonly Pick<FillInput, "side" | "quantity">[]): number {
  return fills.reduce((net, fill) => net + signedQuantity(fill), 0);
}
