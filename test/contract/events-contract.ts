import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { PlainRow, RecordedEvent } from "../../src/index.js";
import { Desk } from "./desk.js";
import type { Subject } from "./subject.js";

/** What a consumer has heard of one account. */
class Listener {
  readonly heard: RecordedEvent[] = [];

  constructor(readonly desk: Desk) {}

  /** Hears all from the start, under a name of its own. */
  async all(name = `reader-of-${this.desk.account}`): Promise<readonly RecordedEvent[]> {
    const { events } = this.desk.blotter;
    const subscription = events.subscribe(name, (event) => this.hear(event), { from: "start" });
    await events.drain();
    await subscription.unsubscribe();
    return this.heard;
  }

  hear(event: RecordedEvent): void {
    if (event.accountId === this.desk.account) this.heard.push(event);
  }
}

const heardBy = (desk: Desk) => new Listener(desk).all();
const typesOf = (events: readonly RecordedEvent[]) => events.map((event) => event.type);
const sequencesOf = (events: readonly RecordedEvent[]) => events.map((event) => event.sequence);

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

export function describeDelivery(subject: Subject): void {
  describe("delivery", () => {
    it("begins, by default, with what comes after subscribing", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "before", "o", "buy 1 @ 20000");
      // Events carry the clock's milliseconds; those of the same one may come as well.
      await sleep(5);
      const listener = new Listener(desk);
      const subscription = desk.blotter.events.subscribe(`now-${desk.account}`, (event) =>
        listener.hear(event),
      );
      await desk.fill(2, "after", "o", "buy 1 @ 20000");
      await desk.blotter.events.drain();
      await subscription.unsubscribe();
      const fills = listener.heard.filter((event) => event.type === "fill.recorded");
      expect(fills.map((event) => (event.payload as PlainRow).fillId)).toEqual(["after"]);
    });

    it("goes on where a consumer of that name stopped", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "o", "buy 1 @ 20000");
      const name = `comes-back-${desk.account}`;
      const first = await new Listener(desk).all(name);
      await desk.fill(2, "2", "o", "buy 1 @ 20000");
      const second = await new Listener(desk).all(name);
      expect(sequencesOf([...first, ...second])).toEqual([1, 2, 3, 4]);
      expect(await new Listener(desk).all(name)).toEqual([]);
    });

    it("repeats, in order, what a handler threw on, and tells of the error", async () => {
      const desk = await Desk.open(subject().blotter);
      for (const at of [1, 2, 3]) await desk.fill(at, `${at}`, "o", "buy 1 @ 20000");
      const listener = new Listener(desk);
      const errors: string[] = [];
      const subscription = desk.blotter.events.subscribe(
        `throws-${desk.account}`,
        (event) => {
          if (event.accountId !== desk.account) return;
          listener.hear(event);
          if (listener.heard.length === 3) throw new Error(`no ${event.sequence}`);
        },
        { from: "start", onError: (error, event) => errors.push(`${error} at ${event.sequence}`) },
      );
      await expect
        .poll(() => sequencesOf(listener.heard), { timeout: 10_000 })
        .toEqual([1, 2, 3, 3, 4, 5, 6]);
      await subscription.unsubscribe();
      expect(errors).toEqual(["Error: no 3 at 3"]);
      expect(await desk.net()).toBe(3);
    });

    it("lets a handler write, and hears of that too", async () => {
      const desk = await Desk.open(subject().blotter);
      const listener = new Listener(desk);
      const subscription = desk.blotter.events.subscribe(
        `writes-${desk.account}`,
        async (event) => {
          listener.hear(event);
          const opens = event.type === "fill.recorded" && event.accountId === desk.account;
          if (opens)
            await desk.order("stop", { side: "sell", orderType: "stop", stopPrice: 19_990 });
        },
        { from: "start" },
      );
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      await expect
        .poll(() => typesOf(listener.heard), { timeout: 10_000 })
        .toEqual(["fill.recorded", "position.changed", "order.changed"]);
      await subscription.unsubscribe();
    });

    it("of two consumers does not depend on one another", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "o", "buy 1 @ 20000");
      const stuck = desk.blotter.events.subscribe(
        `stuck-${desk.account}`,
        () => {
          throw new Error("never");
        },
        { from: "start", onError: () => undefined },
      );
      expect(typesOf(await heardBy(desk))).toEqual(["fill.recorded", "position.changed"]);
      await stuck.unsubscribe();
    });
  });
}
