import { describe, expect, it } from "vitest";
import {
  type Blotter,
  BREAKDOWNS,
  type ClosedFilter,
  type Match,
  type PerformanceFilter,
  type Position,
  RESULT_LEVELS,
  type ResultLevel,
  type Trade,
} from "../../src/index.js";
import type { Page, PagePlace, TradePageRequest } from "../../src/ports/queries.js";
import { Desk, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

const usd = (dollars: number) => Math.round(dollars * 1e6);

/**
 * MNQ, $2 a point, from 08:30 in Chicago on Wednesday, 2026-08-19. Trades by their orders:
 * - a>b 1 and a>c 1: bought 2 @ 100 by fill 1, left by fill 2 @ 110 and by fill 3 @ 95. One position.
 * - d>e 1: sold @ 100 by fill 4, back by fill 5 @ 100.
 * - f>g 3: bought 1 and 2 @ 100 by fills 6 and 7, left by fill 8 @ 101. Two matches, 6:8 and 7:8.
 */
async function tradedDesk(blotter: Blotter): Promise<Desk> {
  const desk = await Desk.open(blotter);
  await desk.fill(0, "1", "a", "buy 2 @ 100");
  await desk.fill(30, "2", "b", "sell 1 @ 110");
  await desk.fill(60, "3", "c", "sell 1 @ 95");
  await desk.fill(90, "4", "d", "sell 1 @ 100");
  await desk.fill(120, "5", "e", "buy 1 @ 100");
  await desk.fill(150, "6", "f", "buy 1 @ 100");
  await desk.fill(180, "7", "f", "buy 2 @ 100");
  await desk.fill(210, "8", "g", "sell 3 @ 101");
  return desk;
}

const write = (
  { blotter, account }: Desk,
  target: "order" | "fill",
  id: string,
  more: { note?: string | null; tags?: readonly string[]; plannedRisk?: number | string | null },
) => blotter.annotations.annotate({ accountId: account, target, id, ...more });

/** The rows that fit, by their orders, from the list of their level; performance must count the same ones. */
async function rowsOf(
  { blotter, account }: Desk,
  filter: Omit<ClosedFilter, "account">,
  level: ResultLevel = "trade",
): Promise<readonly string[]> {
  const { trades, positions, performance } = blotter;
  const list = {
    match: trades.matches.bind(trades),
    trade: trades.trades.bind(trades),
    position: positions.closed.bind(positions),
  }[level];
  const rows = await list({ account, ...filter });
  const { tags, note, minRisk, maxRisk } = filter;
  const asked = { accounts: [account], level, tags, note, minRisk, maxRisk };
  const results = await performance.results(asked, filter.limit);
  const named = (row: { readonly entryOrderId: string; readonly exitOrderId: string | null }) =>
    `${row.entryOrderId}>${row.exitOrderId}`;
  expect(results.map(named)).toEqual(rows.map(named));
  return rows.map(named);
}

export function describeWritten(subject: Subject): void {
  describe("what people write", () => {
    describeTexts(subject);
    describeRisk(subject);
    describeStandIns(subject);
    describeSums(subject);
  });
}

function describeTexts(subject: Subject): void {
  it("on an order belongs to all that it entered or left, on a fill to what the fill is in", async () => {
    const desk = await tradedDesk(subject().blotter);
    await write(desk, "order", "a", { note: "Breakout über der\nEröffnung", tags: ["open"] });
    await write(desk, "order", "c", { tags: ["stopped"] });
    await write(desk, "fill", "7", { note: "added 100% late_", tags: ["late"] });
    await desk.blotter.trades.rebuild(desk.account);
    const of = (filter: Omit<ClosedFilter, "account">, level?: ResultLevel) =>
      rowsOf(desk, filter, level);
    expect(await of({ tags: ["open"] })).toEqual(["a>b", "a>c"]);
    expect(await of({ tags: ["OPEN"] }, "match")).toEqual(["a>b", "a>c"]);
    expect(await of({ tags: ["open"] }, "position")).toEqual(["a>c"]);
    expect(await of({ tags: ["stopped"] })).toEqual(["a>c"]);
    expect(await of({ tags: ["stopped"] }, "position")).toEqual(["a>c"]);
    expect(await of({ tags: ["stopped", "late"] })).toEqual(["a>c", "f>g"]);
    // Of the two matches only that of the fill itself.
    expect(await of({ tags: ["late"] }, "match")).toEqual(["f>g"]);
    expect(await of({ tags: ["none"] })).toEqual([]);
    expect(await of({ note: "ÜBER DER\nERÖFF" })).toEqual(["a>b", "a>c"]);
    // A letter and its dots, told one after the other.
    expect(await of({ note: "u\u0308ber" })).toEqual(["a>b", "a>c"]);
    expect(await of({ note: "100% LATE_" })).toEqual(["f>g"]);
    expect(await of({ note: "100_" })).toEqual([]);
    expect(await of({ note: "breakout", tags: ["stopped"] })).toEqual(["a>c"]);
    expect(await of({ note: "breakout", tags: ["late"] })).toEqual([]);
    expect(await of({ tags: ["open", "late"], limit: 2 })).toEqual(["a>c", "f>g"]);
    await write(desk, "order", "a", { note: null, tags: [] });
    expect(await of({ tags: ["open"] })).toEqual([]);
  });

  it("narrows pages down, over several accounts, as it does lists", async () => {
    const desks = [await tradedDesk(subject().blotter), await tradedDesk(subject().blotter)];
    const [first, second] = desks;
    if (!first || !second) throw new Error("there are two");
    await write(first, "order", "a", { tags: ["paged"], plannedRisk: 100 });
    await write(second, "fill", "6", { tags: ["paged"], plannedRisk: 90 });
    const { queries } = first.blotter;
    const walk = async (level: ResultLevel, newestFirst: boolean) => {
      const found: string[] = [];
      const request = { size: 1, newestFirst, tags: ["paged"], minRisk: 20, maxRisk: "90" };
      for (let after: PagePlace | null = null; ; ) {
        const asked: TradePageRequest = { ...request, after };
        const page: Page<Match | Trade | Position> = await {
          match: () => queries.matches(asked),
          trade: () => queries.trades(asked),
          position: () => queries.closedPositions(asked),
        }[level]();
        for (const row of page.rows) found.push(`${row.accountId} ${row.exitOrderId}`);
        after = page.next;
        if (after === null) return found;
      }
    };
    const all = [`${first.account} b`, `${first.account} c`, `${second.account} g`];
    for (const newestFirst of [true, false]) {
      const expected = newestFirst ? [...all].reverse() : all;
      expect(await walk("trade", newestFirst)).toEqual(expected);
      expect(await walk("match", newestFirst)).toEqual(expected);
    }
    // The position of a risks all of its 100.
    expect(await walk("position", true)).toEqual([`${second.account} g`]);
  });

  it("is refused as a filter that cannot be, with words", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const refused = async (filter: object, words: string) => {
      const by = { account, ...filter };
      const page = { ...by, size: 1, newestFirst: true, after: null };
      const { performance, trades, positions, queries } = blotter;
      const asks = [
        () => performance.summary({ accounts: [account], ...filter }),
        () => trades.trades(by),
        () => trades.matches(by),
        () => positions.closed(by),
        () => queries.trades(page),
      ];
      for (const ask of asks) await expect(ask()).rejects.toThrow(words);
    };
    await refused({ note: " " }, "a note must be 1-10000 characters");
    await refused({ tags: [""] }, "a tag must be");
    await refused({ minRisk: -1 }, "the least planned risk must not be below 0, was -1");
    await refused({ maxRisk: "-0.5" }, 'the most planned risk must not be below 0, was "-0.5"');
    await refused({ minRisk: "x" }, "the least planned risk");
    await refused({ maxRisk: Number.NaN }, "the most planned risk");
    await refused({ minRisk: 5, maxRisk: 4 }, "the least planned risk 5 is above the most");
    const rules = { startingBalance: usd(1), profitTarget: usd(1), maxLoss: null, dailyLoss: null };
    const simulated = blotter.performance.simulate(rules as never, { seed: 1 }, { note: "x" });
    await expect(simulated).rejects.toThrow("filter by accounts and dates only");
  });
}

function describeRisk(subject: Subject): void {
  it("of risk: a trade bears its share of what was written, to the millionth", async () => {
    const desk = await tradedDesk(subject().blotter);
    await write(desk, "order", "a", { plannedRisk: 100 });
    // A third of it and two thirds: 33.333333 and 66.666667.
    await write(desk, "fill", "6", { plannedRisk: 60 });
    await write(desk, "order", "f", { plannedRisk: 40 });
    const of = (minRisk?: string | number, maxRisk?: string | number, level?: ResultLevel) =>
      rowsOf(desk, { minRisk, maxRisk }, level);
    expect(await of(50, 50)).toEqual(["a>b", "a>c"]);
    expect(await of("50.000001")).toEqual(["f>g"]);
    expect(await of(undefined, "49.999999")).toEqual([]);
    expect(await of(100, 100, "position")).toEqual(["a>c", "f>g"]);
    expect(await of("33.333333", "33.333333", "match")).toEqual(["f>g"]);
    expect(await of("33.333334", "49.9", "match")).toEqual([]);
    expect(await of("66.666667", undefined, "match")).toEqual(["f>g"]);
    expect(await of(0)).toEqual(["a>b", "a>c", "f>g"]);
    // Nothing is known of d.
    expect(await of(undefined, 1_000)).toEqual(["a>b", "a>c", "f>g"]);
  });

  it("of risk: the protective stop tells it where nobody wrote one, and no stop beyond the entry", async () => {
    const desk = await tradedDesk(subject().blotter);
    const stop = (id: string, parentOrderId: string, stopPrice: number, side: "buy" | "sell") =>
      desk.order(id, { side, orderType: "stop", stopPrice, parentOrderId });
    await stop("a1", "a", 95.25, "sell");
    await stop("d1", "d", 99, "buy");
    await stop("f1", "f", 99.5, "sell");
    const of = (minRisk?: number, maxRisk?: number, level?: ResultLevel) =>
      rowsOf(desk, { minRisk, maxRisk }, level);
    expect(await of(9.5, 9.5)).toEqual(["a>b", "a>c"]);
    expect(await of(0, 9.499999)).toEqual(["f>g"]);
    expect(await of(19, 19, "position")).toEqual(["a>c"]);
    expect(await of(2, 2, "match")).toEqual(["f>g"]);
    expect(await of(0)).toEqual(["a>b", "a>c", "f>g"]);
    // What a person says goes before the stop.
    await write(desk, "order", "a", { plannedRisk: 1 });
    expect(await of(9.5, 9.5)).toEqual([]);
    expect(await of(0.5, 0.5)).toEqual(["a>b", "a>c"]);
  });

  it("of risk: of several stops the linked one tells it, else the newest child", async () => {
    const desk = await tradedDesk(subject().blotter);
    const { blotter, account } = desk;
    const child = (id: string, stopPrice: number, at: number, parentOrderId = "d") =>
      desk.order(id, {
        side: "buy",
        orderType: "stop",
        customTag: `free-${id}`,
        createdAt: secondsAfterOpen(at),
        parentOrderId,
        stopPrice,
      });
    const plannedRisk = async () => {
      const [trade] = (await blotter.trades.trades({ account })).filter(
        ({ entryOrderId }) => entryOrderId === "d",
      );
      const { plannedRisk: risk } = await blotter.queries.trade(account, trade?.tradeId ?? "");
      const { resultsWithRisk, expectancyR } = await blotter.performance.statistics({
        accounts: [account],
        sides: ["SHORT"],
      });
      expect(resultsWithRisk).toBe(1);
      expect(expectancyR).toBe(0);
      const exact = (risk ?? 0) / 1e6;
      expect(await rowsOf(desk, { minRisk: exact, maxRisk: exact })).toEqual(["d>e"]);
      return exact;
    };
    await child("d9", 101, 10);
    expect(await plannedRisk()).toBe(2);
    await child("d3", 102, 20);
    expect(await plannedRisk()).toBe(4);
    // Of two children of one instant, the larger id; told later, an older one changes nothing.
    await child("d4", 103, 20);
    expect(await plannedRisk()).toBe(6);
    await child("d8", 110, 15);
    expect(await plannedRisk()).toBe(6);
    await child("x1", 105, 1, "e");
    await desk.order("d", {
      side: "sell",
      stopLossOrderId: "x1",
      updatedAt: secondsAfterOpen(500),
    });
    expect(await plannedRisk()).toBe(10);
  });
}

function describeStandIns(subject: Subject): void {
  it("on a stand-in counts while it stands, and once its real fills have come", async () => {
    const desk = await Desk.open(subject().blotter);
    await desk.fill(1, "in", "entry", "buy 3 @ 100", { standIn: false });
    await desk.fill(5, "100", "100", "sell 3 @ 101.33", { standIn: true, source: "csv" });
    await write(desk, "fill", "100", { note: "stood in", tags: ["stand"], plannedRisk: 30 });
    const stood = async () => [
      await rowsOf(desk, { tags: ["stand"] }),
      await rowsOf(desk, { note: "STOOD" }, "position"),
      (await rowsOf(desk, { tags: ["stand"] }, "match")).length,
    ];
    expect(await stood()).toEqual([["entry>100"], ["entry>100"], 1]);
    await desk.fill(4, "7", "100", "sell 1 @ 101");
    // Held, and in no match of its own: what is written on it is of the stand-in meanwhile.
    await write(desk, "fill", "7", { tags: ["held"] });
    expect(await stood()).toEqual([["entry>100"], ["entry>100"], 1]);
    expect(await rowsOf(desk, { tags: ["held"] }, "match")).toEqual(["entry>100"]);
    await desk.fill(5, "8", "100", "sell 2 @ 101.5");
    await desk.blotter.trades.rebuild(desk.account);
    expect(await stood()).toEqual([["entry>100"], ["entry>100"], 2]);
    expect(await rowsOf(desk, { tags: ["held"] }, "match")).toEqual(["entry>100"]);
  });

  it("of risk on a stand-in that entered is of the trade before and after", async () => {
    const desk = await Desk.open(subject().blotter);
    const { blotter, account } = desk;
    await desk.fill(1, "100", "100", "buy 2 @ 100.5", { standIn: true, source: "csv" });
    await desk.fill(9, "out", "exit", "sell 2 @ 110");
    await write(desk, "fill", "100", { plannedRisk: 40, tags: ["stand"] });
    const known = async () => {
      const [trade] = await blotter.trades.trades({ account });
      const record = await blotter.queries.trade(account, trade?.tradeId ?? "");
      const { resultsWithRisk } = await blotter.performance.statistics({ accounts: [account] });
      return [
        await rowsOf(desk, { minRisk: 40, maxRisk: 40 }),
        record.plannedRisk,
        record.annotations.map(({ tags }) => tags),
        resultsWithRisk,
      ];
    };
    const all = [["100>exit"], usd(40), [["stand"]], 1];
    expect(await known()).toEqual(all);
    // The first real fill has the stand-in's own id.
    await desk.fill(1, "100", "100", "buy 1 @ 100");
    expect(await known()).toEqual(all);
    await desk.fill(2, "101", "100", "buy 1 @ 101");
    expect(await known()).toEqual(all);
    expect(await blotter.trades.verify(account)).toEqual([]);
  });

  it("on a fill that was taken back counts no longer", async () => {
    const desk = await tradedDesk(subject().blotter);
    await write(desk, "fill", "6", { tags: ["busted"], plannedRisk: 10 });
    expect(await rowsOf(desk, { tags: ["busted"], minRisk: 10 })).toEqual(["f>g"]);
    await desk.void("6");
    expect(await rowsOf(desk, { tags: ["busted"] })).toEqual([]);
    expect(await rowsOf(desk, { minRisk: 0 })).toEqual([]);
  });

  it("shows with its trade: on its orders and on its own fills, and on no others", async () => {
    const desk = await tradedDesk(subject().blotter);
    const { blotter, account } = desk;
    await write(desk, "order", "a", { note: "both", plannedRisk: 9 });
    await write(desk, "fill", "2", { note: "first exit" });
    await write(desk, "order", "c", { tags: ["second"] });
    const notes = async (exit: string) => {
      const trade = (await blotter.trades.trades({ account })).find((t) => t.exitOrderId === exit);
      const record = await blotter.queries.trade(account, trade?.tradeId ?? "");
      const written = record.annotations.map((row) => `${row.target} ${row.targetId} ${row.note}`);
      return [...written, record.plannedRisk];
    };
    expect(await notes("b")).toEqual(["fill 2 first exit", "order a both", usd(4.5)]);
    expect(await notes("c")).toEqual(["order a both", "order c null", usd(4.5)]);
    expect(await notes("e")).toEqual([null]);
  });
}

function describeSums(subject: Subject): void {
  it("narrows down what every breakdown adds up to, before and after a rebuild", async () => {
    const desks = [await tradedDesk(subject().blotter), await tradedDesk(subject().blotter)];
    for (const desk of desks) {
      await write(desk, "order", "a", { note: "Morning", tags: ["open"], plannedRisk: 50 });
      await write(desk, "fill", "7", { note: "morning too", tags: ["late"] });
      await desk.order("d1", {
        side: "buy",
        orderType: "stop",
        stopPrice: 104,
        parentOrderId: "d",
      });
    }
    const [{ blotter }] = desks as [Desk, Desk];
    const accounts = desks.map(({ account }) => account);
    const filters: readonly [PerformanceFilter, readonly [number, number, number]][] = [
      [{ tags: ["open"] }, [2, 2, 1]],
      [{ note: "morning" }, [3, 3, 2]],
      [{ note: "morning", sides: ["LONG"], symbols: ["MNQ"] }, [3, 3, 2]],
      [{ minRisk: 8, maxRisk: 30 }, [3, 3, 1]],
      [{ maxRisk: 8 }, [1, 1, 1]],
      [{ note: "morning", minRisk: 25 }, [2, 2, 1]],
    ];
    const asked = async () => {
      const found: unknown[] = [];
      for (const [filter, counts] of filters) {
        for (const [index, level] of RESULT_LEVELS.entries()) {
          const all = { accounts, level, ...filter };
          const { trades, tradeNet } = await blotter.performance.summary(all);
          expect(trades.count, JSON.stringify(all)).toBe(2 * (counts[index] ?? 0));
          for (const by of BREAKDOWNS) {
            const groups = await blotter.performance.breakdown(by, all);
            const sum = (of: (row: (typeof groups)[number]) => number) =>
              groups.reduce((total, row) => total + of(row), 0);
            expect(
              sum(({ figures }) => figures.netPnl),
              by,
            ).toBe(tradeNet);
            expect(
              sum(({ figures }) => figures.count),
              by,
            ).toBe(trades.count);
          }
          const { rows } = await blotter.queries.counted(all, 100);
          expect(rows).toHaveLength(trades.count);
          const statistics = await blotter.performance.statistics(all);
          found.push(trades, statistics, await blotter.performance.calendar(all));
        }
      }
      return found;
    };
    const before = await asked();
    for (const account of accounts) {
      await blotter.trades.rebuild(account);
      expect(await blotter.trades.verify(account)).toEqual([]);
    }
    expect(await asked()).toEqual(before);
  }, 120_000);
}
