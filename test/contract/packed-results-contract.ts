import { describe, expect, it } from "vitest";
import { streaks } from "../../src/domain/performance/streaks.js";
import { type FillInput, RESULT_LEVELS } from "../../src/index.js";
import { Desk } from "./desk.js";
import type { Subject } from "./subject.js";

const FIELDS = ["netPnl", "durationSeconds", "mae", "mfe"] as const;
const SUMS = ["grossPnl", "mae", "mfe"] as const;

/** Trades one after the other, and what is said of all of them. */
interface Case {
  readonly contract: string;
  readonly trades: readonly string[];
  readonly more: Partial<FillInput>;
}

const traded = (contract: string, trades: string, more: Partial<FillInput> = {}): Case => ({
  contract,
  trades: trades.split(", "),
  more,
});

/** A price that is an average lies off the tick: only a stand-in has one. */
const AVERAGE = { origin: "synthetic" } as const;

const CASES: readonly Case[] = [
  traded("ESU26", "buy 7 @ 5000.285714286, sell 5 @ 4999.75, sell 2 @ 4999.75", AVERAGE),
  traded("ESU26", "buy 7 @ 5000.285714286, sell 5 @ 5001, sell 2 @ 5001", AVERAGE),
  traded("ESU26", "sell 7 @ 5000.285714286, buy 5 @ 5001, buy 2 @ 4999", AVERAGE),
  traded("ESU26", "sell 1 @ 5000.00000001, buy 1 @ 5000.25", AVERAGE),
  traded("GCZ26", "buy 99991 @ 2400.3, sell 99991 @ 2400.7"),
  traded("6JU26", "sell 99991 @ 0.0065435, buy 99991 @ 0.006544"),
  traded("CLU26", "sell 99991 @ 70.01, buy 99991 @ 70.13"),
  traded("ESU26", "buy 1 @ 5000, sell 1 @ 5000", { commission: "0.000001", fee: null }),
];

/** Results by columns, as statistics over very many read them, are those of the lists to the last millionth. */
export function describePackedResults(subject: Subject): void {
  describe("results read by columns", () => {
    it.each(CASES)(
      "are those of the lists: $contract $trades",
      async ({ contract, trades, more }) => {
        const desk = await Desk.open(subject().blotter);
        for (const [n, trade] of trades.entries()) {
          const orderId = more.origin === "synthetic" ? `synthetic-${n}` : `o${n}`;
          await desk.fill(n, `f${n}`, orderId, trade, { contract, ...more });
        }
        const { account: accountId, blotter } = desk;
        for (const level of RESULT_LEVELS) {
          const query = { accountId, level };
          const [listed, { columns, sums }] = await blotter.store.read(async ({ results }) => [
            await results.list(query),
            await results.columns(query, FIELDS, SUMS),
          ]);
          expect(listed.length).toBeGreaterThan(0);
          for (const name of FIELDS) {
            expect(Array.from(columns[name]), name).toEqual(listed.map((row) => row[name]));
          }
          for (const name of SUMS) {
            expect(sums[name], name).toBe(listed.reduce((sum, row) => sum + row[name], 0));
          }
        }
      },
    );

    it("are in canonical order, that of the exits' fills at one instant, whatever was entered first", async () => {
      const desk = await Desk.open(subject().blotter);
      const { account: accountId, blotter } = desk;
      await desk.fill(0, "1", "a", "buy 1 @ 100");
      await desk.fill(1, "2", "b", "buy 1 @ 100", { contract: "MESU26" });
      await desk.fill(9, "3", "c", "sell 1 @ 101", { contract: "MESU26" });
      await desk.fill(9, "4", "d", "sell 1 @ 99");
      for (const level of RESULT_LEVELS) {
        const { columns } = await blotter.store.read(({ results }) =>
          results.columns({ accountId, level }, ["netPnl", "exitFillKey"]),
        );
        expect(Array.from(columns.netPnl, Math.sign)).toEqual([1, -1]);
        const filter = { accounts: [accountId], level };
        expect(await blotter.performance.statistics(filter)).toMatchObject({
          currentStreak: -1,
        });
      }
    });

    it("keep the canonical order of exits at one instant, however many were before them", async () => {
      const { blotter } = subject();
      const [many, one] = [await Desk.open(blotter), await Desk.open(blotter)];
      for (let n = 0; n < 9; n += 1) {
        await many.fill(10 * n, `e${n}`, `e${n}`, "buy 1 @ 100");
        await many.fill(10 * n + 5, `x${n}`, `x${n}`, "sell 1 @ 100");
      }
      await many.fill(200, "in", "in", "buy 2 @ 100");
      await one.fill(200, "in", "in", "buy 1 @ 100");
      await many.fill(300, "x11", "x11", "sell 1 @ 101");
      await one.fill(300, "x12", "x12", "sell 1 @ 101");
      await many.fill(300, "x13", "x13", "sell 1 @ 99");
      const accounts = [many.account, one.account];
      const nets = (await blotter.performance.results({ accounts })).map(({ netPnl }) => netPnl);
      const { longestWin, longestLoss, current } = streaks(nets);
      expect([longestWin, longestLoss, current]).toEqual([2, 1, -1]);
      expect(await blotter.performance.statistics({ accounts })).toMatchObject({
        longestWinStreak: longestWin,
        longestLossStreak: longestLoss,
        currentStreak: current,
      });
    });
  });
}
