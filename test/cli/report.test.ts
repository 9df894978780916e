import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sparkline } from "../../src/cli/sparkline.js";
import { createBlotter } from "../../src/container.js";
import { BREAKDOWNS } from "../../src/domain/performance/breakdown.js";
import { PERIODS } from "../../src/domain/performance/period.js";
import { fillInput } from "../contract/desk.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-report-"));
  db = `file:${join(folder, "books.db")}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runBlotter([...args, "--db", db]);
  expect(code, stderr).toBe(0);
  return stdout;
}
// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));

/** Two days of MNQ: +$20 long and -$10 short on Wednesday, +$5 long on Thursday, $1 of costs a fill; 1 left open. */
async function trade(): Promise<void> {
  const blotter = await createBlotter({ url: db });
  await blotter.accounts.open({ accountId: "A", startingBalance: 1_000 });
  await blotter.orders.recordOrder({
    accountId: "A",
    orderId: "o1",
    contract: "MNQU26",
    side: "BUY",
    orderType: "LIMIT",
    strategy: "trend",
    createdAt: "2026-08-19T13:30:00Z",
  });
  const costs = { commission: "0.75", fee: "0.25" };
  const fill = (at: number, n: number, what: string) =>
    blotter.orders.recordFill(fillInput("A", at, `${n}`, `o${n}`, what, costs));
  await fill(0, 1, "buy 1 @ 100");
  await fill(60, 2, "sell 1 @ 110");
  await fill(100, 3, "sell 1 @ 100");
  await fill(160, 4, "buy 1 @ 105");
  await fill(86_400, 5, "buy 1 @ 100");
  await fill(86_500, 6, "sell 1 @ 102.5");
  await fill(86_600, 7, "buy 1 @ 102.5");
  await blotter.close();
}

describe("report", () => {
  beforeEach(trade);

  test("tells figures in sections, and what the ledger differs by", async () => {
    const text = await output("report");
    expect(text).toContain("2026-08-19 to 2026-08-20, 1 account, level trade\n");
    expect(text).toMatch(/^ {2}end +1008\.00$/m);
    expect(text).toMatch(/^ {2}win rate +66\.7 %$/m);
    expect(text).toMatch(/^ {2}profit factor +1\.75$/m);
    expect(text).toMatch(/^ {2}held, median of wins +1 min 20 s$/m);
    expect(text).toContain("ledger days less trade days: -1.00, which is what open lots cost\n");
    expect(text).toMatch(/^equity {6}[▁-█]{3}$/m);
    expect(text).not.toMatch(/NaN|Infinity|null|undefined/);
  });

  test("is one object as JSON, and one row as CSV", async () => {
    const report = await json("report");
    expect(report).toMatchObject({
      accounts: ["A"],
      level: "trade",
      basis: "ledger",
      startingBalance: 1_000,
      endingBalance: 1_008,
      ledgerNetPnl: 8,
      tradeNetPnl: 9,
      difference: -1,
      trades: { count: 3, wins: 2, losses: 1, netPnl: 9, costsKnown: true, longestWinStreak: 1 },
      days: { days: 2, winningDays: 2, bestDay: "2026-08-19", bestDayNetPnl: 6 },
      maxDrawdown: null,
      worstDrawdowns: [],
    });
    const [header = "", row = ""] = (await output("report", "--csv")).split("\n");
    expect(header.split(",").length).toBe(row.split(",").length);
    expect(row).toMatch(/^trade,ledger,2026-08-19,2026-08-20,1000,1008,8,9,-1,/);
  });

  test.each([...BREAKDOWNS, ...PERIODS])("--by %s adds up, as table, JSON and CSV", async (by) => {
    for (const filter of [[], ["--side", "long"], ["--side", "LONG", "--symbol", "MNQ"]]) {
      const whole = await json("report", ...filter);
      const rows = await json("report", "--by", by, ...filter);
      const net = rows.reduce((sum: number, row: { netPnl: number }) => sum + row.netPnl, 0);
      expect([rows.length > 0, net]).toEqual([true, whole.trades.netPnl]);
      const lines = (await output("report", "--by", by, ...filter, "--csv")).trim().split("\n");
      expect(lines).toHaveLength(rows.length + 1);
    }
    expect(await output("report", "--by", by)).toMatch(/Trades +Wins/);
  });

  test("filters by days, level, strategy, account; several of one kind are alternatives", async () => {
    const count = async (...args: string[]) => (await json("report", ...args)).trades.count;
    expect(await count("--from", "2026-08-20")).toBe(1);
    expect(await count("--to", "2026-08-20")).toBe(2);
    expect(await count("--strategy", "trend")).toBe(1);
    expect(await count("--symbol", "MES", "--symbol", "MNQU26")).toBe(3);
    expect(await count("--level", "match", "--account", "A")).toBe(3);
    expect(await count("--symbol", "MES")).toBe(0);
  });

  test.each([
    [["--symbol", "MES"], "no trade matches the filter"],
    [["--strategy", "none", "--side", "long"], "no trade matches the filter"],
    [["--from", "2026-09-01"], "no trade matches the filter"],
    [
      ["--from", "2026-08-19", "--to", "2026-08-19"],
      "no trade matches the filter: the day of --to is not included",
    ],
  ])("%j leaves nothing, and is told apart from empty books", async (filter, sentence) => {
    expect(await output("report", ...filter)).toBe(`${sentence}\n`);
  });

  test("says how many trades an expectancy in R is from, where not all have a risk", async () => {
    const risk = (order: string) => output("note", "order", order, "--account", "A", "--risk", "9");
    expect(await output("report")).not.toContain("expectancy in R");
    await risk("o1");
    expect(await output("report")).toMatch(/^ {2}expectancy in R +2\.00 \(1 of 3 trades\)$/m);
    await risk("o3");
    await risk("o5");
    expect(await output("report")).toMatch(/^ {2}expectancy in R +0\.33$/m);
  });

  test("tells no balance where only some trades count, since no account has it", async () => {
    const balance = /^Balance$|^ {2}(start|end) /m;
    expect(await output("report", "--from", "2026-08-20")).toMatch(balance);
    for (const filter of [
      ["--symbol", "MNQ"],
      ["--strategy", "trend"],
      ["--side", "short"],
    ]) {
      const text = await output("report", ...filter);
      expect(text).toMatch(/^ {2}net +-?\d/m);
      expect(text).not.toMatch(balance);
    }
  });

  test("draws periods as a line", async () => {
    expect(await output("report", "--by", "day")).toMatch(/\nnet by day {2}█▁\n$/);
  });

  test("tells what was paid in and out, apart from what was won", async () => {
    expect(await output("report")).not.toContain("paid in and out");
    const payout = ["--type", "payout", "--amount", "100", "--at", "2026-08-20T22:30:00Z"];
    await output("cash", "--account", "A", ...payout);
    const found = await json("report");
    expect(found).toMatchObject({ startingBalance: 1_000, cash: -100, ledgerNetPnl: 8 });
    expect(found.endingBalance).toBe(908);
    expect(found.endingBalance).toBe((await json("account", "A")).balance);
    expect(await output("report")).toMatch(/of it paid in and out +-100\.00\n/);
    expect((await json("report", "--side", "LONG")).cash).toBe(0);
  });

  test("simulates, the same for the same seed, and says how", async () => {
    const ask = ["report", "--simulate", "--target", "20", "--max-loss", "50", "--paths", "50"];
    const found = await json(...ask, "--seed", "5");
    expect(found).toMatchObject({ seed: 5, paths: 50, sampleDays: 2, reachedTarget: 1 });
    expect(await json(...ask, "--seed", "5")).toEqual(found);
    const text = await output(...ask);
    expect(text).toMatch(/profit target reached +100\.0 %/);
    expect(text).toContain("Stationary block bootstrap");
  });

  test.each([19, 20])("warns of a simulation from fewer than 20 days: %i", async (days) => {
    const blotter = await createBlotter({ url: db });
    await blotter.accounts.open({ accountId: "D" });
    for (let day = 0; day < days; day += 1) {
      // Five days of seven, from Monday the 24th on.
      const at = (5 + day + 2 * Math.floor(day / 5)) * 86_400;
      const id = 100 + 2 * day;
      await blotter.orders.recordFill(fillInput("D", at, `${id}`, `o${id}`, "buy 1 @ 100"));
      const exit = fillInput("D", at + 60, `${id + 1}`, `o${id + 1}`, "sell 1 @ 101");
      await blotter.orders.recordFill(exit);
    }
    await blotter.close();
    const ask = ["--account", "D", "--target", "20", "--paths", "20"];
    const [head, second] = (await output("report", "--simulate", ...ask)).split("\n");
    expect(head).toContain(`drawn from ${days} days`);
    expect(second === "warning: drawn from 19 days: too few to trust").toBe(days === 19);
  });

  test("simulates under the account's own rules, which options go above", async () => {
    await output("rules", "set", "A", "topstep-combine-50k-dll");
    const blotter = await createBlotter({ url: db });
    await blotter.orders.recordFill(fillInput("A", 180_000, "8", "o8", "sell 1 @ 92.5"));
    await blotter.close();
    const ask = ["report", "--simulate", "--paths", "50", "--horizon", "2000"];
    const found = await json(...ask);
    // Days of 6, 2 and -20 lose 2,000 in the end, and 1,000 on none.
    expect(found).toMatchObject({
      rules: "topstep-combine-50k-dll",
      reachedTarget: 0,
      brokeMaxLoss: 1,
      hitDailyLoss: 0,
      failedDailyLoss: null,
    });
    expect(found.limits).toContainEqual(
      expect.stringMatching(/^Not simulated: consistency .*, overnight\.$/),
    );
    expect((await json(...ask, "--target", "2")).reachedTarget).toBeGreaterThan(0);
    const tight = await json(...ask, "--max-loss", "1", "--daily-loss", "1");
    expect(tight.daysToMaxLoss.p50).toBeLessThan(found.daysToMaxLoss.p50);
    expect(tight.hitDailyLoss).toBeGreaterThan(0);
    expect(await output(...ask)).toMatch(/^A new account under topstep-combine-50k-dll, 50 times/);
  });

  test("says what to do where no rules tell what to simulate against", async () => {
    const refusal = async (...args: string[]) =>
      (await runBlotter(["report", "--simulate", ...args, "--db", db])).stderr;
    expect(await refusal()).toBe(
      'blotter: nothing to simulate against: account "A" has no rules: "blotter rules set" gives it some; or give --target, --max-loss or --daily-loss\n',
    );
    await output("rules", "set", "A", "topstep-practice");
    expect(await refusal()).toBe(
      'blotter: nothing to simulate against: topstep-practice, the rules of account "A", tell neither target nor limit: give --target, --max-loss or --daily-loss\n',
    );
    const known = await json("report", "--simulate", "--max-loss", "100", "--paths", "20");
    expect(known.brokeMaxLoss).toEqual(expect.any(Number));
    expect(known.limits.join("\n")).not.toContain("maximum loss is not known");
    const blotter = await createBlotter({ url: db });
    await blotter.accounts.open({ accountId: "C" });
    await blotter.close();
    expect(await refusal()).toContain("name one account that has rules with --account, or give");
  });

  test("refuses what makes no sense", async () => {
    const refusal = async (...args: string[]) => {
      const { code, stderr } = await runBlotter(["report", ...args, "--db", db]);
      return `${code} ${stderr}`;
    };
    expect(await refusal("--by", "moon")).toMatch(/^2 blotter: .*Allowed choices/);
    expect(await refusal("--from", "2026-02-30")).toMatch(/^2 blotter: .*day must be YYYY-MM-DD/);
    expect(await refusal("--side", "up")).toMatch(/^2 blotter: .*LONG or SHORT/);
    expect(await refusal("--account", "B")).toMatch(/^1 blotter: unknown account "B"/);
    expect(await refusal("--simulate")).toMatch(/^1 blotter: nothing to simulate against/);
    for (const limit of ["--target", "--max-loss", "--daily-loss"]) {
      expect(await refusal("--simulate", limit, "-5")).toMatch(
        new RegExp(`^2 blotter: option '${limit} .*It must be positive`),
      );
    }
    for (const count of ["--paths", "--horizon"]) {
      expect(await refusal("--simulate", "--target", "5", count, "0")).toMatch(/^2 .*from 1/);
    }
    for (const other of [["--by", "day"], ["--csv"]]) {
      expect(await refusal("--simulate", "--target", "5", ...other)).toMatch(
        /^2 blotter: .*cannot be used with/,
      );
    }
    expect(await refusal("--from", "2026-08-20", "--to", "2026-08-19")).toBe(
      "2 blotter: --from 2026-08-20 is after --to 2026-08-19\n",
    );
    expect(await refusal("--simulate", "--target", "5", "--level", "match")).toBe(
      "2 blotter: --level is for figures of results: a simulation draws whole days\n",
    );
    for (const idle of [
      ["--lock-at", "3"],
      ["--max-loss-basis", "eod"],
    ]) {
      expect(await refusal("--simulate", "--target", "5", ...idle)).toBe(
        `1 blotter: ${idle[0]} is of a maximum loss, and there is none: give --max-loss\n`,
      );
    }
    expect(await refusal("--simulate", "--target", "5", "--side", "LONG")).toMatch(
      /filter by accounts and dates only/,
    );
  });
});

describe("a report of too little", () => {
  async function books(...trades: readonly string[]): Promise<void> {
    const blotter = await createBlotter({ url: db });
    await blotter.accounts.open({ accountId: "A" });
    for (const [i, what] of trades.entries()) {
      await blotter.orders.recordFill(fillInput("A", i, `${i + 1}`, `o${i}`, what));
    }
    await blotter.close();
  }

  test.each([
    ["an empty account", [], /^nothing was traded: there is nothing to tell yet\n$/],
    ["one open position", ["buy 1 @ 100"], /no trade is closed yet/],
    ["one trade", ["buy 1 @ 100", "sell 1 @ 101"], /trades +1\n/],
    [
      "only losers",
      ["buy 1 @ 100", "sell 1 @ 99", "buy 1 @ 100", "sell 1 @ 98"],
      /profit factor +0\.00/,
    ],
    ["only breakeven", ["buy 1 @ 100", "sell 1 @ 100"], /win rate +0\.0 %/],
  ] as const)("%s: a sentence, no NaN", async (_, trades, expected) => {
    await books(...trades);
    const texts = [await output("report")];
    for (const by of [...BREAKDOWNS, ...PERIODS]) texts.push(await output("report", "--by", by));
    texts.push(JSON.stringify(await json("report")));
    texts.push(await output("report", "--simulate", "--target", "10"));
    expect(texts[0]).toMatch(expected);
    expect(texts.join("\n")).not.toMatch(/NaN|Infinity|undefined/);
    if (trades.length === 0) {
      expect(texts.at(-1)).toBe("no day was traded: there is nothing to draw from\n");
      expect(texts[1]).toBe("no closed trades\n");
    }
  });

  test("says that costs are not known", async () => {
    await books("buy 1 @ 100", "sell 1 @ 101");
    expect(await output("report")).toContain(
      "costs of 1 of 1 trade are not all known: the net is too high\n",
    );
    expect((await json("report")).trades).toMatchObject({ costsKnown: false, unknownCosts: 1 });
    const [row] = await json("report", "--by", "symbol");
    expect(row).toMatchObject({ label: "MNQU26", unknownCosts: 1 });
  });
});

describe("note", () => {
  beforeEach(trade);

  test("writes on orders and fills, lists, filters the report, and takes away", async () => {
    const onA = ["--account", "A"];
    const wrote = await output("note", "order", "o1", ...onA, "--text", "=late", "--tag", "Late");
    expect(wrote).toBe("written on order o1\n");
    const fill = await json(
      "note",
      "fill",
      "4",
      ...onA,
      "--risk",
      "12.50",
      "--tag",
      "b",
      "--tag",
      "a",
    );
    expect(fill).toMatchObject({ target: "fill", targetId: "4", tags: "a b", plannedRisk: 12.5 });
    expect(await json("note")).toHaveLength(2);
    expect(await json("note", "list", "--tag", "late")).toMatchObject([{ note: "=late" }]);
    expect(await output("note", "--csv")).toContain(",'=late,late,");
    expect((await json("report", "--tag", "late")).trades).toMatchObject({ count: 1, netPnl: 18 });
    expect((await json("report", "--tag", "a")).trades.count).toBe(1);
    expect(await output("note", "order", "o1", ...onA, "--clear")).toBe(
      "nothing is written on order o1\n",
    );
    expect(await json("note")).toHaveLength(1);
  });

  test("refuses orders and fills that are not there", async () => {
    const args = ["note", "order", "zz", "--account", "A", "--text", "x", "--db", db];
    expect(await runBlotter(args)).toMatchObject({
      code: 1,
      stderr: 'blotter: account A has no order "zz"\n',
    });
  });
});

describe("a sparkline", () => {
  test("goes from the lowest to the highest, and is no longer than its width", () => {
    expect(sparkline([1, 2, 3])).toBe("▁▅█");
    expect(sparkline([5, 5])).toBe("▄▄");
    expect(sparkline([])).toBe("");
    const long = sparkline(Array.from({ length: 1_000 }, (_, i) => i));
    expect([...long]).toHaveLength(60);
    expect(long.endsWith("█")).toBe(true);
  });
});
