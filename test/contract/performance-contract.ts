import { describe, expect, it } from "vitest";
import { parseInstant } from "../../src/domain/instant.js";
import { streaks } from "../../src/domain/performance/streaks.js";
import { type Blotter, BREAKDOWNS, PERIODS, RESULT_LEVELS, type Result } from "../../src/index.js";
import { expectPerformance } from "../properties/performance.js";
import { Desk, secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";

const usd = (dollars: number) => Math.round(dollars * 1e6);

/**
 * Entered 08:30 in Chicago on Wednesday, 2026-08-19. MNQ: $2 a point.
 * - order a, LIMIT, strategy "trend": buy 2 @ 100, left 1 @ 110 (+$20) after 30 s, 1 @ 95 (-$10) after 2 min.
 * - order d: sell 1 @ 100, back @ 100 after 20 min: gross 0, net the costs.
 * - order f: buy 1 @ 100, left two months later @ 150: +$100.
 * - order h: buy 3 @ 90, still open.
 * Each contract filled costs $0.50 commission and $0.25 fee, a side.
 */
async function tradedDesk(blotter: Blotter): Promise<Desk> {
  const desk = await Desk.open(blotter);
  await desk.order("a", { orderType: "limit", strategy: "trend", quantity: 2 });
  const fill = (at: number, id: string, order: string, trade: string) => {
    const quantity = Number(trade.split(" ")[1]);
    return desk.fill(at, id, order, trade, { commission: 0.5 * quantity, fee: 0.25 * quantity });
  };
  await fill(0, "1", "a", "buy 2 @ 100");
  await fill(30, "2", "b", "sell 1 @ 110");
  await fill(120, "3", "c", "sell 1 @ 95");
  await fill(3_600, "4", "d", "sell 1 @ 100");
  await fill(4_800, "5", "e", "buy 1 @ 100");
  await fill(7_200, "6", "f", "buy 1 @ 100");
  await fill(7_200 + 60 * 86_400, "7", "g", "sell 1 @ 150");
  await fill(7_300 + 60 * 86_400, "8", "h", "buy 3 @ 90");
  return desk;
}

/** Lists of numbers have NaN for null, and numbers for flags. */
function unpacked(name: keyof Result, value: unknown): unknown {
  if (name === "costsKnown") return value === 1;
  return Number.isNaN(value) ? null : value;
}

export function describePerformance(subject: Subject): void {
  describe("performance", () => {
    describeFigures(subject);
    describeMoves(subject);
    describeNothing(subject);
    describeRefusals(subject);
  });
}

function describeFigures(subject: Subject): void {
  it("sums up, to the cent, and shows what ledger and trade days differ by", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const summary = await blotter.performance.summary({ accounts: [account] });
    expect(summary).toMatchObject({ basis: "ledger", level: "trade", firstDay: "2026-08-19" });
    expect(summary.trades).toMatchObject({
      count: 4,
      wins: 2,
      losses: 2,
      breakeven: 0,
      grossPnl: usd(110),
      commissions: usd(4),
      fees: usd(2),
      netPnl: usd(104),
      winRate: 0.5,
    });
    // Three open contracts, in at 0.75 each.
    expect([summary.ledgerNet, summary.tradeNet, summary.difference]).toEqual(
      [101.75, 104, -2.25].map(usd),
    );
    const levels = ["match", "trade", "position"] as const;
    const counts = levels.map(async (level) => {
      const { trades } = await blotter.performance.summary({ accounts: [account], level });
      return [trades.count, trades.netPnl];
    });
    expect(await Promise.all(counts)).toEqual([
      [4, usd(104)],
      [4, usd(104)],
      [3, usd(104)],
    ]);
  });

  it("breaks down by each dimension", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const by = async (dimension: Parameters<typeof blotter.performance.breakdown>[0]) =>
      (await blotter.performance.breakdown(dimension, { accounts: [account] })).map(
        ({ label, figures }) => [label, figures.count, figures.netPnl],
      );
    const all = [4, usd(104)];
    expect(await by("symbol")).toEqual([["MNQU26", ...all]]);
    expect(await by("root")).toEqual([["MNQ", ...all]]);
    expect(await by("strategy")).toEqual([
      ["trend", 2, usd(7)],
      ["(none)", 2, usd(97)],
    ]);
    expect(await by("side")).toEqual([
      ["LONG", 3, usd(105.5)],
      ["SHORT", 1, usd(-1.5)],
    ]);
    expect(await by("hour")).toEqual([
      ["08:00", 2, usd(7)],
      ["09:00", 1, usd(-1.5)],
      ["10:00", 1, usd(98.5)],
    ]);
    expect(await by("weekday")).toEqual([
      ["Wednesday", 3, usd(5.5)],
      ["Sunday", 1, usd(98.5)],
    ]);
    expect(await by("duration")).toEqual([
      ["under 1 min", 1, usd(18.5)],
      ["1 to 5 min", 1, usd(-11.5)],
      ["15 to 60 min", 1, usd(-1.5)],
      ["1 day and more", 1, usd(98.5)],
    ]);
    expect(await by("entry-type")).toEqual([
      ["LIMIT", 2, usd(7)],
      ["(unknown)", 2, usd(97)],
    ]);
  });

  it("agrees with the account's own lists in every filter, level, breakdown and period", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const other = await tradedDesk(subject().blotter);
    await expectPerformance(blotter, [account, other.account]);
  }, 120_000);

  it("lists the rows that it counts, newest first", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const closed = async (level: "match" | "trade" | "position", most = 9) => {
      const filter = { accounts: [account], level, sides: ["LONG"] } as const;
      const { rows } = await blotter.queries.counted(filter, most);
      return rows.map((row) => [row.accountId, row.exitOrderId, row.grossPnl]);
    };
    const [late, second, first] = [
      [account, "g", usd(100)],
      [account, "c", usd(-10)],
      [account, "b", usd(20)],
    ];
    expect(await closed("trade")).toEqual([late, second, first]);
    expect(await closed("trade", 1)).toEqual([late]);
    expect((await closed("match")).map(([, exit]) => exit)).toEqual(["g", "c", "b"]);
    expect(await closed("position")).toEqual([late, [account, "c", usd(10)]]);
    await expect(blotter.queries.counted({ accounts: ["nobody"] }, 1)).rejects.toThrow("unknown");
  });

  it("reads results by their fields as it reads them whole, at every level and for every filter", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const accountId = account;
    const filters = [
      {},
      { sides: ["LONG"] as const },
      { strategies: ["trend"] },
      { strategies: [null] },
      { from: parseInstant(secondsAfterOpen(4_000), "from") },
      { exits: [parseInstant(secondsAfterOpen(120), "exit")] },
    ];
    await blotter.store.read(async ({ results }) => {
      for (const level of RESULT_LEVELS) {
        for (const filter of filters) {
          const query = { accountId, level, ...filter };
          const whole = await results.list(query);
          const [first] = await results.list({ accountId, level });
          // The names of all fields.
          const names = Object.keys(first ?? {}) as (keyof Result)[];
          expect(names.length).toBeGreaterThan(20);
          const summed = ["grossPnl", "mae", "mfe"] as const;
          const { columns } = await results.columns(query, names);
          const { sums } = await results.columns(query, ["netPnl"], summed);
          for (const name of summed) {
            expect(sums[name]).toBe(whole.reduce((sum, row) => sum + row[name], 0));
          }
          expect(columns.resultId).toHaveLength(whole.length);
          const turned = whole.map((_, n) =>
            Object.fromEntries(names.map((name) => [name, unpacked(name, columns[name][n])])),
          );
          expect(turned, JSON.stringify(query)).toEqual(whole);
        }
      }
    });
  });

  it("counts runs over several accounts in canonical order, also of exits at one instant", async () => {
    const { blotter } = subject();
    const desks = [await Desk.open(blotter), await Desk.open(blotter), await Desk.open(blotter)];
    for (let round = 0; round < 12; round += 1) {
      for (const [d, desk] of desks.entries()) {
        // Of the exits of one instant, another account's fill comes first each time.
        const id = 1_000 + round * 10 + ((round + 2 * d) % 3);
        const exit = 100 + (((round * 5 + d * (round % 4)) % 3) - 1);
        await desk.fill(round * 100, String(id), `in${id}`, "buy 1 @ 100");
        await desk.fill(round * 100 + 50, String(id + 5), `out${id}`, `sell 1 @ ${exit}`);
      }
    }
    const accounts = desks.map(({ account }) => account);
    const nets = (await blotter.performance.results({ accounts })).map(({ netPnl }) => netPnl);
    const { longestWin, longestLoss, current } = streaks(nets);
    expect(longestWin + longestLoss).toBeGreaterThan(4);
    expect(await blotter.performance.statistics({ accounts })).toMatchObject({
      longestWinStreak: longestWin,
      longestLossStreak: longestLoss,
      currentStreak: current,
    });
  });

  it("shows periods by their days, ISO weeks, months and years", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const of = async (period: "day" | "week" | "month" | "year") =>
      (await blotter.performance.periods(period, { accounts: [account] })).map(
        ({ key, figures, ledgerNet }) => [key, figures.netPnl, ledgerNet],
      );
    // The day of the entry has its costs, the day of the exit the result.
    const [august, october] = [
      [usd(5.5), usd(4.75)],
      [usd(98.5), usd(97)],
    ];
    expect(await of("day")).toEqual([
      ["2026-08-19", ...august],
      ["2026-10-18", ...october],
    ]);
    expect(await of("week")).toEqual([
      ["2026-W34", ...august],
      ["2026-W42", ...october],
    ]);
    expect(await of("month")).toEqual([
      ["2026-08", ...august],
      ["2026-10", ...october],
    ]);
    expect(await of("year")).toEqual([["2026", usd(104), usd(101.75)]]);
  });

  it("draws the equity from the starting balance, also from the middle", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const { startingBalance } = await blotter.accounts.get(account);
    const whole = await blotter.performance.equity({ accounts: [account] });
    expect(whole.startingBalance).toBe(startingBalance);
    expect(whole.points.map(({ balance }) => balance - startingBalance)).toEqual(
      [4.75, 101.75].map(usd),
    );
    const late = await blotter.performance.equity({ accounts: [account], from: "2026-09-01" });
    expect(late.startingBalance - startingBalance).toBe(usd(4.75));
    expect(late.points).toEqual(whole.points.slice(1));
  });
}

function describeMoves(subject: Subject): void {
  it("moves sums when an order's strategy and type become known, and back when a fill is void", async () => {
    const desk = await tradedDesk(subject().blotter);
    const { blotter, account } = desk;
    const filter = { accounts: [account] };
    await desk.order("d", { side: "sell", orderType: "stop", strategy: "fade" });
    const labels = async () => {
      const strategies = await blotter.performance.breakdown("strategy", filter);
      const types = await blotter.performance.breakdown("entry-type", filter);
      return [...strategies, ...types].map(({ label, figures }) => `${label} ${figures.count}`);
    };
    expect(await labels()).toEqual([
      "fade 1",
      "trend 2",
      "(none) 1",
      "LIMIT 2",
      "STOP 1",
      "(unknown) 1",
    ]);
    expect(await blotter.trades.verify(account)).toEqual([]);
    await desk.void("7");
    expect(await labels()).toEqual(["fade 1", "trend 2", "LIMIT 2", "STOP 1"]);
    expect(await blotter.trades.verify(account)).toEqual([]);
    await blotter.trades.rebuild(account);
    expect(await labels()).toEqual(["fade 1", "trend 2", "LIMIT 2", "STOP 1"]);
  });

  it("names damaged sums, and a rebuild mends them", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    await blotter.store.write(account, async (repos) => {
      const [row] = await repos.sums.all(account);
      if (row) await repos.sums.add(row);
    });
    const found = await blotter.trades.verify(account);
    expect(found.map(({ table }) => table)).toEqual(["result_sums"]);
    await blotter.trades.rebuild(account);
    expect(await blotter.trades.verify(account)).toEqual([]);
  });

  it("makes the sums of books that were kept before there were any", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const filter = { accounts: [account] };
    const before = await blotter.performance.breakdown("hour", filter);
    const forget = () => blotter.store.write(account, (repos) => repos.sums.clear(account));
    await forget();
    expect(await blotter.performance.breakdown("hour", filter)).toEqual(before);
    await forget();
    await new Desk(blotter, account).fill(9_000_000, "9", "i", "sell 3 @ 90");
    expect(await blotter.trades.verify(account)).toEqual([]);
  });

  it("keeps notes, tags and planned risk through a rebuild, and filters by them", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const { annotations, performance } = blotter;
    const write = (target: "order" | "fill", id: string, more: object) =>
      annotations.annotate({ accountId: account, target, id, ...more });
    await write("order", "a", { note: "breakout", tags: ["A+", "Open"].slice(1), plannedRisk: 40 });
    await write("fill", "3", { tags: ["open", "late"] });
    await write("fill", "6", { tags: ["swing"], plannedRisk: "50" });
    await blotter.trades.rebuild(account);
    expect(await blotter.trades.verify(account)).toEqual([]);
    const count = async (
      tags: readonly string[],
      level: "match" | "trade" | "position" = "trade",
    ) => (await performance.summary({ accounts: [account], tags, level })).trades.count;
    expect([await count(["open"]), await count(["LATE"]), await count(["swing"])]).toEqual([
      2, 1, 1,
    ]);
    expect(await count(["late", "swing"])).toBe(2);
    expect(await count(["open"], "position")).toBe(1);
    expect(await count(["none"])).toBe(0);
    // 20 each of the 40: 18.5 / 20, -11.5 / 20, and 98.5 / 50.
    const { expectancyR, resultsWithRisk } = await performance.statistics({ accounts: [account] });
    expect(resultsWithRisk).toBe(3);
    expect(expectancyR).toBeCloseTo((18.5 / 20 - 11.5 / 20 + 98.5 / 50) / 3, 9);
    const [first] = await annotations.annotations({ account, target: "order" });
    expect(first).toMatchObject({ note: "breakout", tags: ["open"], plannedRisk: usd(40) });
    await write("order", "a", { note: null, tags: [], plannedRisk: null });
    expect(await annotations.annotations({ account, target: "order" })).toEqual([]);
    expect(await annotations.annotations({ account, tag: "LATE" })).toHaveLength(1);
  });

  it("takes the planned risk from a protective stop where nobody wrote one", async () => {
    const desk = await tradedDesk(subject().blotter);
    const { blotter, account } = desk;
    await desk.order("a1", { side: "sell", orderType: "stop", stopPrice: 95, parentOrderId: "a" });
    await desk.order("f", { orderType: "market", stopLossOrderId: "f1" });
    await desk.order("f1", { side: "sell", orderType: "stop", stopPrice: 75 });
    // The stop of d lies beyond the entry: it tells nothing of what was risked.
    await desk.order("d1", { side: "buy", orderType: "stop", stopPrice: 99, parentOrderId: "d" });
    const { expectancyR, resultsWithRisk } = await blotter.performance.statistics({
      accounts: [account],
    });
    expect(resultsWithRisk).toBe(3);
    // 5 points of $2, and 25 points.
    expect(expectancyR).toBeCloseTo((18.5 / 10 - 11.5 / 10 + 98.5 / 50) / 3, 9);
  });
}

/** All that performance says of an account, and every number in it. */
async function everythingOf({ performance }: Blotter, account: string) {
  const filter = { accounts: [account] };
  const summary = await performance.summary(filter);
  const rules = {
    startingBalance: summary.startingBalance,
    profitTarget: summary.startingBalance,
    maxLoss: null,
    dailyLoss: null,
  };
  const found: unknown[] = [
    summary,
    await performance.statistics(filter),
    await performance.equity(filter),
    await performance.drawdown(filter),
    await performance.rolling(filter, 1),
    await performance.calendar(filter),
    await performance.distribution(filter),
    await performance.results(filter),
    await performance.simulate(rules, { seed: 1, paths: 5, horizonDays: 5 }, filter),
  ];
  for (const period of PERIODS) found.push(await performance.periods(period, filter));
  for (const by of BREAKDOWNS) found.push(await performance.breakdown(by, filter));
  const numbers: number[] = [];
  JSON.stringify(found, (_, value: unknown) => {
    if (typeof value === "number") numbers.push(value);
    return value;
  });
  return { summary, numbers };
}

function describeNothing(subject: Subject): void {
  const TRADE = (points: number) => ["buy 1 @ 100", `sell 1 @ ${100 + points}`];
  const EDGES: readonly (readonly [string, readonly string[], number])[] = [
    ["an empty account", [], 0],
    ["one open position", ["buy 1 @ 100"], 0],
    ["one trade", TRADE(1), 1],
    ["only winners", [...TRADE(1), ...TRADE(2)], 2],
    ["only losers", [...TRADE(-1), ...TRADE(-2)], 2],
    ["only breakeven", [...TRADE(0), ...TRADE(0)], 2],
    ["a balance below 0", TRADE(-30_000), 1],
  ];

  it.each(EDGES)("has no NaN and no infinity for %s", async (_, trades, count) => {
    const desk = await Desk.open(subject().blotter);
    const { blotter, account } = desk;
    for (const [i, trade] of trades.entries()) await desk.fill(i, `${i + 1}`, `o${i}`, trade);
    const { summary, numbers } = await everythingOf(blotter, account);
    expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
    expect(summary.trades.count).toBe(count);
    if (count === 0) expect(summary.trades.winRate).toBeNull();
  });

  it("has none for an account of cash alone, nor for one that was emptied before it traded", async () => {
    const desk = await Desk.open(subject().blotter);
    const { blotter, account } = desk;
    const payout = { account, type: "payout", amount: 50_000, at: "2026-08-18T15:00:00Z" } as const;
    await blotter.accounts.recordCash(payout);
    const cash = await everythingOf(blotter, account);
    expect(cash.summary).toMatchObject({ endingBalance: 0, trades: { count: 0 } });
    await desk.fill(0, "1", "a", "buy 1 @ 100");
    await desk.fill(1, "2", "b", "sell 1 @ 99");
    const { summary, numbers } = await everythingOf(blotter, account);
    expect([...cash.numbers, ...numbers].filter((value) => !Number.isFinite(value))).toEqual([]);
    expect([summary.endingBalance, summary.days.sharpe]).toEqual([usd(-2), null]);
  });

  it("says nothing of an empty account's days", async () => {
    const { blotter, account } = await Desk.open(subject().blotter);
    const filter = { accounts: [account] };
    expect(await blotter.performance.summary(filter)).toMatchObject({ firstDay: null });
    const drawdown = await blotter.performance.drawdown(filter);
    expect(drawdown).toEqual({ basis: "ledger", underwater: [], worst: [], current: null });
  });

  it("draws the future from the ledger days, and says nothing without any", async () => {
    const desk = await Desk.open(subject().blotter);
    const { performance } = desk.blotter;
    const rules = {
      startingBalance: 0,
      profitTarget: null,
      maxLoss: null,
      dailyLoss: null,
    } as const;
    const ask = () =>
      performance.simulate(rules as never, { seed: 1, paths: 10 }, { accounts: [desk.account] });
    expect(await ask()).toBeNull();
    await desk.fill(0, "1", "a", "buy 1 @ 100");
    await desk.fill(1, "2", "b", "sell 1 @ 101");
    expect(await ask()).toMatchObject({
      sampleDays: 1,
      undecided: 1,
      endBalance: { p50: usd(504) },
    });
  });
}

function describeRefusals(subject: Subject): void {
  it("refuses filters and notes that make no sense, with words", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    const { performance, annotations } = blotter;
    await expect(performance.summary({ accounts: ["nobody"] })).rejects.toThrow("unknown account");
    await expect(performance.summary({ from: "yesterday" })).rejects.toThrow(
      "day must be YYYY-MM-DD",
    );
    await expect(performance.summary({ from: "2026-08-02", to: "2026-08-01" })).rejects.toThrow(
      "from 2026-08-02 is after to 2026-08-01",
    );
    await expect(performance.rolling({}, 0)).rejects.toThrow("window days must be a whole number");
    const write = (more: object) =>
      annotations.annotate({ accountId: account, target: "order", id: "a", ...more });
    await expect(write({})).rejects.toThrow("nothing to write");
    await expect(write({ tags: ["=1+1"] })).rejects.toThrow("a tag must be");
    await expect(write({ plannedRisk: 0 })).rejects.toThrow("planned risk must be positive, was 0");
    await expect(write({ id: "zz", note: "x" })).rejects.toThrow(`has no order "zz"`);
    await expect(write({ note: " " })).rejects.toThrow("a note must be");
  });

  it("takes instants of the day as its own: from 17:00 in Chicago", async () => {
    const { blotter, account } = await tradedDesk(subject().blotter);
    expect(secondsAfterOpen(0)).toBe("2026-08-19T13:30:00.000Z");
    const count = async (from: string, to: string) => {
      const filter = { accounts: [account], symbols: ["MNQ"], sides: ["LONG"] as const, from, to };
      return (await blotter.performance.summary(filter)).trades.count;
    };
    expect([
      await count("2026-08-19", "2026-08-20"),
      await count("2026-08-20", "2026-08-21"),
    ]).toEqual([2, 0]);
  });
}
