import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { createBlotter } from "../../src/index.js";
import { booksOf } from "../properties/books.js";
import { importTrades, type TradeRow, tradeRow } from "../services/files.js";
import type { StoreKind } from "../stores.js";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Buys and sales of one to three contracts: scale-ins, partial exits and reversals. */
const rows: readonly TradeRow[] = Array.from({ length: 300 }, (_, i) =>
  tradeRow(i + 1, {
    side: (i * 7 + (i >> 3)) % 2,
    size: (i % 3) + 1,
    price: 21_000 + (i % 20) / 4,
  }),
);

/** Two processes import overlapping pieces, one of them backwards, into one fresh store. */
export function describeImportsAtOnce(kind: StoreKind): void {
  it(`two processes that import pieces of a day at once end as one import, on ${kind.name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "blotter-pieces-"));
    const clean = await createBlotter({ url: ":memory:" });
    const { blotter, url, dispose } = await kind.open();
    try {
      await importTrades(clean, rows);
      const pieces = [rows.slice(0, 200).reverse(), rows.slice(120)];
      const imports = pieces.map((piece, i) => {
        const file = join(folder, `piece-${i}.json`);
        writeFileSync(file, JSON.stringify(piece));
        const args = ["--db", url ?? "", "import", "projectx-trades", file];
        return run(process.execPath, ["--import", "tsx", program, ...args]);
      });
      await Promise.all(imports);
      const books = JSON.stringify(await booksOf(blotter));
      expect(books).toBe(JSON.stringify(await booksOf(clean)));
      expect(await blotter.trades.verify()).toEqual([]);
    } finally {
      await clean.close();
      await dispose();
      rmSync(folder, { recursive: true });
    }
  });
}
