import { describe, expect, it } from "vitest";
import { Desk, secondsAfterOpen } from "./desk.js";
import { price } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export function describeOrderLifecycle(subject: Subject): void {
  describe("an order", () => {
    it("is recorded, known, and changed by what is new", async () => {
      const desk = await Desk.open(subject().blotter);
      const working = { status: "working", quantity: 2, updatedAt: secondsAfterOpen(1) } as const;
      expect(await desk.order("1", working)).toMatchObject({ outcome: "recorded", refused: null });
      expect((await desk.order("1", working)).outcome).toBe("known");
      const moved = { ...working, limitPrice: 20_000.25, updatedAt: secondsAfterOpen(2) };
      expect(await desk.order("1", moved)).toMatchObject({
        outcome: "changed",
        order: { limitPrice: price("20000.25"), status: "WORKING" },
      });
      const stale = { ...working, limitPrice: 19_999, quantity: 3 };
      expect((await desk.order("1", stale)).order).toMatchObject({ limitPrice: price("20000.25") });
    });

    it("never leaves a final status; refused moves stay in its history and change nothing", async () => {
      const desk = await Desk.open(subject().blotter);
      const at = (seconds: number) => ({ updatedAt: secondsAfterOpen(seconds) });
      await desk.order("1", { status: "pending", quantity: 2, ...at(0) });
      await desk.order("1", { status: "filled", filledQuantity: 2, ...at(2) });
      const before = await desk.blotter.orders.order(desk.account, "1");
      const refusals = [
        await desk.order("1", { status: "working", ...at(1) }),
        await desk.order("1", { status: "cancelled", ...at(2) }),
        await desk.order("1", { status: "working", ...at(1) }),
        await desk.order("1", { status: "working", filledQuantity: 1, ...at(1) }),
      ];
      expect(refusals.map((r) => r.refused)).toEqual([
        "FILLED -> WORKING",
        "FILLED -> CANCELLED",
        "FILLED -> WORKING",
        "FILLED -> WORKING",
      ]);
      expect(await desk.blotter.orders.order(desk.account, "1")).toEqual(before);
      const events = await desk.blotter.orders.orderEvents(desk.account, "1");
      expect(events.map((event) => event.refused)).toEqual([
        null,
        null,
        "FILLED -> WORKING",
        "FILLED -> CANCELLED",
      ]);
    });

    it("known from its fills alone is a placeholder, overwritten when the order comes", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(5, "f2", "1", "buy 2 @ 20001");
      await desk.fill(3, "f1", "1", "buy 1 @ 20000.25");
      expect(await desk.blotter.orders.order(desk.account, "1")).toMatchObject({
        orderType: null,
        quantity: null,
        status: null,
        remainingQuantity: null,
        filledQuantity: 3,
        averageFillPrice: price("20000.75"),
        symbol: "MNQU26",
        side: "BUY",
      });
      const { order } = await desk.order("1", {
        orderType: "market",
        quantity: 5,
        status: "working",
        filledQuantity: 4,
        averageFillPrice: 1,
        strategy: "swing",
      });
      expect(order).toMatchObject({
        quantity: 5,
        filledQuantity: 4,
        remainingQuantity: 1,
        averageFillPrice: price("20000.75"),
      });
      const missing = await desk.blotter.orders.ordersWithMissingFills(desk.account);
      expect(missing.map((row) => row.orderId)).toEqual(["1"]);
      const [position] = await desk.blotter.positions.open({ account: desk.account });
      expect(position).toMatchObject({ strategy: "swing", quantity: 3 });
    });

    it("of another contract or side than told before is refused, also through a fill", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.order("1");
      const wrong = [
        () => desk.order("1", { side: "sell" }),
        () => desk.order("1", { contract: "MESU26" }),
        () => desk.fill(1, "f", "1", "sell 1 @ 20000"),
        () => desk.fill(1, "f", "1", "buy 1 @ 20000", { contract: "MESU26" }),
      ];
      for (const call of wrong) await expect(call()).rejects.toMatchObject({ code: "invalid" });
      expect(await desk.blotter.orders.fills({ account: desk.account }, true)).toEqual([]);
    });
  });
}

export function describeRefusals(subject: Subject): void {
  describe("services", () => {
    it("refuse accounts that nobody opened", async () => {
      const { blotter } = subject();
      const nobody = new Desk(blotter, "nobody" as Desk["account"]);
      const calls = [
        () => nobody.order("1"),
        () => nobody.fill(1, "f", "1", "buy 1 @ 20000"),
        () => nobody.void("f"),
        () => nobody.correct("f", 1, { quantity: 2 }),
        () => nobody.net(),
        () => blotter.orders.order("nobody", "1"),
        () => blotter.orders.fills({ account: "nobody" }),
        () => blotter.trades.verify("nobody"),
        () => blotter.accounts.summary("nobody"),
      ];
      for (const call of calls) {
        const told = { code: "not_found", message: expect.stringContaining("nobody") };
        await expect(call()).rejects.toMatchObject(told);
      }
    });

    it("refuse contracts that nobody knows, and what cannot be, and write nothing", async () => {
      const desk = await Desk.open(subject().blotter);
      const fill = (more: object) => desk.fill(1, "f", "1", "buy 1 @ 20000", more);
      for (const contract of ["NOPEU26", "CON.F.US.NOPE.U26"]) {
        const told = { code: "not_found", message: expect.stringContaining(contract) };
        await expect(fill({ contract })).rejects.toMatchObject(told);
        await expect(desk.order("1", { contract })).rejects.toMatchObject(told);
      }
      const impossible: readonly (readonly [object, string])[] = [
        [{ quantity: 0 }, "0"],
        [{ quantity: -2 }, "-2"],
        [{ quantity: 1.5 }, "1.5"],
        [{ price: Number.NaN }, "NaN"],
        [{ price: 20_000.1 }, "20000.1"],
        [{ commission: "0.0000001" }, "0.0000001"],
        [{ executedAt: "2026-08-19T13:30:00" }, "2026-08-19T13:30:00"],
        [{ fillId: "fünf" }, "fünf"],
        [{ fillId: "007" }, "007"],
        [{ fillId: "x".repeat(65) }, "xxx"],
        [{ fillId: " x" }, " x"],
        [{ orderId: "" }, '""'],
        [{ side: "hold" }, "hold"],
      ];
      for (const [more, found] of impossible) {
        const told = { code: "invalid", message: expect.stringContaining(found) };
        await expect(fill(more)).rejects.toMatchObject(told);
      }
      const { orders } = desk.blotter;
      expect(await orders.fills({ account: desk.account }, true)).toEqual([]);
      expect(await orders.orders({ account: desk.account })).toEqual([]);
    });

    it("take ids with spaces, quotes and 64 characters, verbatim", async () => {
      const desk = await Desk.open(subject().blotter);
      const ids = ["it's", 'say "x"', "a b", "100%_\\", "x".repeat(64), "9".repeat(64)];
      for (const [i, id] of ids.entries()) await desk.fill(i, id, id, "buy 1 @ 20000");
      const told = await desk.blotter.orders.fills({ account: desk.account });
      expect(told.map((fill) => fill.fillId)).toEqual(ids);
      expect((await desk.blotter.orders.order(desk.account, "it's"))?.orderId).toBe("it's");
    });
  });
}
