import { copyFileSync, existsSync } from "node:fs";
import Database from "better-sqlite3";
import { BREAKDOWNS, createBlotter, type PerformanceFilter } from "../../src/index.js";
import { addStops, seedTrades } from "./million-trades.js";

const ROUNDS = 15;

/**
 * `npm run bench -- performance [TRADES] [FILE]`: what is asked of performance on ten years of five accounts, beside
 * the same question asked of the trades table in SQL. A file that is there is taken as it was seeded before.
 */
export async function benchPerformance(path: string, trades: number): Promise<void> {
  if (!existsSync(path)) await seedTrades(path, trades);
  const blotter = await createBlotter({ url: `file:${path}` });
  const db = new Database(path, { readonly: true });
  const { performance: asked } = blotter;
  console.log(
    `\n${trades.toLocaleString("en")} trades, ten years, 5 accounts: p50 of ${ROUNDS}, ms (processor time)`,
  );
  const sums = `count(*), sum(net_pnl > 0), sum(net_pnl < 0), sum(gross_pnl), sum(commissions), sum(fees),
    sum(net_pnl), sum(quantity), sum(duration_seconds)`;
  const day = "date(exit_timestamp / 1000000 + 7200, 'unixepoch')";
  const raw =
    (columns: string, group = "") =>
    () =>
      db.prepare(`select ${columns} from trades ${group}`).raw().all();
  await compare("summary", () => asked.summary(), raw(sums));
  await compare("equity", () => asked.equity(), raw(`${day}, sum(net_pnl)`, "group by 1"));
  await compare("drawdown", () => asked.drawdown(), raw(`${day}, sum(net_pnl)`, "group by 1"));
  await compare("calendar", () => asked.calendar(), raw(`${day}, ${sums}`, "group by 1"));
  for (const by of BREAKDOWNS) {
    const column = COLUMNS[by];
    await compare(
      `by ${by}`,
      () => asked.breakdown(by),
      column === undefined ? null : raw(`${column}, ${sums}`, "group by 1"),
    );
  }
  const between: PerformanceFilter = { from: "2017-03-05", to: "2025-08-17" };
  await compare("by hour, between days", () => asked.breakdown("hour", between));
  await compare("by symbol of a strategy", () => asked.breakdown("symbol", { strategies: ["s1"] }));
  await compare("summary of a strategy", () => asked.summary({ strategies: ["s1"] }));
  await compare("by day", () => asked.periods("day"));
  await compare("by month", () => asked.periods("month"));
  await compare("rolling", () => asked.rolling({}, 60));
  await compare("statistics", () => asked.statistics(), null, 3);
  const [match, position] = [{ level: "match" }, { level: "position" }] as const;
  await compare("statistics of matches", () => asked.statistics(match), null, 3);
  await compare("statistics of positions", () => asked.statistics(position), null, 3);
  await compare("distribution", () => asked.distribution(), null, 3);
  const two: PerformanceFilter = { strategies: ["s1"], sides: ["LONG"] };
  await compare("summary of two filters", () => asked.summary(two), null, 3);
  await compare("by hour of two filters", () => asked.breakdown("hour", two), null, 3);
  const page = { size: 50, newestFirst: true, after: null } as const;
  await compare("a page of trades", () => blotter.queries.trades(page));
  const byNet = { ...page, rank: "netPnl" } as const;
  await compare("a page of trades by net", () => blotter.queries.trades(byNet), null, 3);
  await compare("newest 1,000 results", () => asked.results({}, 1_000));
  db.close();
  await blotter.close();
  await benchStops(path);
}

/** The same store once more, but every trade has a stop that says what it risked. */
async function benchStops(path: string): Promise<void> {
  const file = `${path}-stops`;
  if (!existsSync(file)) {
    copyFileSync(path, file);
    addStops(file);
  }
  const opened = performance.now();
  const blotter = await createBlotter({ url: `file:${file}` });
  const seconds = ((performance.now() - opened) / 1000).toFixed(1);
  const { performance: asked, queries } = blotter;
  console.log("\nthe same, where each has a stop loss");
  console.log(
    `  opened in ${seconds} s; a store from before planned risks were kept gets them then`,
  );
  const some: PerformanceFilter = { minRisk: 10, maxRisk: 15 };
  await compare("statistics", () => asked.statistics(), null, 3);
  await compare("summary by planned risk", () => asked.summary(some), null, 3);
  await compare("by hour by planned risk", () => asked.breakdown("hour", some), null, 3);
  await compare("statistics by planned risk", () => asked.statistics(some), null, 3);
  await compare("summary of every risk", () => asked.summary({ minRisk: 0 }), null, 3);
  const page = { size: 50, newestFirst: true, after: null, minRisk: 10, maxRisk: 15 } as const;
  await compare("a page by planned risk", () => queries.trades(page));
  await blotter.close();
}

const COLUMNS: Readonly<Record<string, string | undefined>> = {
  symbol: "symbol",
  root: "root",
  strategy: "strategy",
  side: "side",
  hour: "entry_timestamp / 3600000000 % 24",
  weekday: "exit_timestamp / 86400000000 % 7",
  duration: "duration_seconds / 300",
};

async function compare(
  what: string,
  ask: () => Promise<unknown>,
  sql: (() => unknown) | null = null,
  rounds = ROUNDS,
): Promise<void> {
  const ours: Timing[] = [];
  const theirs: Timing[] = [];
  for (let i = 0; i < rounds; i += 1) {
    ours.push(await timed(ask));
    if (sql !== null && i < 3) theirs.push(await timed(async () => sql()));
  }
  const beside = sql === null ? "" : `   SQL on trades ${middle(theirs)}`;
  console.log(`  ${what.padEnd(26)} ${middle(ours)}${beside}`);
}

interface Timing {
  readonly wall: number;
  readonly cpu: number;
}

/** Processor time beside the clock's: on a machine that others use too, only the first can be compared. */
async function timed(work: () => Promise<unknown>): Promise<Timing> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}

function middle(times: readonly Timing[]): string {
  const of = (pick: (timing: Timing) => number) => {
    const sorted = times.map(pick).sort((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(1).padStart(7);
  };
  return `${of(({ wall }) => wall)} (cpu ${of(({ cpu }) => cpu)})`;
}
