import { expect, it } from "vitest";
import type { Blotter } from "../../src/index.js";
import type { ImportReport } from "../../src/ports/services.js";
import { oracleBooks } from "../oracle/fifo-oracle.js";
import { type Books, booksOf, expectSameBooks } from "../properties/books.js";
import { expectConservation } from "../properties/conservation.js";
import { expectPerformance } from "../properties/performance.js";
import { type ExportRows, importPieces } from "./export-file.js";
import { expectSameInAnyOrder } from "./import-orders.js";
import { oracleFillsOf } from "./oracle-fills-of.js";

/** Opens an empty store; the suite closes it. */
export type OpenStore = () => Promise<Blotter>;

/** Imports the exports into a fresh store, runs what is to be shown, and closes it. */
export async function imported(
  open: OpenStore,
  sources: readonly ExportRows[],
  show: (blotter: Blotter, books: Books, reports: readonly ImportReport[]) => Promise<void>,
): Promise<void> {
  const blotter = await open();
  try {
    const reports: ImportReport[] = [];
    for (const source of sources) reports.push(await importPieces(blotter, source));
    await show(blotter, await booksOf(blotter), reports);
  } finally {
    await blotter.close();
  }
}

/** What every export must hold to, whoever wrote it. */
export function itKeepsItsPromises(open: OpenStore, sources: () => readonly ExportRows[]): void {
  it("agrees with the oracle, conserves money, and is what a rebuild makes", async () => {
    await imported(open, sources(), async (blotter, books) => {
      expectSameBooks(books, oracleBooks(await oracleFillsOf(blotter)));
      for (const account of await blotter.accounts.list()) {
        await expectConservation(blotter, account.accountId);
      }
      expect(await blotter.trades.verify()).toEqual([]);
      const accounts = (await blotter.accounts.list()).map(({ accountId }) => accountId);
      await expectPerformance(blotter, accounts);
      await blotter.trades.rebuild();
      expect(await booksOf(blotter)).toEqual(books);
    });
  }, 120_000);

  it("is the same, byte for byte, twice, in reverse, shuffled and in pieces", async () => {
    await imported(open, sources(), async (_, books) => {
      await expectSameInAnyOrder(open, sources(), books);
    });
  }, 240_000);
}
