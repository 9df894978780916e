import { describe, expect, it } from "vitest";
import { parseInstant } from "../../src/domain/instant.js";
import { moneyToNumber } from "../../src/domain/money.js";
import { Desk, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

/** Prices of the market: MAE, MFE and unrealised P&L, in whatever order things are heard. */
export function describeMarks(subject: Subject): void {
  const mark = (desk: Desk, at: number, price: number) =>
    desk.blotter.marks.record(
      { contract: "MNQU26", price, at: secondsAfterOpen(at) },
      desk.account,
    );
  const excursions = async (desk: Desk) => {
    const trades = await desk.blotter.trades.trades({ account: desk.account });
    return trades.map(({ mae, mfe }) => [moneyToNumber(mae), moneyToNumber(mfe)]);
  };
  const sound = async (desk: Desk) => {
    expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
  };

  describe("prices of the market", () => {
    it("widen MAE and MFE of what is open, and of nothing else", async () => {
      const desk = await Desk.open(subject().blotter);
      expect(await mark(desk, 0, 30_000)).toEqual({ accounts: [], stored: [] });
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      expect((await mark(desk, 2, 20_010)).stored).toEqual([desk.account]);
      expect((await mark(desk, 3, 19_995)).stored).toEqual([desk.account]);
      expect((await mark(desk, 4, 20_009)).stored).toEqual([]);
      await desk.fill(5, "2", "b", "sell 1 @ 20001");
      await mark(desk, 6, 10_000);
      expect(await excursions(desk)).toEqual([[-10, 20]]);
      await sound(desk);
    });

    it("that come late, or before a late fill, end as if all had come in order", async () => {
      const inOrder = await Desk.open(subject().blotter);
      await inOrder.fill(1, "1", "a", "buy 2 @ 20000");
      await mark(inOrder, 2, 20_020);
      await inOrder.fill(3, "2", "b", "sell 1 @ 20001");
      await mark(inOrder, 4, 19_990);
      await inOrder.fill(5, "3", "c", "sell 1 @ 20002");

      const late = await Desk.open(subject().blotter);
      await late.fill(1, "1", "a", "buy 2 @ 20000");
      await mark(late, 4, 19_990);
      await late.fill(3, "2", "b", "sell 1 @ 20001");
      await mark(late, 2, 20_020);
      await late.fill(5, "3", "c", "sell 1 @ 20002");
      await mark(late, 4, 19_990);

      expect(await excursions(late)).toEqual(await excursions(inOrder));
      expect(await excursions(late)).toEqual([
        [0, 40],
        [-20, 40],
      ]);
      await sound(inOrder);
      await sound(late);
    });

    it("that come late leave the newest as the present one", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      await mark(desk, 9, 20_010);
      await mark(desk, 5, 20_100);
      const prices = await desk.blotter.store.read((repos) => repos.positions.prices(desk.account));
      expect(prices).toMatchObject([{ currentPrice: 20_010_000_000_000, unrealizedPnl: 20e6 }]);
      await sound(desk);
    });

    it("of the instant of a fill come after it", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      await mark(desk, 3, 20_050);
      await desk.fill(3, "2", "b", "sell 1 @ 20001");
      expect(await excursions(desk)).toEqual([[0, 2]]);
      await sound(desk);
    });

    it("outlive the fill they were seen with, and count for another that comes late", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      await mark(desk, 3, 19_990);
      await desk.blotter.orders.voidFill({ accountId: desk.account, fillId: "1" });
      await desk.fill(3, "2", "b", "buy 1 @ 20000");
      await sound(desk);
      await desk.fill(4, "3", "c", "sell 1 @ 20001");
      expect(await excursions(desk)).toEqual([[-20, 2]]);
      await sound(desk);
    });

    it.each([
      ["later", 2, 4],
      ["earlier", 4, 2],
    ])("leave the last fill of a position where a correction moved it, %s", async (_, was, is) => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "sell 2 @ 20000");
      await desk.fill(was, "2", "b", "buy 1 @ 20000");
      await mark(desk, 6, 20_010);
      await desk.correct("2", 1, { executedAt: secondsAfterOpen(is) });
      const [position] = await desk.blotter.positions.open({ account: desk.account });
      expect(position?.lastFillAt).toBe(parseInstant(secondsAfterOpen(is), "executedAt"));
      await sound(desk);
    });

    it("are not of a position whose first fill a correction moved behind them", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "sell 1 @ 20000");
      await desk.fill(4, "2", "b", "sell 1 @ 20000");
      await desk.fill(5, "3", "c", "buy 1 @ 20000");
      await desk.fill(6, "4", "d", "buy 2 @ 20000");
      await mark(desk, 2, 20_010);
      await desk.correct("1", 1, { executedAt: secondsAfterOpen(3) });
      const [closed] = await desk.blotter.positions.closed({ account: desk.account });
      expect(closed?.lastMarkAt).toBe(null);
      await sound(desk);
    });

    it("survive a rebuild", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "sell 1 @ 20000");
      await mark(desk, 2, 20_010.5);
      await desk.fill(3, "2", "b", "buy 1 @ 20001");
      const before = await excursions(desk);
      await desk.blotter.trades.rebuild(desk.account);
      expect(await excursions(desk)).toEqual(before);
      expect(before).toEqual([[-21, 0]]);
    });

    it("stay the present ones through a rebuild, and a correction of a position's first fill", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 2 @ 20000");
      await mark(desk, 3, 20_010);
      await mark(desk, 4, 20_005);
      const { store, trades } = desk.blotter;
      const [open] = await desk.blotter.positions.open({ account: desk.account });
      const positionId = open?.positionId ?? "";
      await store.write(desk.account, ({ positions }) =>
        positions.setBrokerId(desk.account, positionId, "825"),
      );
      const observed = () => store.read((repos) => repos.positions.observed(desk.account));
      const seen = {
        positionId,
        brokerPositionId: "825",
        currentPrice: 20_005_000_000_000,
        unrealizedPnl: 20_000_000,
        markedAt: parseInstant(secondsAfterOpen(4), "at"),
      };
      expect(await observed()).toEqual([seen]);
      await trades.rebuild(desk.account);
      expect(await observed()).toEqual([seen]);
      await desk.correct("1", 1, { executedAt: secondsAfterOpen(2) });
      expect(await observed()).toEqual([seen]);
      await desk.fill(5, "2", "b", "sell 2 @ 20005");
      const closed = { ...seen, currentPrice: null, unrealizedPnl: null, markedAt: null };
      expect(await observed()).toEqual([closed]);
      await desk.correct("1", 2, { executedAt: secondsAfterOpen(1) });
      await trades.rebuild(desk.account);
      expect(await observed()).toEqual([closed]);
      await sound(desk);
    });

    it("tell what an open position is worth, over its own lots", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      await desk.fill(2, "2", "b", "buy 2 @ 20003");
      await mark(desk, 3, 20_002);
      const [valued] = await desk.blotter.positions.valued({ account: desk.account });
      expect(valued?.price && moneyToNumber(valued.price.unrealizedPnl)).toBe(4 - 4);
      await desk.fill(4, "3", "c", "sell 1 @ 20004");
      const [after] = await desk.blotter.positions.valued({ account: desk.account });
      expect(after?.price && moneyToNumber(after.price.unrealizedPnl)).toBe(-4);
      await desk.fill(5, "4", "d", "sell 2 @ 20004");
      expect(await desk.blotter.positions.valued({ account: desk.account })).toEqual([]);
    });

    it("of a live feed are worked off a few times a second, extremes included", async () => {
      const desk = await Desk.open(subject().blotter);
      const { marks } = desk.blotter;
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      for (let i = 0; i < 100; i += 1) {
        const price = 20_000 + 10 * Math.sin(i / 5);
        const onTick = Math.round(price * 4) / 4;
        marks.see({ contract: "MNQU26", price: onTick, at: secondsAfterOpen(2 + i / 100) });
      }
      marks.see({ contract: "ZZZU26", price: 1, at: secondsAfterOpen(2) });
      await marks.flush();
      await desk.fill(5, "2", "b", "sell 1 @ 20000");
      expect(await excursions(desk)).toEqual([[-20, 20]]);
      expect(() => marks.see({ contract: "MNQU26", price: Number.NaN, at: "now" })).toThrow();
      const ahead = new Date(Date.now() + 3_600_000).toISOString();
      const early = () => marks.see({ contract: "MNQU26", price: 20_000, at: ahead });
      expect(early).toThrow(/^the price was seen at .*, and it is /);
      await sound(desk);
    });
  });
}
