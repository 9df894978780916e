import { describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/index.js";
import { booksOf } from "../properties/books.js";
import { Desk, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

type Message = (desk: Desk) => Promise<unknown>;

/** An order of three contracts as an export row tells it, and as its executions do. */
const standIn: Message = (desk) =>
  desk.fill(5, "100", "100", "sell 3 @ 20006.66", { standIn: true, source: "csv" });
const fileOrder: Message = (desk) =>
  desk.order("100", {
    side: "sell",
    status: "filled",
    quantity: 3,
    filledQuantity: 3,
    averageFillPrice: 20_006.66,
    updatedAt: secondsAfterOpen(5),
    authority: "file",
  });
const first: Message = (desk) => desk.fill(4, "7", "100", "sell 1 @ 20000", { commission: 0.37 });
const second: Message = (desk) => desk.fill(5, "8", "100", "sell 2 @ 20010", { commission: 0.74 });

export function describeStandIns(subject: Subject): void {
  describe("a stand-in", () => {
    it("counts until the real fills add up, and is withdrawn in the same step", async () => {
      const desk = await deskWithEntry(subject);
      expect(await standIn(desk)).toMatchObject({ outcome: "recorded", fill: { standIn: true } });
      expect(await desk.net()).toBe(0);
      expect(await first(desk)).toMatchObject({
        outcome: "held",
        fill: { state: "held" },
        trades: [],
      });
      expect(await desk.net()).toBe(0);
      expect(await second(desk)).toMatchObject({ outcome: "recorded", fill: { state: "booked" } });
      const fills = await desk.blotter.orders.fills({ account: desk.account }, true);
      expect(fills.map((fill) => [fill.fillId, fill.state])).toEqual([
        ["in", "booked"],
        ["7", "booked"],
        ["8", "booked"],
        ["100", "withdrawn"],
      ]);
      expect(await desk.net()).toBe(0);
      expect(await standIn(desk)).toMatchObject({ outcome: "known", trades: [] });
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("is not made where the real fills are complete", async () => {
      const desk = await deskWithEntry(subject);
      await first(desk);
      await second(desk);
      expect(await standIn(desk)).toMatchObject({ outcome: "known", fill: null });
      expect(await desk.blotter.orders.fills({ account: desk.account }, true)).toHaveLength(3);
    });

    it("stays while only a part of the real fills has come", async () => {
      const ends = [];
      for (const story of permutations([standIn, fileOrder, second])) {
        ends.push(await endOf(subject, story));
      }
      expect(new Set(ends).size).toBe(1);
      expect(ends[0]).toContain("20006.66");
    });

    it("gives way in any order of arrival, and the books end the same", async () => {
      const ends = new Set<string>();
      for (const story of permutations([standIn, fileOrder, first, second])) {
        ends.add(await endOf(subject, story));
      }
      expect(ends).toEqual(new Set([await endOf(subject, [fileOrder, first, second])]));
    });

    it("stays withdrawn when a real fill is voided: what was told is told", async () => {
      const desk = await deskWithEntry(subject);
      for (const message of [standIn, first, second]) await message(desk);
      await desk.void("8");
      expect(await desk.net()).toBe(2);
      await desk.void("100");
      expect(await desk.net()).toBe(2);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });
  });
}

async function deskWithEntry(subject: Subject): Promise<Desk> {
  const desk = await Desk.open(subject().blotter);
  await desk.fill(1, "in", "entry", "buy 3 @ 19990");
  return desk;
}

/** The books after a story, without what only says which account they are of. */
async function endOf(subject: Subject, story: readonly Message[]): Promise<string> {
  const desk = await deskWithEntry(subject);
  for (const message of story) await message(desk);
  await desk.fill(9, "next", "later", "buy 1 @ 20020");
  expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
  const books = Object.entries(await booksOf(desk.blotter, desk.account));
  return JSON.stringify(books.map(([table, rows]) => [table, rows.map(anonymous)]));
}

function anonymous({ accountId: _, tradeId: __, positionId: ___, ...row }: PlainRow): PlainRow {
  return row;
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) =>
    permutations(items.filter((_, other) => other !== i)).map((rest) => [item, ...rest]),
  );
}
