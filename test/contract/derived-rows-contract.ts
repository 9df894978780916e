import { describe, expect, it } from "vitest";
import type { AccountId, OrderId } from "../../src/domain/ids.js";
import type { Match } from "../../src/domain/match.js";
import type { Trade } from "../../src/domain/trade.js";
import { freshAccount } from "./fresh-account.js";
import {
  fillRow,
  lotOf,
  MES,
  MNQ,
  matchOf,
  moment,
  money,
  orderRow,
  positionOf,
  price,
  tradeOf,
} from "./made-up-rows.js";
import type { Subject } from "./subject.js";

/** Figures at the ends of what the store must keep. */
const EXTREMES = {
  grossPnl: money("999999999.999999"),
  commissions: money("-999999999.999999"),
  fees: money("0.000001"),
};

/** An account with an entry order of a strategy, and an exit order. */
async function orders(subject: Subject) {
  const account = await freshAccount(subject().blotter);
  const entry = orderRow(account, "entry", { strategy: "swing" });
  const exit = orderRow(account, "exit", { side: "SELL" });
  await subject().blotter.store.write(account, async (repos) => {
    for (const order of [entry, exit]) await repos.orders.insert(order);
  });
  return { account, entry, exit, store: subject().blotter.store };
}

export function describeLotRows(subject: Subject): void {
  it("lots are saved, replaced, removed and cleared, and come oldest first", async () => {
    const { account, entry, store } = await orders(subject);
    const swing = (lot: ReturnType<typeof lotOf>) => ({
      ...lot,
      execution: { ...lot.execution, strategy: "swing" },
    });
    const priced = { price: price("0.0000005"), commission: money("0"), quantity: 3 };
    const fills = ["10", "9", "8"].map((id, i) => fillRow(entry, id, i === 2 ? 1 : 0, priced));
    const [ten, nine, eight] = fills.map((fill) => swing(lotOf(fill, { consumed: 1 })));
    if (!ten || !nine || !eight) throw new Error("three lots");
    const replaced = { ...ten, consumed: 2, low: price("-999999.999999999") };
    await store.write(account, async (repos) => {
      for (const lot of [eight, ten, nine, replaced]) {
        await repos.lots.save(account, MNQ.contractId, lot);
      }
      await repos.lots.save(account, MES.contractId, eight);
    });
    const look = () =>
      store.read(async (repos) => [
        await repos.lots.of(account, MNQ.contractId),
        await repos.lots.list(account),
      ]);
    const inMnq = [nine, replaced, eight];
    const all = [{ ...eight, contractId: MES.contractId }].concat(
      inMnq.map((lot) => ({ ...lot, contractId: MNQ.contractId })),
    );
    expect(await look()).toEqual([inMnq, all]);
    const key = nine.execution.fillKey;
    await store.write(account, (repos) => repos.lots.remove(account, MNQ.contractId, key));
    expect(await look()).toEqual([
      [replaced, eight],
      all.filter((lot) => lot.execution.fillKey !== key),
    ]);
    await store.write(account, (repos) => repos.lots.clear(account));
    expect(await look()).toEqual([[], []]);
  });
}

export function describeMatchRows(subject: Subject): void {
  describe("matches", () => {
    it("come back as they were written, in canonical order, and by what they belong to", async () => {
      const { account, entry, exit, store } = await orders(subject);
      const fill = (order: typeof entry, id: string, at: number) => fillRow(order, id, at);
      const swing = { strategy: "swing", ...EXTREMES, costsKnown: true };
      const [e1, e2] = [fill(entry, "1", 0), fill(entry, "2", 0)];
      const [x9, x10] = [fill(exit, "9", 5), fill(exit, "10", 5)];
      const matches = [
        matchOf(e1, x9, swing),
        matchOf(e2, x9, { ...swing, commissions: null, entryOffset: 1, exitOffset: 2 }),
        matchOf(e1, x10, { ...swing, positionId: "second", fees: null, side: "SHORT" }),
      ];
      await store.write(account, async (repos) => {
        for (const match of [...matches].reverse()) await repos.matches.insert(match);
      });
      const found = await store.read(async ({ matches: m }) => ({
        all: await m.list({ accountId: account }),
        newest: await m.list({ accountId: account, newest: 1 }),
        ofSwing: await m.list({ accountId: account, strategy: "swing", from: moment(5) }),
        earlier: await m.list({ accountId: account, to: moment(5) }),
        ofMes: await m.list({ accountId: account, contractIds: [MES.contractId] }),
        ofPosition: new Set(await m.ofPosition(account, "position")),
        ofTrade: new Set(await m.ofTrade(account, "position", entry.orderId, exit.orderId)),
        ofNone: await m.ofTrade(account, "position", exit.orderId, entry.orderId),
        ofExit: new Set(await m.ofExit(account, x9)),
        count: await m.count(account),
      }));
      const first = new Set(matches.slice(0, 2));
      expect(found).toEqual({
        all: matches,
        newest: matches.slice(2),
        ofSwing: matches,
        earlier: [],
        ofMes: [],
        ofPosition: first,
        ofTrade: first,
        ofNone: [],
        ofExit: first,
        count: 3,
      });
    });

    it("are found before a place, removed one by one, and cleared", async () => {
      const { account, entry, exit, store } = await orders(subject);
      const rows = [1, 2, 3].map((at) =>
        matchOf(fillRow(entry, `${at}`, 0), fillRow(exit, `${at}`, at), { strategy: "swing" }),
      );
      const [first, second, third] = rows as [Match, Match, Match];
      await store.write(account, async (repos) => {
        for (const match of rows) await repos.matches.insert(match);
        await repos.matches.remove(first);
      });
      const lastBefore = (match: Match) => {
        const place = { executedAt: match.exitTimestamp, fillKey: match.exitFillKey };
        return store.read((repos) => repos.matches.lastBefore(account, "position", place));
      };
      expect([await lastBefore(third), await lastBefore(second)]).toEqual([second, null]);
      await store.write(account, (repos) => repos.matches.clear(account));
      expect(await store.read((repos) => repos.matches.count(account))).toBe(0);
    });
  });
}

export function describeTradeRows(subject: Subject): void {
  it("trades are saved, replaced, removed and cleared, and come in canonical order", async () => {
    const { account, entry, exit, store } = await orders(subject);
    const row = (id: string, at: number, more: Partial<Trade> = {}) =>
      tradeOf(matchOf(fillRow(entry, "1", 0), fillRow(exit, id, at), EXTREMES), `trade-${id}`, {
        mae: money("-999999999.999999"),
        mfe: money("0.000001"),
        durationSeconds: 2_147_483_647,
        ...more,
      });
    const [a, b, c] = [row("9", 1), row("10", 1), row("1", 2, { strategy: "swing", fees: null })];
    const changed = { ...b, side: "SHORT" as const, netPnl: money("-0.000001"), costsKnown: true };
    await store.write(account, async (repos) => {
      for (const trade of [c, b, a, changed]) await repos.trades.save(trade);
    });
    const list = (query = {}) =>
      store.read((repos) => repos.trades.list({ accountId: account, ...query }));
    expect(await list()).toEqual([a, changed, c]);
    expect(await list({ newest: 2 })).toEqual([changed, c]);
    expect(await list({ from: moment(2) })).toEqual([c]);
    expect(await list({ to: moment(2), strategy: "swing" })).toEqual([]);
    expect(await list({ strategy: "swing" })).toEqual([c]);
    const get = (id: string) => store.read((repos) => repos.trades.get(account, id));
    expect([await get("trade-10"), await get("none")]).toEqual([changed, null]);
    await store.write(account, (repos) => repos.trades.remove(account, "trade-10"));
    const ofPosition = await store.read((repos) => repos.trades.ofPosition(account, "position"));
    expect(new Set(ofPosition.map((t) => t.tradeId))).toEqual(new Set(["trade-9", "trade-1"]));
    expect(await store.read((repos) => repos.trades.count(account))).toBe(2);
    await store.write(account, (repos) => repos.trades.clear(account));
    expect(await list()).toEqual([]);
  });
}

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
      await store.write(account, (repos) => repos.positions.insert(open));
      const look = () =>
        store.read(async ({ positions }) => [
          await positions.get(account, "first"),
          await positions.list({ accountId: account }, "open"),
          await positions.list({ accountId: account }, "closed"),
        ]);
      expect(await look()).toEqual([open, [open], []]);
      await store.write(account, (repos) => repos.positions.update(closed));
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
        for (const row of [...open, ...shut].reverse()) await repos.positions.insert(row);
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
        for (const row of [third, first, second]) if (row) await positions.insert(row);
        const match = matchOf(fillRow(entry, "9", 0), fillRow(entry, "1", 1));
        await trades.save(tradeOf(match, "t"));
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
