import { describe, expect, it } from "vitest";
import { RiskDesk } from "./risk-desk.js";
import type { Subject } from "./subject.js";

const NOON = "2026-08-03T17:00:00Z";
const RESET = "2026-08-03T18:00:00Z";
const AGAIN = "2026-08-03T19:00:00Z";
const LATER = "2026-08-03T20:00:00Z";
const NEXT_DAY = "2026-08-04T15:00:00Z";

/** What was broken once is found when it is broken again, after a reset or a lift in between. */
export function describeSecondBreaches(subject: Subject): void {
  const opened = () => RiskDesk.open(subject().blotter);
  const locks = async (desk: RiskDesk) =>
    (await desk.log()).filter(({ lockedUntil }) => lockedUntil !== null).length;
  const expectWhole = async (desk: RiskDesk) => {
    expect(await desk.verify()).toEqual([]);
    const [log, days] = [await desk.log(), await desk.days()];
    await desk.blotter.trades.rebuild(desk.account);
    expect([await desk.log(), await desk.days()]).toEqual([log, days]);
  };

  describe("a second breach", () => {
    it("is found on the day of a reset too", async () => {
      const desk = await opened();
      await desk.trade(NOON, -2_200);
      await desk.cash(RESET, "reset", 50_000);
      expect((await desk.status("2026-08-03T18:30:00Z")).canTrade).toBe(true);
      await desk.trade(AGAIN, -2_200);
      expect(await locks(desk)).toBe(4);
      expect(await desk.status(LATER)).toMatchObject({
        canTrade: false,
        dll: { violated: true },
        mll: { violated: true },
      });
      expect((await desk.status(NEXT_DAY)).canTrade).toBe(false);
      await desk.trade(NEXT_DAY, 10);
      expect((await desk.status("2026-08-04T16:00:00Z")).canTrade).toBe(false);
      await expectWhole(desk);
    });

    it("is found when the first one is told after the reset, or taken back", async () => {
      const desk = await opened();
      await desk.cash(RESET, "reset", 50_000);
      await desk.trade(AGAIN, -2_200);
      const first = await desk.trade(NOON, -2_200);
      expect(await locks(desk)).toBe(4);
      await desk.blotter.orders.voidFill({ accountId: desk.account, fillId: first });
      const restated = (await desk.log()).filter(({ eventType }) => eventType === "restated");
      expect(restated.map(({ refersTo }) => refersTo?.includes("after-"))).not.toContain(true);
      expect(restated.length).toBeGreaterThan(1);
      expect((await desk.status(LATER)).canTrade).toBe(false);
      await expectWhole(desk);
    });

    it("is not the first one where a reset has the very instant of it", async () => {
      const desk = await opened();
      await desk.trade(NOON, -2_200);
      await desk.cash(NOON, "reset", 50_000);
      expect((await desk.status(LATER)).canTrade).toBe(true);
      await expectWhole(desk);
    });

    it("of two lives that begin at one instant is one row, and what is told later is taken", async () => {
      const desk = await opened();
      // After the time by which accounts are flat.
      const late = "2026-08-04T20:30:00Z";
      await desk.cash(late, "reset", 50_000);
      await desk.cash(late, "reset", 50_001);
      await desk.fill(NOON, "buy", 20_000);
      const keys = await desk.keys();
      expect(keys.filter((key) => key.includes(":after-"))).toHaveLength(1);
      await expectWhole(desk);
    });

    it("of a limit whose lock was lifted is found once the limit was kept in between", async () => {
      const desk = await opened();
      await desk.fill(NOON, "buy", 20_000, { quantity: 2 });
      await desk.mark("2026-08-03T17:10:00Z", 19_400);
      expect(await locks(desk)).toBe(2);
      const lift = (rule: string) =>
        desk.blotter.compliance.lift(
          desk.account,
          `2026-08-03:${rule}:violation`,
          "a bad tick",
          RESET,
        );
      await lift("mll");
      await lift("dll");
      // Still there: what was lifted is not found for the same loss.
      await desk.mark("2026-08-03T18:10:00Z", 19_399);
      expect((await desk.status("2026-08-03T18:15:00Z")).canTrade).toBe(true);
      await desk.mark("2026-08-03T18:20:00Z", 20_000);
      await desk.mark(AGAIN, 19_740);
      expect(await locks(desk)).toBe(3);
      expect(await desk.status(LATER)).toMatchObject({ canTrade: false, dll: { used: 1_040e6 } });
      await desk.mark("2026-08-04T15:00:00Z", 19_390);
      expect(await locks(desk)).toBe(5);
      await desk.fill("2026-08-04T15:30:00Z", "sell", 20_000, { quantity: 2 });
      expect((await desk.status("2026-08-05T15:00:00Z")).canTrade).toBe(false);
      await expectWhole(desk);
    });
  });

  describe("an adopted account", () => {
    const at = "2026-08-03T14:30:00Z";
    const adopted = async (
      balance: number,
      told: object = {},
      name = "topstep-combine-50k-dll",
    ) => {
      const desk = await RiskDesk.open(subject().blotter, name);
      await desk.blotter.accounts.adopt({ account: desk.account, at, balance, ...told });
      return desk;
    };

    it("that is beyond a limit already has that on record", async () => {
      const locked = await adopted(48_900, { startOfDayBalance: 50_000 });
      expect(await locked.keys()).toEqual(["2026-08-03:dll:violation"]);
      const lost = await adopted(47_900, { startOfDayBalance: 47_900 });
      expect(await lost.keys()).toEqual(["2026-08-03:mll:violation"]);
      await lost.cash(NOON, "deposit", 500);
      expect((await lost.status(LATER)).canTrade).toBe(false);
      for (const desk of [locked, lost]) await expectWhole(desk);
    });

    it("stays lost when its adoption is corrected to a later instant", async () => {
      const desk = await adopted(50_000);
      await desk.trade(NOON, -2_500);
      expect((await desk.status(LATER)).canTrade).toBe(false);
      const correction = { account: desk.account, at: RESET, balance: 50_000, correct: true };
      await desk.blotter.accounts.adopt(correction);
      expect((await desk.status(LATER)).canTrade).toBe(false);
      await desk.blotter.compliance.lift(desk.account, "2026-08-03:mll:violation", "wrong", AGAIN);
      await desk.blotter.compliance.lift(desk.account, "2026-08-03:dll:violation", "wrong", AGAIN);
      expect((await desk.status(LATER)).canTrade).toBe(true);
      await expectWhole(desk);
    });

    it("has the floor of its payouts, however they were told, and of how its day began", async () => {
      const express = (told: object) =>
        adopted(700, { startOfDayBalance: 700, ...told }, "topstep-express-50k");
      const floor = async (desk: RiskDesk) => (await desk.status(LATER)).mll?.floor;
      expect(await floor(await express({ payouts: { count: null, total: 1_000 } }))).toBe(0);
      const untold = await express({ highestEodBalance: 1_800, winningDays: 3 });
      expect(await floor(untold)).toBe(-200e6);
      expect((await untold.status(LATER)).untold).toEqual(["payouts"]);
      const began = await adopted(51_250, { startOfDayBalance: 51_800 });
      expect(await floor(began)).toBe(49_800e6);
    });

    it.each([
      [{ payouts: { count: null, total: -1 } }, /sum of payouts must be 0 or more, was -1/],
      [{ payouts: { count: 0, total: 1_000 } }, /0 payouts cannot come to 1000/],
      [
        { startOfDayBalance: 51_800, highestEodBalance: 51_000 },
        /51000 is below the balance 51800/,
      ],
      [{ startOfDayBalance: 51_800, intradayPeak: 51_000 }, /51000 is below the balance 51800/],
    ])("is refused for %j", async (told, message) => {
      await expect(adopted(51_250, told)).rejects.toThrow(message);
    });

    it("knows nothing of what was before, and begins again with what its rules say", async () => {
      const desk = await adopted(49_000);
      await expect(desk.status("2026-08-03T14:29:59Z")).rejects.toThrow(
        "begin with its adoption at",
      );
      const { account, blotter } = desk;
      const reset = { account, type: "reset", at: RESET } as const;
      const { movement } = await blotter.accounts.recordCash(reset);
      expect(movement.amount).toBe(50_000e6);
      const { accountId } = await blotter.accounts.open({ accountId: `zero-${account}` });
      await blotter.accounts.adopt({ account: accountId, at, balance: 49_000 });
      const again = blotter.accounts.recordCash({ ...reset, account: accountId });
      await expect(again).rejects.toThrow("a reset needs an amount");
    });
  });
}
