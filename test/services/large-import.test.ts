import { afterEach, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import type { Blotter } from "../../src/index.js";
import type { ImportProgress } from "../../src/ports/services.js";
import { booksOf } from "../properties/books.js";
import { type OpenBlotter, type StoreKind, sqliteFile, sqliteMemory } from "../stores.js";
import { importTrades, type TradeRow, tradeRow } from "./files.js";

/** Buys and sells of several sizes, two fills an order, in two accounts; at times flat. */
function historyOf(fills: number): readonly TradeRow[] {
  return Array.from({ length: fills }, (_, i) =>
    tradeRow(i + 1, {
      accountId: i % 40 < 2 ? 78 : 77,
      side: Math.floor(i / 4) % 2,
      size: 1 + (i % 3),
      price: 21_000 + ((i * 37) % 101) / 4,
      orderId: 1_000_000 + Math.floor(i / 2),
    }),
  );
}

/** Newest first, as the gateway answers, each row told so many times. */
const told = (history: readonly TradeRow[], times: number) =>
  [...history].reverse().flatMap((row) => Array<TradeRow>(times).fill(row));

/** Every level of the books, as the command line prints them. */
const allBooks = async (blotter: Blotter): Promise<string> =>
  JSON.stringify(await booksOf(blotter), null, 1);

function stopAt(step: ImportProgress["step"], done: number) {
  return (progress: ImportProgress) => {
    if (progress.step === step && progress.done >= done) throw new Error("cut off");
  };
}

describe("an import of more than 20,000 rows", () => {
  const opened: OpenBlotter[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.dispose();
  });

  async function open(kind: StoreKind): Promise<OpenBlotter> {
    const store = await kind.open();
    opened.push(store);
    return store;
  }

  /** The books of a small import of the same fills: one unit of work, oldest first. */
  async function cleanBooks(history: readonly TradeRow[]): Promise<string> {
    const { blotter } = await open(sqliteMemory);
    await importTrades(blotter, history);
    return allBooks(blotter);
  }

  const history = historyOf(1_200);
  const large = told(history, 18);

  it("goes in steps, and ends as a small one of the same fills does", async () => {
    const { blotter } = await open(sqliteMemory);
    const steps: string[] = [];
    const report = await importTrades(blotter, large, {
      onProgress: ({ step, done, total }) => {
        if (step !== "reading") steps.push(`${step} ${done} of ${total}`);
      },
    });
    expect(steps).toEqual([
      "writing 5000 of 21600",
      "writing 10000 of 21600",
      "writing 15000 of 21600",
      "writing 20000 of 21600",
      "writing 21600 of 21600",
    ]);
    expect(report).toMatchObject({
      rows: 21_600,
      fills: { new: 1_200, known: 20_400, changed: 0 },
    });
    expect(await allBooks(blotter)).toBe(await cleanBooks(history));
    expect(await blotter.trades.countUnmatched()).toBe(0);
    expect(await blotter.trades.verify()).toEqual([]);
  });

  it("cut off while writing leaves the books alone, and ends the same when told again", async () => {
    const { blotter } = await open(sqliteFile);
    const cut = importTrades(blotter, large, { onProgress: stopAt("writing", 10_000) });
    await expect(cut).rejects.toThrow("cut off");
    expect(await blotter.trades.countUnmatched()).toBe(556);
    expect(await blotter.trades.matches()).toEqual([]);
    expect(await blotter.orders.fills()).toEqual([]);
    expect(await blotter.trades.verify()).toEqual([]);

    await importTrades(blotter, large);
    expect(await allBooks(blotter)).toBe(await cleanBooks(history));
    expect(await blotter.trades.countUnmatched()).toBe(0);
  });

  it("cut off while matching is finished from another process, also by a small file", async () => {
    const long = historyOf(5_400);
    const { blotter, url } = await open(sqliteFile);
    const cut = importTrades(blotter, told(long, 4), { onProgress: stopAt("matching", 5_000) });
    await expect(cut).rejects.toThrow("cut off");
    expect(await blotter.orders.fills()).toHaveLength(5_000);
    expect(await blotter.trades.countUnmatched()).toBe(400);

    const other = await createBlotter({ url: url ?? "" });
    await importTrades(other, [long[0] ?? tradeRow(1), long[2] ?? tradeRow(3)]);
    expect(await allBooks(other)).toBe(await cleanBooks(long));
    expect(await other.trades.countUnmatched()).toBe(0);
    await other.close();
  });

  it("is refused whole for a bad row at its end", async () => {
    const { blotter } = await open(sqliteMemory);
    const bad = tradeRow(9_999_999, { size: 0 });
    await expect(importTrades(blotter, [...large, bad])).rejects.toThrow(
      /^trades\.json, row 21601, column size: .*Nothing was imported/,
    );
    expect(await blotter.orders.fills({}, true)).toEqual([]);
    expect(await blotter.accounts.list()).toEqual([]);
  });
});
