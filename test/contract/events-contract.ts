import { describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/index.js";
import { Desk } from "./desk.js";
import { heardBy, sequencesOf, typesOf } from "./listener.js";
import type { Subject } from "./subject.js";

export function describeEvents(subject: Subject): void {
  describe("events", () => {
    it("tell what happened, numbered without gaps, and nothing of what was known", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.order("in", { status: "working", quantity: 2 });
      await desk.fill(1, "1", "in", "buy 2 @ 20000");
      await desk.fill(1, "1", "in", "buy 2 @ 20000");
      await desk.fill(2, "2", "out", "sell 1 @ 20001");
      await expect(desk.fill(3, "3", "in", "sell 1 @ 20001")).rejects.toThrow(
        "its order in is a BUY",
      );
      await desk.void("2");
      const events = await heardBy(desk);
      expect(typesOf(events)).toEqual([
        "order.changed",
        "fill.recorded",
        "position.changed",
        "fill.recorded",
        "trade.changed",
        "position.changed",
        "fill.voided",
        "trades.restated",
        "position.changed",
      ]);
      expect(sequencesOf(events)).toEqual(events.map((_, i) => i + 1));
      expect(events[1]?.payload).toMatchObject({ fillId: "1", quantity: 2, price: 20_000 });
    });

    it("tell that a trade is closed when the position is flat or its exit order has ended", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "in", "buy 3 @ 20000");
      await desk.fill(2, "2", "x", "sell 1 @ 20001");
      await desk.order("x", { side: "sell", status: "filled", quantity: 1, filledQuantity: 1 });
      await desk.order("y", { side: "sell", status: "filled", quantity: 1, filledQuantity: 1 });
      await desk.fill(3, "3", "y", "sell 1 @ 20002");
      await desk.fill(4, "4", "z", "sell 1 @ 20003");
      const trades = (await heardBy(desk)).filter((event) => event.type.startsWith("trade"));
      expect(trades.map(({ type, payload }) => [type, (payload as PlainRow).exitOrderId])).toEqual([
        ["trade.changed", "x"],
        ["trade.closed", "x"],
        ["trade.closed", "y"],
        ["trade.closed", "z"],
      ]);
    });

    it("tell which trades a late fill took away and which it made", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(2, "2", "second", "buy 1 @ 20010");
      await desk.fill(3, "3", "out", "sell 1 @ 20020");
      await desk.fill(1, "1", "first", "buy 1 @ 20000");
      const restated = (await heardBy(desk)).filter((event) => event.type === "trades.restated");
      expect(restated.map((event) => event.payload)).toMatchObject([
        {
          removed: [{ entryOrderId: "second", grossPnl: 20 }],
          added: [{ entryOrderId: "first", grossPnl: 40 }],
        },
      ]);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });
  });
}
