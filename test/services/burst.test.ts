import { expect, it } from "vitest";
import { type Blotter, createBlotter, type FillInput } from "../../src/index.js";
import type { BrokerEvent } from "../../src/ports/broker.js";
import { booksOf } from "../properties/books.js";

const shared = { accountId: "A", contract: "MNQU26" };

function fill(orderId: string, side: "BUY" | "SELL", minute: number): BrokerEvent {
  const executedAt = `2026-09-01T14:${minute}:00Z`;
  const input = {
    ...shared,
    orderId,
    side,
    fillId: `${9_000 + minute}`,
    quantity: 1,
    price: 24_000,
  };
  return { kind: "fill", input: { ...input, executedAt } satisfies FillInput };
}

function order(orderId: string, side: "BUY" | "SELL"): BrokerEvent {
  const customTag = `bot-strategy-breakout-${orderId}`;
  const createdAt = "2026-09-01T14:00:00Z";
  return { kind: "order", input: { ...shared, orderId, side, customTag, createdAt } };
}

async function opened(): Promise<Blotter> {
  const blotter = await createBlotter({ url: ":memory:" });
  await blotter.accounts.open({ accountId: "A" });
  return blotter;
}

const bursts = [
  [fill("1", "BUY", 10), order("1", "BUY")],
  [fill("2", "SELL", 20), order("2", "SELL")],
];

it.each([
  ["one fill and its order", bursts],
  ["all there is", [bursts.flat()]],
])("a burst of %s ends as its events do one by one, the fill before its order", async (_, told) => {
  const [slow, fast] = [await opened(), await opened()];
  for (const event of told.flat()) await slow.intake.handle(event);
  for (const burst of told) await Promise.all(burst.map((event) => fast.intake.handle(event)));
  const books = await booksOf(fast);
  expect(books).toEqual(await booksOf(slow));
  expect(books.closed).toMatchObject([{ strategy: "breakout" }]);
  await Promise.all([slow.close(), fast.close()]);
});
