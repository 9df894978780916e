import type { Blotter } from "../../src/index.js";
import { trade } from "./served.js";

export const A1 = "A1";

/** A real trade, then one whose entry a synthetic fill stands for, then an open synthetic position. */
export async function fillMadeBooks(blotter: Blotter): Promise<void> {
  const { accounts, orders } = blotter;
  await accounts.open({ accountId: A1, startingBalance: 50_000 });
  await trade(blotter, A1, [1]);
  const shared = { accountId: A1, contract: "MNQU26", quantity: 1, price: 20_000 };
  const made = async (id: string, at: string) =>
    orders.recordFill({
      ...shared,
      side: "BUY",
      origin: "synthetic",
      fillId: `synthetic-${id}`,
      orderId: `synthetic-${id}`,
      executedAt: `2026-08-19T${at}:00Z`,
    });
  await made("1", "15:00");
  const executedAt = "2026-08-19T15:05:00Z";
  await orders.recordFill({ ...shared, side: "SELL", fillId: "out", orderId: "out", executedAt });
  await made("2", "15:10");
}
