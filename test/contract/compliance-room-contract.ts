import { describe, expect, it } from "vitest";
import type { OrderInput } from "../../src/index.js";
import { RiskDesk } from "./risk-desk.js";
import type { Subject } from "./subject.js";

const NOON = "2026-08-03T17:00:00Z";
const LATER = "2026-08-03T18:00:00Z";

/** How many contracts may be opened when orders, costs and the session are looked at closely. */
export function describeRoom(subject: Subject): void {
  const opened = () => RiskDesk.open(subject().blotter);
  const room = async ({ blotter, account }: RiskDesk, at = LATER, costsPerContract?: number) => {
    const costs = costsPerContract === undefined ? {} : { costsPerContract };
    return blotter.compliance.headroom(
      account,
      { contract: "MNQU26", stopTicks: 40, ...costs },
      at,
    );
  };
  const order = (desk: RiskDesk, orderId: string, more: Partial<OrderInput>) =>
    desk.blotter.orders.recordOrder({
      accountId: desk.account,
      orderId,
      contract: "MNQU26",
      side: "SELL",
      status: "WORKING",
      quantity: 2,
      createdAt: NOON,
      ...more,
    });

  describe("headroom", () => {
    it("takes no protection from the stop of an entry that is not filled", async () => {
      const desk = await opened();
      await desk.fill(NOON, "buy", 20_000, { quantity: 2 });
      await desk.mark("2026-08-03T17:10:00Z", 19_800);
      await order(desk, "entry", { side: "BUY", orderType: "STOP", stopPrice: 20_100 });
      await order(desk, "child", { orderType: "STOP", stopPrice: 20_080, parentOrderId: "entry" });
      const { unprotected, rooms } = await room(desk);
      expect(unprotected).toBe(2);
      // 800 lost; the entry and its stop are 20 points apart: 2 contracts lose 80.
      expect(rooms[0]).toEqual({ rule: "dll", room: 120e6 });
    });

    it("counts targets beyond what there is to close as positions to be", async () => {
      const desk = await opened();
      await desk.fill(NOON, "buy", 20_000, { quantity: 2 });
      await order(desk, "stop", { orderType: "STOP", stopPrice: 19_999 });
      for (const n of [1, 2, 3]) {
        await order(desk, `target-${n}`, { orderType: "LIMIT", limitPrice: 20_100 + n });
      }
      // 15 minis are 150 micros less 2 held and 4 that the targets may open.
      expect(await room(desk)).toMatchObject({ unprotected: 0 });
      const size = (await desk.status(LATER)).size;
      expect(size?.held).toBe(0.2);
      // Two of the three targets open short: 4 contracts that lose 20 dollars each.
      expect((await room(desk)).rooms[0]).toEqual({ rule: "dll", room: (1_000 - 4 - 80) * 1e6 });
    });

    it("is none while an order works whose size nobody knows, and after the session", async () => {
      const desk = await opened();
      expect(await room(desk, "2026-08-03T20:09:59Z")).toMatchObject({ limitedBy: "dll" });
      expect(await room(desk, "2026-08-03T20:10:00Z")).toMatchObject({
        contracts: 0,
        limitedBy: "session",
      });
      await order(desk, "unknown", { side: "BUY", quantity: null });
      expect(await room(desk)).toMatchObject({ contracts: 0, limitedBy: "unknown_order" });
    });

    it("knows what trading costs: as told, else from the account's fee table, and of what is open too", async () => {
      const desk = await opened();
      const risks = async (costs?: number) => (await room(desk, LATER, costs)).riskPerContract;
      expect([await risks(), await risks(1.5)]).toEqual([20e6, 21.5e6]);
      await desk.blotter.fees.use(desk.account, "apex-tradovate");
      // 0.52 a side.
      expect([await risks(), await risks(1.5)]).toEqual([21.04e6, 21.5e6]);
      await desk.fill(NOON, "buy", 20_000, { quantity: 2 });
      expect((await room(desk)).rooms[0]).toEqual({ rule: "dll", room: 998.96e6 });
      expect((await room(desk, LATER, 1.5)).rooms[0]).toEqual({ rule: "dll", room: 998.5e6 });
      await desk.fill(NOON, "buy", 2_000, { contract: "MBTU26" });
      // Not in the table: as told, half of it to close.
      expect((await room(desk, LATER, 1.5)).rooms[0]).toEqual({ rule: "dll", room: 997.75e6 });
    });
  });
}
