import { describe, expect, it } from "vitest";
import { BlotterError, type OrderIntentInput } from "../../src/index.js";
import { Desk } from "./desk.js";
import type { Subject } from "./subject.js";

/** Orders out: on disk before they are sent, and never sent twice. */
export function describeSubmission(subject: Subject): void {
  const buy = (desk: Desk, customTag: string): OrderIntentInput => ({
    accountId: desk.account,
    customTag,
    contract: "MNQU26",
    side: "buy",
    orderType: "limit",
    quantity: 2,
    limitPrice: 20_000.25,
  });
  const stateOf = async (desk: Desk, tag: string) =>
    (await desk.blotter.orders.intents(desk.account)).find((row) => row.customTag === tag)?.state;
  const told = (desk: Desk, orders: [string, string][], askedInMinutes: number) => {
    const askedAt = (Date.now() + askedInMinutes * 60_000) * 1000;
    const since = 0;
    // Plain numbers of microseconds.
    return desk.blotter.orders.settleIntents(desk.account, {
      orders: new Map(orders),
      since: since as never,
      askedAt: askedAt as never,
    });
  };

  describe("a submitted order", () => {
    it("is on disk before it is sent, and accepted under the broker's id", async () => {
      const desk = await Desk.open(subject().blotter);
      let whileSending: string | undefined;
      const intent = await desk.blotter.orders.submit(buy(desk, "t1"), async (order) => {
        expect(order).toMatchObject({ contractId: "CON.F.US.MNQ.U26", limitPrice: 20_000.25 });
        whileSending = await stateOf(desk, "t1");
        return { orderId: "77" };
      });
      expect(whileSending).toBe("sending");
      expect(intent).toMatchObject({ state: "accepted", orderId: "77", reason: null });
      expect(await stateOf(desk, "t1")).toBe("accepted");
    });

    it("is not sent again under its tag, and another under the same tag is a conflict", async () => {
      const desk = await Desk.open(subject().blotter);
      let sent = 0;
      const send = async () => {
        sent += 1;
        return { orderId: "78" };
      };
      await desk.blotter.orders.submit(buy(desk, "t1"), send);
      const again = await desk.blotter.orders.submit(buy(desk, "t1"), send);
      expect([sent, again.orderId]).toEqual([1, "78"]);
      const other = desk.blotter.orders.submit({ ...buy(desk, "t1"), quantity: 3 }, send);
      await expect(other).rejects.toMatchObject({ code: "conflict" });
      expect(sent).toBe(1);
    });

    it("that the broker refuses is rejected with its reason", async () => {
      const desk = await Desk.open(subject().blotter);
      const intent = await desk.blotter.orders.submit(buy(desk, "t1"), async () => {
        throw new BlotterError("invalid", "OutsideTradingHours");
      });
      expect(intent).toMatchObject({ state: "rejected", reason: "OutsideTradingHours" });
    });

    it("without a clear answer is unknown until the broker is asked by its tag", async () => {
      const desk = await Desk.open(subject().blotter);
      const lost = async () => {
        throw new BlotterError("unavailable", "timeout", { outcome: "unknown" });
      };
      for (const tag of ["there", "nowhere"]) {
        expect(await desk.blotter.orders.submit(buy(desk, tag), lost)).toMatchObject({
          state: "unknown",
          reason: "timeout",
          settledAt: null,
        });
      }
      expect(await told(desk, [], 0)).toEqual([]);
      await told(desk, [["there", "79"]], 2);
      const intents = await desk.blotter.orders.intents(desk.account);
      const states = Object.fromEntries(intents.map((row) => [row.customTag, row.state]));
      expect(states).toEqual({ there: "accepted", nowhere: "never_sent" });
    });

    it("that cannot be is refused before anything is written", async () => {
      const desk = await Desk.open(subject().blotter);
      const bad = { ...buy(desk, "t1"), limitPrice: 20_000.1 };
      const sent = desk.blotter.orders.submit(bad, async () => ({ orderId: "1" }));
      await expect(sent).rejects.toMatchObject({ code: "invalid" });
      expect(await desk.blotter.orders.intents(desk.account)).toEqual([]);
    });
  });
}
