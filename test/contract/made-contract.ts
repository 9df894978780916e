import { describe, expect, it } from "vitest";
import { madePositions } from "../../src/ports/made-repositories.js";
import type { Desk } from "./desk.js";
import { secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";
import { deskWithBroker, historyFill } from "./told-broker.js";

/** What each row of a level rests on, oldest first. */
async function marks({ blotter, account }: Desk, level: "match" | "trade" | "position") {
  const { queries, trades, positions } = blotter;
  const filter = { account };
  switch (level) {
    case "match":
      return queries.made({ level, rows: await trades.matches(filter) });
    case "trade":
      return queries.made({ level, rows: await trades.trades(filter) });
    case "position": {
      const rows = [...(await positions.closed(filter)), ...(await positions.open(filter))];
      return queries.made({ level, rows });
    }
  }
}

const onSynthetic = async ({ blotter, account }: Desk, more: object = {}) =>
  (await blotter.performance.summary({ accounts: [account], ...more })).onSyntheticFills;

/** One real contract, and two that a synthetic fill explains. */
async function deskOnSyntheticFill(subject: Subject) {
  const found = await deskWithBroker(subject().blotter);
  const { desk, broker } = found;
  await desk.fill(1, "1", "real", "buy 1 @ 20000");
  broker.positionRows = [
    {
      accountId: desk.account,
      contract: "MNQU26",
      side: "LONG",
      quantity: 3,
      averagePrice: 20_001,
      openedAt: secondsAfterOpen(2),
      brokerPositionId: "9",
    },
  ];
  await desk.blotter.reconciler.sync(desk.account, { heal: "everything" });
  return found;
}

/** What no broker told is marked in everything that rests on it. */
export function describeMade(subject: Subject): void {
  describe("what rests on fills that no broker told", () => {
    it("is marked at every level, open and closed, until the real fills come", async () => {
      const { desk } = await deskOnSyntheticFill(subject);
      const { accounts, intake, trades } = desk.blotter;
      // It was opened by a real order: its own origin does not tell.
      expect(await marks(desk, "position")).toEqual([["synthetic"]]);
      expect((await accounts.summary(desk.account)).syntheticFills).toBe(1);
      await desk.fill(3_700, "8", "out", "sell 2 @ 20010");
      expect(await marks(desk, "match")).toEqual([[], ["synthetic"]]);
      expect(await marks(desk, "trade")).toEqual([[], ["synthetic"]]);
      expect(await marks(desk, "position")).toEqual([["synthetic"]]);
      await desk.fill(3_701, "9", "out-2", "sell 1 @ 20011");
      await desk.fill(3_702, "10", "next", "buy 1 @ 20011");
      await desk.fill(3_703, "11", "last", "sell 1 @ 20012");
      expect(await marks(desk, "trade")).toEqual([[], ["synthetic"], ["synthetic"], []]);
      expect(await marks(desk, "position")).toEqual([["synthetic"], []]);

      for (const [id, order] of [
        ["2", "a"],
        ["3", "b"],
      ] as const) {
        const input = historyFill(desk, 3, id, order, "buy 1 @ 20001");
        await intake.handle({ kind: "fill", input });
      }
      for (const level of ["match", "trade", "position"] as const) {
        expect(new Set((await marks(desk, level)).map((made) => made.length))).toEqual(
          new Set([0]),
        );
        expect(await onSynthetic(desk, { level })).toBe(0);
      }
      expect((await accounts.summary(desk.account)).syntheticFills).toBe(0);
      expect(await trades.verify(desk.account)).toEqual([]);
    });

    it("is counted among what a filter counts", async () => {
      const { desk } = await deskOnSyntheticFill(subject);
      const { accounts, annotations } = desk.blotter;
      expect(await onSynthetic(desk, { level: "position" })).toBe(0);
      await desk.fill(3_700, "8", "out", "sell 2 @ 20010");
      await desk.fill(3_701, "9", "out-2", "sell 1 @ 20011");
      await desk.fill(3_702, "10", "next", "buy 1 @ 20011");
      await desk.fill(3_703, "11", "last", "sell 1 @ 20012");
      const summary = await desk.blotter.performance.summary({ accounts: [desk.account] });
      expect([summary.onSyntheticFills, summary.trades.count]).toEqual([2, 4]);
      expect(await onSynthetic(desk, { level: "match" })).toBe(2);
      expect(await onSynthetic(desk, { level: "position" })).toBe(1);
      expect(await onSynthetic(desk, { symbols: ["MNQ"], sides: ["LONG"] })).toBe(2);
      expect(await onSynthetic(desk, { symbols: ["MES"] })).toBe(0);
      expect(await onSynthetic(desk, { sides: ["SHORT"] })).toBe(0);
      const [day] = await accounts.days(desk.account);
      expect(await onSynthetic(desk, { to: day?.tradingDay })).toBe(0);
      await annotations.annotate({
        accountId: desk.account,
        target: "order",
        id: "out-2",
        tags: ["odd"],
      });
      expect(await onSynthetic(desk, { tags: ["odd"] })).toBe(1);
    });

    it("tells adopted lots and settlements too, and nothing of other accounts", async () => {
      const { desk } = await deskWithBroker(subject().blotter);
      const { desk: other } = await deskWithBroker(subject().blotter);
      await other.fill(1, "1", "a", "buy 1 @ 20000");
      const { accounts, orders, store, trades } = desk.blotter;
      await accounts.adopt({
        account: desk.account,
        at: secondsAfterOpen(0),
        balance: 50_000,
        openLots: [{ contract: "MNQU26", side: "buy", quantity: 1, price: 20_000 }],
      });
      expect(await marks(desk, "position")).toEqual([["adopted"]]);
      await orders.settleContract({
        accountId: desk.account,
        contract: "MNQU26",
        price: "19990.13",
        at: "2026-09-18T13:30:00Z",
      });
      for (const level of ["match", "trade", "position"] as const) {
        expect(await marks(desk, level)).toEqual([["adopted", "settlement"]]);
      }
      expect(await onSynthetic(desk)).toBe(0);
      expect(await marks(other, "position")).toEqual([[]]);
      expect((await store.read((repos) => madePositions(other.account, repos))).size).toBe(0);
      expect(await trades.verify(desk.account)).toEqual([]);
    });
  });
}
