import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import type { Blotter, FillInput, FillOutcome, Match, Trade } from "../../src/index.js";
import { booksOf } from "../properties/books.js";
import { importTrades, tradeRow } from "./files.js";

/** More fills than are read at once. */
const LENGTH = 1_060;

/** Three contracts bought, then sold and bought by turns, ten seconds apart: never flat. */
const history = Array.from({ length: LENGTH }, (_, i) =>
  tradeRow((i + 1) * 10, {
    side: i >= 3 && i % 2 === 1 ? 1 : 0,
    price: 21_000 + (i % 17) / 4,
    orderId: 1_000_000 + i,
  }),
);
/** Each sale closes the oldest lot. */
const SALES = history.filter(({ side }) => side === 1).length;

/** A fill right after the i-th of the history, counted from 0. */
function lateFill(i: number, cells: Partial<FillInput> = {}): FillInput {
  return {
    accountId: "77",
    fillId: `late-${i}`,
    orderId: `late-order-${i}`,
    contract: "MNQU26",
    side: "BUY",
    quantity: 1,
    price: 20_990,
    commission: 0,
    fee: 0,
    executedAt: new Date(Date.UTC(2026, 7, 19, 14) + ((i + 1) * 10 + 5) * 1_000),
    ...cells,
  };
}

describe("in a long history that is never flat", () => {
  const folder = mkdtempSync(join(tmpdir(), "blotter-late-"));
  let blotter: Blotter;
  let copies = 0;
  beforeAll(async () => {
    const first = await createBlotter({ url: `file:${join(folder, "history.db")}` });
    await importTrades(first, history);
    await first.close();
  });
  beforeEach(async () => {
    const path = join(folder, `copy-${++copies}.db`);
    copyFileSync(join(folder, "history.db"), path);
    blotter = await createBlotter({ url: `file:${path}` });
  });
  afterEach(() => blotter.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  const matches = async () =>
    new Map((await blotter.trades.matches()).map((match) => [matchText(match), match]));
  const trades = async () =>
    new Map((await blotter.trades.trades()).map((trade) => [trade.tradeId, trade]));

  /** Tells a change, and compares what it says it did with what it did. Returns how many trades. */
  async function restatedBy(tell: () => Promise<FillOutcome>): Promise<number> {
    const oldTrades = await trades();
    const outcome = await tell();
    const newTrades = await trades();
    const changed = [...newTrades.values()].filter(
      (trade) => JSON.stringify(trade) !== JSON.stringify(oldTrades.get(trade.tradeId)),
    );
    const removed = [...oldTrades.keys()].filter((tradeId) => !newTrades.has(tradeId));

    const idsOf = (rows: readonly Trade[]) => rows.map((trade) => trade.tradeId).sort();
    expect(idsOf(outcome.trades)).toEqual(idsOf(changed));
    expect([...outcome.removedTrades].sort()).toEqual(removed.sort());
    for (const trade of outcome.trades) expect(newTrades.get(trade.tradeId)).toEqual(trade);
    return changed.length + removed.length;
  }

  async function expectRebuilt(): Promise<void> {
    expect(await blotter.trades.verify()).toEqual([]);
    const books = JSON.stringify(await booksOf(blotter));
    await blotter.trades.rebuild();
    expect(JSON.stringify(await booksOf(blotter))).toBe(books);
  }

  it("there is one open position, and a trade for each sale", async () => {
    expect(await blotter.positions.closed()).toEqual([]);
    expect(await blotter.positions.netQuantity("77", "MNQU26")).toBe(2);
    expect((await trades()).size).toBe(SALES);
  });

  it("a late buy gives each later sale another lot, and leaves the earlier ones alone", async () => {
    const earlier = [...(await trades())].slice(0, 240);
    const count = await restatedBy(() => blotter.orders.recordFill(lateFill(500)));
    // Three lots were open: their trades stay, but have seen a lower price. Of each trade after them
    // the old pairing goes and another comes.
    const tradesAfter = SALES - 249;
    expect(count).toBe(3 + 2 * (tradesAfter - 3));
    expect([...(await trades())].slice(0, 240)).toEqual(earlier);
    await expectRebuilt();
  });

  it("a late buy and the sale that undoes it change only the trades around them", async () => {
    const before = new Set((await matches()).keys());
    await restatedBy(() => blotter.orders.recordFill(lateFill(100)));
    await restatedBy(() => blotter.orders.recordFill(lateFill(110, { side: "SELL" })));
    const kept = [...(await matches()).keys()].filter((text) => before.has(text));
    expect(kept.length).toBeGreaterThan(SALES - 12);
    await expectRebuilt();
  });

  it("a late cost restates the one trade that carries it", async () => {
    const correction = { accountId: "77", fillId: "7000", revision: 1, commission: "0.25" };
    expect(await restatedBy(() => blotter.orders.correctFill(correction))).toBe(1);
    await expectRebuilt();
  });

  it("a late cost of the newest fill restates none", async () => {
    const fillId = String(LENGTH * 10 - 10);
    const correction = { accountId: "77", fillId, revision: 1, commission: "0.25" };
    expect(await restatedBy(() => blotter.orders.correctFill(correction))).toBe(0);
    await expectRebuilt();
  });

  it("a corrected price restates its own trade and those that saw it", async () => {
    const correction = { accountId: "77", fillId: "7000", revision: 1, price: 20_000 };
    const count = await restatedBy(() => blotter.orders.correctFill(correction));
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(6);
    await expectRebuilt();
  });

  it("a void of the first fill restates them all", async () => {
    const tell = () => blotter.orders.voidFill({ accountId: "77", fillId: "10" });
    expect(await restatedBy(tell)).toBe(2 * SALES);
    expect(await blotter.positions.netQuantity("77", "MNQU26")).toBe(1);
    await expectRebuilt();
  });

  it("a late sale that goes flat splits the position, and a void of it mends it", async () => {
    const { orders: _, ...before } = await booksOf(blotter);
    const sale = lateFill(2, { side: "SELL", quantity: 3 });
    await restatedBy(() => blotter.orders.recordFill(sale));
    expect((await blotter.positions.closed()).length).toBeGreaterThan(1);
    await expectRebuilt();
    await restatedBy(() => blotter.orders.voidFill({ accountId: "77", fillId: sale.fillId }));
    // The order of the void sale stays on record, with nothing filled.
    const { orders: __, ...after } = await booksOf(blotter);
    expect(after).toEqual(before);
    await expectRebuilt();
  });

  it("any late fills, in any order, end as a rebuild makes them", async () => {
    const late = fc.record({
      at: fc.integer({ min: 1, max: LENGTH - 2 }),
      side: fc.constantFrom("BUY" as const, "SELL" as const),
      quantity: fc.integer({ min: 1, max: 6 }),
    });
    const several = fc.uniqueArray(late, { minLength: 6, maxLength: 6, selector: ({ at }) => at });
    for (const { at, ...cells } of fc.sample(several, { numRuns: 1, seed: 20_260_819 }).flat()) {
      await restatedBy(() => blotter.orders.recordFill(lateFill(at, cells)));
    }
    await expectRebuilt();
  });
});

const matchText = (match: Match): string => JSON.stringify(match);
