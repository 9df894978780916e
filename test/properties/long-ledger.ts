import { describe, expect, it } from "vitest";
import type { Blotter } from "../../src/index.js";
import { oracleBooks } from "../oracle/fifo-oracle.js";
import { csvRows, importPieces } from "../proof/export-file.js";
import { oracleFillsOf } from "../proof/oracle-fills-of.js";
import { booksOf, expectSameBooks } from "./books.js";
import { expectConservation } from "./conservation.js";

/**
 * Histories longer than what is read at a time: a late fill at their beginning restates all that
 * follows, and must not stop where a page ends.
 */
export function describeLongLedger(name: string, open: () => Promise<Blotter>): void {
  describe(`a history of ${FILLS} fills, on ${name}`, () => {
    it("is restated to its end by a late fill, a void and a correction at its start", async () => {
      const blotter = await open();
      try {
        const rows = history();
        const [late = "", ...others] = rows;
        await importPieces(blotter, csvRows("tradovate-fills", [HEADER, ...others].join("\n")));
        await expectRightBooks(blotter);
        await importPieces(blotter, csvRows("tradovate-fills", [HEADER, late].join("\n")));
        await expectRightBooks(blotter);

        const [told] = await blotter.orders.fills();
        expect(told?.fillId).toBe("1");
        await blotter.orders.voidFill({ accountId: "7", fillId: "3" });
        await blotter.orders.correctFill({ accountId: "7", fillId: "5", revision: 1, quantity: 9 });
        await expectRightBooks(blotter);
        await expectConservation(blotter, "7");
      } finally {
        await blotter.close();
      }
    }, 240_000);
  });
}

const FILLS = 2_400;

async function expectRightBooks(blotter: Blotter): Promise<void> {
  const books = await booksOf(blotter);
  expectSameBooks(books, oracleBooks(await oracleFillsOf(blotter)));
  expect(await blotter.trades.verify()).toEqual([]);
}

const HEADER = [
  ...["_id", "_orderId", "_timestamp", "_action", "_qty", "_price", "_active", "_accountId"],
  ...["_tickSize", "Account", "B/S", "Contract", "commission"],
].join(",");

/** Fills of one contract, ten seconds apart, that are seldom flat. */
function history(): readonly string[] {
  const random = numbers(20_260_819);
  return Array.from({ length: FILLS }, (_, index) => {
    const at = new Date(Date.UTC(2026, 7, 17, 14) + index * 10_000).toISOString();
    const buys = random(2) === 0;
    const [quantity, ticks] = [1 + random(3), random(40)];
    return [
      ...[index + 1, 100_001 + index, at.replace("T", " "), buys ? 0 : 1],
      ...[quantity, 6400 + ticks / 4, "true", 7, 0.25, "LONG7", buys ? " Buy" : " Sell"],
      ...["MESU6", 0.52 * quantity],
    ].join(",");
  });
}

/** The same whole numbers below a limit every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
