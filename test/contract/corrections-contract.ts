import { describe, expect, it } from "vitest";
import { Desk } from "./desk.js";
import { money, price } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export function describeCorrections(subject: Subject): void {
  describe("a correction", () => {
    it("replaces what it tells, and leaves the rest", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 1 @ 20000", { commission: 1 });
      await desk.fill(2, "2", "out", "sell 1 @ 20010");
      const corrected = await desk.correct("1", 1, { price: 20_005 });
      expect(corrected).toMatchObject({
        outcome: "corrected",
        fill: { price: price("20005"), quantity: 1, commission: money("1"), revision: 1 },
        trades: [{ grossPnl: money("10") }],
      });
      expect((await desk.correct("1", 1, { price: 20_005 })).outcome).toBe("known");
      expect((await desk.fill(1, "1", "in", "buy 1 @ 20000")).outcome).toBe("known");
      expect(await desk.correct("1", 1, { price: 20_006 })).toMatchObject({
        outcome: "quarantined",
        conflict: ["price"],
      });
      await expect(desk.correct("1", 2, { price: 20_005.1 })).rejects.toThrow("off the tick");
    });

    it("before its fill is held, and counts when the fill comes", async () => {
      const desk = await Desk.open(subject().blotter);
      const early = await desk.correct("1", 2, { quantity: 5 });
      expect(early).toMatchObject({ outcome: "held", fill: null, trades: [], position: null });
      const fill = await desk.fill(1, "1", "in", "buy 1 @ 20000");
      expect(fill).toMatchObject({ outcome: "recorded", fill: { quantity: 5, revision: 2 } });
      expect(await desk.net()).toBe(5);
    });

    it("wins by its revision, whenever it comes", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      await desk.correct("1", 3, { quantity: 3 });
      await desk.correct("1", 2, { quantity: 2, price: 20_002 });
      await desk.correct("1", 1, { quantity: 4, price: 20_001, commission: 1 });
      const [fill] = await desk.blotter.orders.fills({ account: desk.account });
      expect(fill).toMatchObject({
        quantity: 3,
        price: price("20002"),
        commission: money("1"),
        revision: 3,
      });
      const later = {
        accountId: desk.account,
        fillId: "1",
        revision: "2026-08-19T15:00:00.000001Z",
      };
      await desk.blotter.orders.correctFill({ ...later, quantity: 7 });
      expect(await desk.net()).toBe(7);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("may move a fill to another order, contract and instant", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 1 @ 6000");
      await desk.correct("1", 1, { orderId: "other", contract: "MESU26" });
      expect(await desk.net()).toBe(0);
      expect(await desk.blotter.positions.netQuantity(desk.account, "MESU26")).toBe(1);
      const order = await desk.blotter.orders.order(desk.account, "in");
      expect(order?.filledQuantity).toBe(0);
      await expect(desk.correct("1", 0, { quantity: 1 })).rejects.toMatchObject({
        code: "invalid",
      });
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });
  });
}
