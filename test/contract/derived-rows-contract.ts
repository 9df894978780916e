import { describe, expect, it } from "vitest";
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
  price,
  tradeOf,
} from "./made-up-rows.js";
import type { Subject } from "./subject.js";

/** Figures at the ends of what the store must keep. */
export const EXTREMES = {
  grossPnl: money("999999999.999999"),
  commissions: money("-999999999.999999"),
  fees: money("0.000001"),
};

/** An account with an entry order of a strategy, and an exit order. */
export async function orders(subject: Subject) {
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
        for (const match of [...matches].reverse()) await repos.matches.insert(match, null);
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
        for (const match of rows) await repos.matches.insert(match, null);
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
      for (const trade of [c, b, a, changed]) await repos.trades.save(trade, null);
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
