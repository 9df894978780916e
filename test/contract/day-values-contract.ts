import { describe, expect, it } from "vitest";
import { moneyToNumber } from "../../src/domain/money.js";
import { plainSnapshot } from "../../src/domain/plain.js";
import { snapshotDay } from "../../src/domain/snapshot.js";
import { Desk, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

const DAY_SECONDS = 86_400;

/** What was open at the ends of days is worth, whatever came late. Days begin with Wednesday, 2026-08-19. */
export function describeDayValues(subject: Subject): void {
  const mark = (desk: Desk, at: number, price: number) =>
    desk.blotter.marks.record(
      { contract: "MNQU26", price, at: secondsAfterOpen(at) },
      desk.account,
    );
  const close = (desk: Desk, date: number) =>
    desk.blotter.accounts.closeDay(desk.account, `2026-08-${date}`);
  /** "19 40" for forty dollars at the end of the 19th; sound, and the same when rebuilt. */
  const ends = async (desk: Desk): Promise<readonly string[]> => {
    const { accounts, trades } = desk.blotter;
    const filter = { account: desk.account, type: "eod" } as const;
    expect(await trades.verify(desk.account)).toEqual([]);
    const rows = await accounts.snapshots(filter);
    await trades.rebuild(desk.account);
    expect(await accounts.snapshots(filter)).toEqual(rows);
    return rows.map((row) => {
      const worth = row.unrealizedPnl === null ? "unknown" : moneyToNumber(row.unrealizedPnl);
      return `${snapshotDay(row).slice(-2)} ${worth}`;
    });
  };

  describe("what was open at the ends of days", () => {
    it("is worth what the newest price before says, once the day is over", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 2 @ 20000");
      await mark(desk, 2, 20_010);
      expect(await ends(desk)).toEqual(["19 unknown"]);
      await desk.fill(DAY_SECONDS, "2", "b", "buy 1 @ 20020");
      expect(await ends(desk)).toEqual(["19 40", "20 unknown"]);
      await close(desk, 20);
      expect(await ends(desk)).toEqual(["19 40", "20 80"]);
      await close(desk, 21);
      expect(await ends(desk)).toEqual(["19 40", "20 80", "21 80"]);
    });

    it("is nothing when flat", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      await desk.fill(2, "2", "b", "sell 1 @ 20010");
      await close(desk, 19);
      expect(await ends(desk)).toEqual(["19 0"]);
    });

    it("follows late fills, voids and marks, at every end without a newer price", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 2 @ 20000");
      await close(desk, 19);
      await close(desk, 20);
      await mark(desk, 10, 20_010);
      expect(await ends(desk)).toEqual(["19 40", "20 40"]);
      await mark(desk, DAY_SECONDS, 19_990);
      expect(await ends(desk)).toEqual(["19 40", "20 -40"]);
      await desk.fill(20, "2", "b", "sell 1 @ 20005");
      expect(await ends(desk)).toEqual(["19 10", "20 -20"]);
      await desk.void("2");
      expect(await ends(desk)).toEqual(["19 40", "20 -40"]);
      const events = await desk.blotter.store.read((repos) =>
        repos.outbox.after(desk.account, 0, 1_000),
      );
      const restated = events.filter(({ type }) => type === "day.restated");
      expect(restated.length).toBeGreaterThanOrEqual(4);
    });

    it("belongs to no day that is not over again, now that what came after it is gone", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 2 @ 20000");
      await desk.fill(DAY_SECONDS, "2", "b", "buy 1 @ 20020");
      expect(await ends(desk)).toEqual(["19 0", "20 unknown"]);
      await desk.void("2");
      expect(await ends(desk)).toEqual(["19 unknown"]);
    });

    it("is unknown, and says why, while only the average of an adopted lot is known", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.blotter.accounts.adopt({
        account: desk.account,
        at: secondsAfterOpen(0),
        balance: 51_000,
        openLots: [{ contract: "MNQU26", side: "BUY", quantity: 1, price: 20_000 }],
      });
      const { snapshot } = await close(desk, 19);
      expect(plainSnapshot(snapshot)).toMatchObject({
        unrealizedPnl: null,
        equity: null,
        unvalued: "an open contract has no known price",
      });
      await mark(desk, 5, 20_007);
      expect(await ends(desk)).toEqual(["19 14"]);
      const [row] = await desk.blotter.accounts.snapshots({ account: desk.account, type: "eod" });
      expect(row && plainSnapshot(row)).toMatchObject({ equity: 51_014, unvalued: null });
    });
  });
}
