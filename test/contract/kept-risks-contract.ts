import { describe, expect, it } from "vitest";
import type { OrderId } from "../../src/domain/ids.js";
import { RESULT_LEVELS } from "../../src/index.js";
import { Desk, fillInput, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

/** Planned risk in dollars of the desk's closed rows, by level; verified, too. */
async function risksOf({ blotter, account }: Desk): Promise<readonly string[]> {
  expect(await blotter.trades.verify(account)).toEqual([]);
  const found: string[] = [];
  for (const level of RESULT_LEVELS) {
    const query = { accountId: account, level } as const;
    const { columns } = await blotter.store.read(({ results }) =>
      results.columns(query, ["plannedRisk"]),
    );
    const dollars = Array.from(columns.plannedRisk, (risk) =>
      Number.isNaN(risk) ? "?" : risk / 1e6,
    );
    found.push(`${level} ${dollars.join(" ")}`);
  }
  return found;
}

const same = (risk: number | string) => RESULT_LEVELS.map((level) => `${level} ${risk}`);

/** MNQ, $2 a point: bought 2 @ 100 by order a, left by order b @ 110, both at once. */
async function outAtOnce(subject: Subject): Promise<Desk> {
  const desk = await Desk.open(subject().blotter);
  await desk.fill(0, "1", "a", "buy 2 @ 100");
  await desk.fill(60, "2", "b", "sell 2 @ 110");
  return desk;
}

const stop = (desk: Desk, id: string, stopPrice: number, more = {}) =>
  desk.order(id, { side: "sell", orderType: "stop", stopPrice, ...more });

export function describeKeptRisks(subject: Subject): void {
  describe("planned risk of what is closed", () => {
    it("is there with the row, and comes, moves and goes with a stop that is told late", async () => {
      const desk = await outAtOnce(subject);
      expect(await risksOf(desk)).toEqual(same("?"));
      await stop(desk, "s", 95, { parentOrderId: "a" });
      expect(await risksOf(desk)).toEqual(same(20));
      await stop(desk, "s", 97, { parentOrderId: "a", updatedAt: secondsAfterOpen(70) });
      expect(await risksOf(desk)).toEqual(same(12));
      // Moved past the entry, it tells nothing.
      await stop(desk, "s", 101, { parentOrderId: "a", updatedAt: secondsAfterOpen(80) });
      expect(await risksOf(desk)).toEqual(same("?"));
      await desk.fill(90, "3", "a2", "buy 1 @ 100");
      await stop(desk, "s2", 90, { parentOrderId: "a2" });
      await desk.fill(99, "4", "b2", "sell 1 @ 100");
      expect(await risksOf(desk)).toEqual(same("? 20"));
    });

    it("moves when the entry is linked to another stop, and when that stop moves", async () => {
      const desk = await outAtOnce(subject);
      await stop(desk, "s", 95);
      await stop(desk, "t", 98);
      expect(await risksOf(desk)).toEqual(same("?"));
      const link = (stopLossOrderId: string, at: number) =>
        desk.order("a", { stopLossOrderId, updatedAt: secondsAfterOpen(at) });
      await link("s", 70);
      expect(await risksOf(desk)).toEqual(same(20));
      await link("t", 80);
      expect(await risksOf(desk)).toEqual(same(8));
      await stop(desk, "t", 99, { updatedAt: secondsAfterOpen(90) });
      expect(await risksOf(desk)).toEqual(same(4));
      await stop(desk, "s", 50, { updatedAt: secondsAfterOpen(95) });
      expect(await risksOf(desk)).toEqual(same(4));
    });

    it("leaves the old parent with a child that was told another", async () => {
      const desk = await outAtOnce(subject);
      await desk.fill(90, "3", "c", "buy 2 @ 100");
      await desk.fill(99, "4", "d", "sell 2 @ 100");
      await stop(desk, "s", 95, { parentOrderId: "a", customTag: "free" });
      expect(await risksOf(desk)).toEqual(same("20 ?"));
      await stop(desk, "s", 95, {
        parentOrderId: "c",
        customTag: "free",
        updatedAt: secondsAfterOpen(100),
      });
      expect(await risksOf(desk)).toEqual(same("? 20"));
    });

    it("comes with links that follow from tags", async () => {
      const desk = await outAtOnce(subject);
      await stop(desk, "s", 95, { customTag: "AutoBracket7-SL" });
      expect(await risksOf(desk)).toEqual(same("?"));
      await desk.order("a", { customTag: "AutoBracket7", updatedAt: secondsAfterOpen(70) });
      const [before] = await risksOf(desk);
      await stop(desk, "s", 97, {
        customTag: "AutoBracket7-SL",
        updatedAt: secondsAfterOpen(80),
      });
      const [after] = await risksOf(desk);
      expect([before, after]).toEqual(["match 20", "match 12"]);
    });

    it("moves with the entry's average price: late, corrected and voided fills", async () => {
      const desk = await Desk.open(subject().blotter);
      await stop(desk, "s", 95, { parentOrderId: "a" });
      await desk.fill(0, "1", "a", "buy 1 @ 100");
      await desk.fill(60, "2", "b", "sell 1 @ 110");
      expect(await risksOf(desk)).toEqual(same(10));
      await desk.fill(90, "3", "a", "buy 1 @ 102");
      expect(await risksOf(desk)).toEqual(same(12));
      await desk.correct("3", 1, { price: 104 });
      expect(await risksOf(desk)).toEqual(same(14));
      await desk.void("3");
      expect(await risksOf(desk)).toEqual(same(10));
      await desk.correct("1", 1, { price: 99 });
      expect(await risksOf(desk)).toEqual(same(8));
    });

    it("is the part of what is written, which moves with the order's quantity", async () => {
      const desk = await Desk.open(subject().blotter);
      const { blotter, account } = desk;
      const write = (target: "order" | "fill", id: string, plannedRisk: number | null) =>
        blotter.annotations.annotate({ accountId: account, target, id, plannedRisk });
      await desk.fill(0, "1", "a", "buy 1 @ 100");
      await write("order", "a", 30);
      await desk.fill(60, "2", "b", "sell 1 @ 110");
      expect(await risksOf(desk)).toEqual(same(30));
      await desk.fill(90, "3", "a", "buy 2 @ 100");
      expect(await risksOf(desk)).toEqual(same(10));
      await write("fill", "3", 6);
      expect(await risksOf(desk)).toEqual(same(12));
      // A fill that is of another order takes what is written on it along.
      await desk.correct("3", 1, { orderId: "c" });
      expect(await risksOf(desk)).toEqual(same(30));
      await desk.fill(120, "4", "d", "sell 2 @ 100");
      expect(await risksOf(desk)).toEqual(same("30 6"));
      await write("order", "a", null);
      await write("fill", "3", null);
      expect(await risksOf(desk)).toEqual(same("? ?"));
    });

    it("stays with what is left as it was by a burst that takes a fill away and brings it back", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.order("a", { stopLossOrderId: "s" });
      await stop(desk, "s", 95);
      await desk.fill(0, "1", "a", "buy 1 @ 100");
      await desk.fill(60, "2", "b", "sell 1 @ 110");
      expect(await risksOf(desk)).toEqual(same(10));
      const told = (orderId: string, revision: number) => ({
        kind: "fill" as const,
        input: fillInput(desk.account, 0, "1", orderId, "buy 1 @ 100", { revision }),
      });
      const burst = [told("c", 1), told("a", 2)].map((event) => desk.blotter.intake.handle(event));
      await Promise.all(burst);
      expect(await risksOf(desk)).toEqual(same(10));
    });

    it("keeps no fill out of the books, however much was written", async () => {
      const desk = await Desk.open(subject().blotter);
      const { blotter, account: accountId } = desk;
      const [most, huge] = ["900000000", "8999999999.123457"];
      const write = (target: "order" | "fill", id: string, plannedRisk: string) =>
        blotter.annotations.annotate({ accountId, target, id, plannedRisk });
      await desk.fill(0, "1", "a", "buy 3 @ 100");
      await write("order", "a", most);
      await desk.fill(60, "2", "b", "sell 1 @ 110");
      expect(await risksOf(desk)).toEqual(["match 300000000", "trade 300000000", "position "]);
      await write("fill", "1", huge);
      await write("order", "a", huge);
      await desk.fill(70, "3", "b", "sell 2 @ 110");
      await desk.correct("1", 1, { quantity: 4 });
      expect(await risksOf(desk)).toEqual(["match ? ?", "trade ?", "position "]);
      await write("order", "a", "1");
      await write("fill", "1", "0.333333");
      expect((await risksOf(desk)).slice(1)).toEqual(["trade 1", "position "]);
    });

    it("keeps no fill out of the books, however absurd a stop is", async () => {
      const desk = await Desk.open(subject().blotter);
      await stop(desk, "s", -999_999, { parentOrderId: "a" });
      await desk.fill(0, "1", "a", "buy 1000000 @ 100");
      await desk.fill(60, "2", "b", "sell 1000000 @ 100");
      expect(await risksOf(desk)).toEqual(same("?"));
    });

    it("is named by verify when it is damaged, and mended by a rebuild", async () => {
      const desk = await outAtOnce(subject);
      const { blotter, account } = desk;
      await stop(desk, "s", 95, { parentOrderId: "a" });
      await blotter.store.write(account, async ({ results }) => {
        for (const row of await results.ofEntry(account, "a" as OrderId)) {
          await results.setPlannedRisk(account, row, null);
        }
      });
      const found = await blotter.trades.verify(account);
      expect(found.map(({ table }) => table)).toEqual(["matches", "trades", "positions"]);
      await blotter.trades.rebuild(account);
      expect(await risksOf(desk)).toEqual(same(20));
    });

    it("is made when a store from before there was any is asked", async () => {
      const desk = await outAtOnce(subject);
      const { blotter, account } = desk;
      await stop(desk, "s", 95, { parentOrderId: "a" });
      await blotter.store.write(account, async ({ results, sums }) => {
        for (const row of await results.ofEntry(account, "a" as OrderId)) {
          await results.setPlannedRisk(account, row, null);
        }
        await sums.clear(account);
      });
      const { resultsWithRisk } = await blotter.performance.statistics({ accounts: [account] });
      expect(resultsWithRisk).toBe(1);
      expect(await risksOf(desk)).toEqual(same(20));
    });
  });
}
