import { describe, expect, it } from "vitest";
import type { AccountId, OrderId } from "../../src/domain/ids.js";
import { EXTREMES, orders } from "./derived-rows-contract.js";
import {
  fillRow,
  MNQ,
  matchOf,
  moment,
  money,
  positionOf,
  price,
  tradeOf,
} from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export function describePositionRows(subject: Subject): void {
  describe("positions", () => {
    it("come back as they were written and rewritten, open or closed", async () => {
      const { account, entry, exit, store } = await orders(subject);
      const opener = fillRow(entry, "1", 0, { price: price("-0.0000005") });
      const open = positionOf(opener, "first", { ...EXTREMES, strategy: "swing" });
      const closed = {
        ...open,
        status: "closed" as const,
        quantity: 0,
        closedAt: moment(9),
        exitOrderId: exit.orderId,
        exitPrice: price("999999.999999999"),
        mae: money("-999999999.999999"),
        mfe: money("0"),
      };
      await store.write(account, (repos) => repos.positions.insert(open, null));
      const look = () =>
        store.read(async ({ positions }) => [
          await positions.get(account, "first"),
          await positions.list({ accountId: account }, "open"),
          await positions.list({ accountId: account }, "closed"),
        ]);
      expect(await look()).toEqual([open, [open], []]);
      await store.write(account, (repos) => repos.positions.update(closed, null));
      expect(await look()).toEqual([closed, [], [closed]]);
      await store.write(account, (repos) => repos.positions.remove(account, "first"));
      expect(await look()).toEqual([null, [], []]);
    });

    it("are listed by opening or by closing, filtered, counted and cleared", async () => {
      const { account, entry, store } = await orders(subject);
      const opened = (id: string, at: number) => positionOf(fillRow(entry, id, at), `p-${id}`);
      const open = [opened("9", 1), opened("10", 1), { ...opened("1", 2), strategy: "s" }];
      const shut = [opened("7", 5), opened("8", 4)].map((row, i) => ({
        ...row,
        status: "closed" as const,
        closedAt: moment(10 + i),
      }));
      await store.write(account, async (repos) => {
        for (const row of [...open, ...shut].reverse()) await repos.positions.insert(row, null);
      });
      const ids = async (status: "open" | "closed", query = {}) =>
        (await store.read((r) => r.positions.list({ accountId: account, ...query }, status))).map(
          (row) => row.positionId,
        );
      expect(await ids("open")).toEqual(["p-9", "p-10", "p-1"]);
      expect(await ids("open", { newest: 2 })).toEqual(["p-10", "p-1"]);
      expect(await ids("open", { from: moment(2) })).toEqual(["p-1"]);
      expect(await ids("open", { strategy: "s" })).toEqual(["p-1"]);
      expect(await ids("closed")).toEqual(["p-7", "p-8"]);
      expect(await ids("closed", { from: moment(10), to: moment(11) })).toEqual(["p-7"]);
      expect(await store.read((repos) => repos.positions.count(account))).toBe(5);
      await store.write(account, (repos) => repos.positions.clear(account));
      expect(await store.read((repos) => repos.positions.count(account))).toBe(0);
    });

    it("keep what was seen of them: a price while they are open, and the broker's id", async () => {
      const { account, entry, exit, store } = await orders(subject);
      const open = positionOf(fillRow(entry, "1", 0), "p");
      const closed = {
        ...open,
        status: "closed" as const,
        quantity: 0,
        closedAt: moment(9),
        exitOrderId: exit.orderId,
        exitPrice: price("1"),
      };
      const worth = { currentPrice: price("2.5"), unrealizedPnl: money("-3"), markedAt: moment(4) };
      const nothing = { currentPrice: null, unrealizedPnl: null, markedAt: null };
      const seen = { positionId: "p", brokerPositionId: "825", ...worth };
      const observed = () => store.read((repos) => repos.positions.observed(account));
      await store.write(account, async ({ positions }) => {
        await positions.insert(open, null);
        await positions.observe(account, { ...seen, positionId: "none" });
      });
      expect(await observed()).toEqual([]);
      await store.write(account, ({ positions }) => positions.observe(account, seen));
      expect(await observed()).toEqual([seen]);
      const later = { ...open, openedAt: moment(2), openFillOffset: 1, strategy: "other" };
      await store.write(account, ({ positions }) => positions.replace(later, null));
      expect(await store.read(({ positions }) => positions.get(account, "p"))).toEqual(later);
      expect(await observed()).toEqual([seen]);
      await store.write(account, ({ positions }) => positions.replace(closed, null));
      expect(await observed()).toEqual([{ ...seen, ...nothing }]);
      await store.write(account, ({ positions }) => positions.observe(account, seen));
      expect(await observed()).toEqual([{ ...seen, ...nothing }]);
    });

    it("are found by what opened them, and take on the strategy of their order", async () => {
      const { account, entry, store } = await orders(subject);
      const fills = ["9", "10", "1"].map((id, i) => fillRow(entry, id, i === 2 ? 1 : 0));
      const [first, second, third] = fills.map((fill) => positionOf(fill, fill.fillId));
      const newest = async (before: number | null) =>
        (
          await store.read(({ positions }) => {
            const place = before === null ? null : (fills[before] ?? null);
            return positions.lastOpened(account, MNQ.contractId, place);
          })
        )?.positionId;
      expect(await newest(null)).toBe(undefined);
      await store.write(account, async ({ positions, trades }) => {
        for (const row of [third, first, second]) if (row) await positions.insert(row, null);
        const match = matchOf(fillRow(entry, "9", 0), fillRow(entry, "1", 1));
        await trades.save(tradeOf(match, "t"), null);
        await positions.setStrategy(account, entry.orderId, "it's");
        await positions.setStrategy(account, "none" as OrderId, "wrong");
      });
      expect([await newest(null), await newest(2), await newest(1)]).toEqual(["1", "10", "9"]);
      expect(await newest(0)).toBe(undefined);
      const strategies = await store.read(async ({ positions, trades }) => [
        ...(await positions.list({ accountId: account }, "open")).map((row) => row.strategy),
        (await trades.get(account, "t"))?.strategy,
      ]);
      expect(strategies).toEqual(["it's", "it's", "it's", "it's"]);
    });
  });
}

export function describeOutboxRows(subject: Subject): void {
  it("the outbox numbers an account's events and knows how far each reader is", async () => {
    const { account, store } = await orders(subject);
    const events = [1, 2, 3].map(
      (n) => ({ type: "order.changed", payload: { n, ü: "'" } }) as const,
    );
    await store.write(account, async ({ outbox }) => {
      await outbox.append(account, events.slice(0, 2), moment(1));
      await outbox.append(account, [], moment(1));
      await outbox.append(account, events.slice(2), moment(2));
      await outbox.advance("reader", account, 1);
      await outbox.advance("reader", account, 2);
    });
    const recorded = events.map((event, i) => ({
      ...event,
      accountId: account,
      sequence: i + 1,
      recordedAt: moment(i < 2 ? 1 : 2),
    }));
    const look = () =>
      store.read(async ({ outbox }) => ({
        all: await outbox.after(account, 0, 9),
        some: await outbox.after(account, 1, 1),
        last: await outbox.last(account),
        cursors: [await outbox.cursor("reader", account), await outbox.cursor("new", account)],
      }));
    const cursors = [2, null];
    expect(await look()).toEqual({ all: recorded, some: [recorded[1]], last: 3, cursors });
    expect(await store.read(({ outbox }) => outbox.accounts())).toContain(account);
    expect(await store.read(({ outbox }) => outbox.last("nobody" as AccountId))).toBe(0);
  });
}
