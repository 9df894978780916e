import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/index.js";
import { Desk } from "./desk.js";
import { heardBy, Listener, sequencesOf, typesOf } from "./listener.js";
import type { Subject } from "./subject.js";

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
