import { describe, expect, it } from "vitest";
import type { RiskedRow } from "../../src/ports/performance-repositories.js";
import { orders } from "./derived-rows-contract.js";
import {
  fillRow,
  matchOf,
  moment,
  money,
  orderRow,
  positionOf,
  price,
  tradeOf,
} from "./made-up-rows.js";
import type { Subject } from "./subject.js";

const [LEAST, MOST] = [money("0.000001"), money("999999999.999999")];

export function describeRiskRows(subject: Subject): void {
  describe("planned risks", () => {
    it("stand with closed rows, are found by entry order, and are set one by one", async () => {
      const { account, entry, exit, store } = await orders(subject);
      const match = matchOf(fillRow(entry, "1", 0), fillRow(exit, "2", 5));
      const other = matchOf(fillRow(exit, "3", 6), fillRow(entry, "4", 7), { side: "SHORT" });
      const opened = positionOf(fillRow(entry, "1", 0), match.positionId);
      const closed = {
        ...opened,
        status: "closed" as const,
        closedQuantity: 3,
        closedAt: moment(5),
        exitOrderId: exit.orderId,
      };
      await store.write(account, async ({ matches, trades, positions }) => {
        await matches.insert(match, LEAST);
        await matches.insert(other, null);
        await trades.save(tradeOf(match, "first"), MOST);
        await trades.save(tradeOf(other, "second"), LEAST);
        await positions.insert(opened, null);
        await positions.insert(positionOf(fillRow(entry, "5", 9), "open"), null);
        await positions.update(closed, LEAST);
      });
      const look = async (order = entry) =>
        (await store.read((repos) => repos.results.ofEntry(account, order.orderId)))
          .map(({ level, resultId, quantity, plannedRisk }) => [
            level,
            resultId,
            quantity,
            plannedRisk,
          ])
          .sort();
      const { quantity } = match;
      expect(await look()).toEqual([
        ["match", "1:2", quantity, LEAST],
        ["position", match.positionId, 3, LEAST],
        ["trade", "first", quantity, MOST],
      ]);
      expect(await look(exit)).toEqual([
        ["match", "3:4", other.quantity, null],
        ["trade", "second", other.quantity, LEAST],
      ]);
      expect(await look(orderRow(account, "none"))).toEqual([]);
      const set = (level: RiskedRow["level"], risk: RiskedRow["plannedRisk"]) =>
        store.write(account, async ({ results }) => {
          const rows = await results.ofEntry(account, entry.orderId);
          for (const row of rows)
            if (row.level === level) await results.setPlannedRisk(account, row, risk);
        });
      await set("match", MOST);
      await set("trade", null);
      await set("position", MOST);
      expect((await look()).map((row) => row[3])).toEqual([MOST, MOST, null]);
      const query = { accountId: account, level: "trade" } as const;
      const { columns } = await store.read(({ results }) =>
        results.columns(query, ["resultId", "plannedRisk"]),
      );
      expect(columns.resultId).toEqual(["first", "second"]);
      expect(Array.from(columns.plannedRisk)).toEqual([Number.NaN, LEAST]);
    });

    it("follow from an entry order: what was written on it and its fills, and its stop", async () => {
      const { account, entry, store } = await orders(subject);
      const look = () => store.read((repos) => repos.orders.entry(account, entry.orderId));
      const nothing = { writtenRisk: null, protectiveStop: null };
      expect(await look()).toMatchObject({ strategy: "swing", ...nothing });
      const stop = (id: string, at: number, stopPrice: string | null, more = {}) =>
        orderRow(account, id, {
          stopPrice: stopPrice === null ? null : price(stopPrice),
          createdAt: moment(at),
          ...more,
        });
      const child = { parentOrderId: entry.orderId };
      await store.write(account, async (repos) => {
        await repos.orders.insert(stop("c1", 5, "99.25", child));
        await repos.orders.insert(stop("c2", 5, "98.25", child));
        await repos.orders.insert(stop("c3", 9, null, child));
        await repos.orders.insert(stop("c4", 9, "97", { parentOrderId: "else" }));
        await repos.orders.insert(stop("linked", 0, null));
      });
      expect((await look())?.protectiveStop).toBe(price("98.25"));
      const { orderId: linked } = orderRow(account, "linked");
      await store.write(account, async (repos) => {
        await repos.orders.update({ ...entry, stopLossOrderId: linked });
      });
      expect((await look())?.protectiveStop).toBe(price("98.25"));
      await store.write(account, (repos) => repos.orders.update(stop("linked", 0, "99.75")));
      expect((await look())?.protectiveStop).toBe(price("99.75"));
      expect(await store.read((repos) => repos.orders.protectedBy(account, linked))).toEqual([
        entry.orderId,
      ]);
      const note = { accountId: account, note: null, tags: [], checksum: "" };
      await store.write(account, async (repos) => {
        await repos.fills.insert(fillRow(entry, "1", 0));
        await repos.fills.insert(fillRow(entry, "2", 1, { state: "void" }));
        await repos.fills.insert(fillRow(entry, "3", 2, { state: "held" }));
        for (const targetId of ["1", "2", "3", "9", entry.orderId]) {
          const plannedRisk = money("10.000001");
          await repos.annotations.save({ ...note, target: "fill", targetId, plannedRisk });
        }
        await repos.annotations.save({ ...note, target: "fill", targetId: "3", plannedRisk: null });
      });
      expect((await look())?.writtenRisk).toBe(money("10.000001"));
      await store.write(account, (repos) =>
        repos.annotations.save({
          ...note,
          target: "order",
          targetId: entry.orderId,
          plannedRisk: money("0.000009"),
        }),
      );
      expect((await look())?.writtenRisk).toBe(money("10.00001"));
    });
  });
}
