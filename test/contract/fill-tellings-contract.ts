import { describe, expect, it } from "vitest";
import { Desk } from "./desk.js";
import { money, price } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export function describeFillTellings(subject: Subject): void {
  describe("a fill", () => {
    it("is recorded with all its effects, and known when it is told again", async () => {
      const desk = await Desk.open(subject().blotter);
      const { blotter, account } = desk;
      const bought = await desk.fill(1, "1", "in", "buy 2 @ 20000", { commission: 0.74, fee: 0 });
      expect(bought).toMatchObject({ outcome: "recorded", trades: [], position: { quantity: 2 } });
      const sold = await desk.fill(2, "2", "out", "sell 3 @ 20001.25");
      expect(sold).toMatchObject({
        outcome: "recorded",
        removedTrades: [],
        trades: [{ quantity: 2, grossPnl: money("5"), netPnl: money("4.26"), costsKnown: false }],
        position: { side: "SHORT", quantity: 1, openFillOffset: 2 },
      });
      const again = await desk.fill(2, "2", "out", "sell 3 @ 20001.25");
      expect(again).toMatchObject({ outcome: "known", trades: [], fill: { fillId: "2" } });
      expect(await desk.net()).toBe(-1);
      expect((await blotter.accounts.summary(account)).balance).toBe(money("50004.26"));
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("learns what was unknown, and loses nothing that was known", async () => {
      const desk = await Desk.open(subject().blotter);
      const costs = { commission: "0.37" };
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      await desk.fill(2, "2", "out", "sell 1 @ 20001");
      const learnt = await desk.fill(1, "1", "in", "buy 1 @ 20000", costs);
      expect(learnt).toMatchObject({
        outcome: "changed",
        fill: { commission: money("0.37"), fee: null },
        trades: [{ netPnl: money("1.63") }],
      });
      const less = await desk.fill(1, "1", "in", "buy 1 @ 20000", { fee: null });
      expect(less).toMatchObject({ outcome: "known", fill: { commission: money("0.37") } });
      const zero = await desk.fill(1, "1", "in", "buy 1 @ 20000", { fee: 0 });
      expect(zero).toMatchObject({ outcome: "changed", fill: { fee: 0 } });
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("that contradicts what is booked is quarantined, naming the fields", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 1 @ 20000", { commission: 1 });
      const conflict = await desk.fill(1, "1", "in", "buy 2 @ 20000.25", { commission: 2 });
      expect(conflict).toMatchObject({ outcome: "quarantined", fill: { quantity: 1 }, trades: [] });
      expect([...conflict.conflict].sort()).toEqual(["commission", "price", "quantity"]);
      await desk.fill(1, "1", "in", "buy 2 @ 20000.25", { commission: 2 });
      const entries = await desk.blotter.quarantine.list();
      const [entry, ...more] = entries.filter((row) => row.accountId === desk.account);
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        reason: "conflict",
        count: 2,
        status: "waiting",
        kind: "fill",
      });
      const id = entry?.quarantineId ?? "";
      expect(await desk.blotter.quarantine.retry(id)).toEqual({ resolved: 0, stillWaiting: 1 });
      await desk.blotter.quarantine.discard(id);
      expect((await desk.blotter.quarantine.get(id)).status).toBe("discarded");
      expect(await desk.net()).toBe(1);
    });

    it("of equal content and another id is another fill", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      await desk.fill(1, "2", "in", "buy 1 @ 20000");
      expect(await desk.net()).toBe(2);
    });
  });
}

export function describeVoids(subject: Subject): void {
  describe("a void", () => {
    it("takes a fill back for good, and what followed from it", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      await desk.fill(2, "2", "in", "buy 1 @ 20010");
      await desk.fill(3, "3", "out", "sell 1 @ 20020");
      const gone = await desk.void("1", { reason: "busted" });
      expect(gone).toMatchObject({
        outcome: "voided",
        fill: { state: "void" },
        trades: [{ grossPnl: money("20"), entryPrice: price("20010") }],
      });
      expect((await desk.void("1")).outcome).toBe("known");
      const again = await desk.fill(1, "1", "in", "buy 1 @ 20000");
      expect(again).toMatchObject({ outcome: "known", fill: { state: "void" } });
      expect((await desk.correct("1", 9, { quantity: 5 })).outcome).toBe("voided");
      expect(await desk.net()).toBe(0);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("before its fill keeps it out of the books", async () => {
      const desk = await Desk.open(subject().blotter);
      expect(await desk.void("1")).toMatchObject({ outcome: "voided", fill: null, position: null });
      expect((await desk.void("1")).outcome).toBe("known");
      const late = await desk.fill(1, "1", "in", "buy 3 @ 20000");
      expect(late).toMatchObject({ outcome: "voided", fill: { state: "void" }, trades: [] });
      expect(await desk.net()).toBe(0);
      const order = await desk.blotter.orders.order(desk.account, "in");
      expect(order).toMatchObject({ filledQuantity: 0 });
    });

    it("that the fill itself tells is one too", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 3 @ 20000");
      const busted = await desk.fill(1, "1", "in", "buy 3 @ 20000", { voided: true });
      expect(busted.outcome).toBe("voided");
      expect(await desk.net()).toBe(0);
    });
  });
}
