import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Blotter, FillCorrection, FillInput } from "../../src/index.js";
import { booksOf } from "../properties/books.js";
import { type OpenBlotter, sqliteMemory } from "../stores.js";

/** Changes of the newest fill of a contract, which is where an update comes most often. */

function fill(id: number, side: "BUY" | "SELL", quantity: number): FillInput {
  return {
    accountId: "A",
    fillId: String(id),
    orderId: `order-${id}`,
    contract: "MNQU26",
    side,
    quantity,
    price: 21_000 + id,
    executedAt: `2026-08-19T14:00:0${id}Z`,
  };
}

/** The newest fill opens, adds, takes away, closes, reverses, or opens after a close. */
const LEDGERS: readonly (readonly [string, readonly FillInput[]])[] = [
  ["opens", [fill(1, "BUY", 2)]],
  ["adds", [fill(1, "BUY", 2), fill(2, "BUY", 1)]],
  ["takes away", [fill(1, "BUY", 2), fill(2, "SELL", 1)]],
  ["closes", [fill(1, "BUY", 2), fill(2, "SELL", 2)]],
  ["reverses", [fill(1, "BUY", 2), fill(2, "SELL", 5)]],
  ["opens again", [fill(1, "BUY", 2), fill(2, "SELL", 2), fill(3, "BUY", 1)]],
];

const CHANGES: readonly (readonly [string, Omit<FillCorrection, "accountId" | "fillId">])[] = [
  ["learns its cost", { revision: 1, commission: "0.25", fee: "0.37" }],
  ["has another price", { revision: 1, price: 20_990 }],
  ["is larger", { revision: 1, quantity: 7 }],
  ["is smaller", { revision: 1, quantity: 1 }],
  ["was later", { revision: 1, executedAt: "2026-08-19T14:01:00Z" }],
  ["was before all others", { revision: 1, executedAt: "2026-08-19T13:00:00Z" }],
  ["was of another order", { revision: 1, orderId: "another" }],
];

describe.each(LEDGERS)("a fill that %s", (_, fills) => {
  let opened: OpenBlotter;
  let blotter: Blotter;
  const newest = String(fills.length);
  beforeEach(async () => {
    opened = await sqliteMemory.open();
    blotter = opened.blotter;
    await blotter.accounts.open({ accountId: "A" });
    for (const told of fills) await blotter.orders.recordFill(told);
  });
  afterEach(() => opened.dispose());

  /** The books must be those of a rebuild, and of a store that never knew anything else. */
  async function expectBooksOf(final: readonly FillInput[]): Promise<void> {
    expect(await blotter.trades.verify()).toEqual([]);
    const { orders: _orders, ...books } = await booksOf(blotter);
    const clean = await sqliteMemory.open();
    await clean.blotter.accounts.open({ accountId: "A" });
    for (const told of final) await clean.blotter.orders.recordFill(told);
    const { orders: _others, ...expected } = await booksOf(clean.blotter);
    await clean.dispose();
    expect(books).toEqual(expected);
  }

  it.each(CHANGES)("and then %s", async (_change, correction) => {
    await blotter.orders.correctFill({ accountId: "A", fillId: newest, ...correction });
    await expectBooksOf(
      fills.map((told) => (told.fillId === newest ? { ...told, ...correction } : told)),
    );
  });

  it("and is told again with its cost, by a source that knows it", async () => {
    const known = { commission: "0.25", fee: "0.37" };
    const last = fills.map((told) => (told.fillId === newest ? { ...told, ...known } : told));
    for (const told of last.slice(-1)) {
      expect(await blotter.orders.recordFill(told)).toMatchObject({ outcome: "changed" });
    }
    await expectBooksOf(last);
  });

  it("and is taken back", async () => {
    await blotter.orders.voidFill({ accountId: "A", fillId: newest });
    await expectBooksOf(fills.slice(0, -1));
  });
});
