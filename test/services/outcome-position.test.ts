import { afterEach, beforeEach, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/container.js";

let blotter: Blotter;
beforeEach(async () => {
  blotter = await createBlotter({ url: ":memory:" });
  await blotter.accounts.open({ accountId: "7" });
});
afterEach(() => blotter.close());

const fill = (fillId: string, side: "BUY" | "SELL", minute: number) =>
  blotter.orders.recordFill({
    accountId: "7",
    fillId,
    orderId: `o${fillId}`,
    contract: "MNQU26",
    side,
    quantity: 1,
    price: 20_000 + minute,
    executedAt: new Date(Date.UTC(2026, 7, 19, 14, minute)),
  });

it("a late round trip leaves the contract's newest position the one that a fill tells of", async () => {
  await fill("1", "BUY", 1);
  await fill("2", "SELL", 10);
  await fill("3", "SELL", 20);
  await fill("4", "BUY", 4);
  const late = await fill("5", "SELL", 5);
  const [open] = await blotter.positions.open();
  expect(open).toMatchObject({ side: "SHORT", quantity: 1 });
  expect(late.position).toEqual(open);
  expect(await blotter.trades.verify()).toEqual([]);
});
