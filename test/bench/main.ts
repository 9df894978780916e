import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBlotter } from "../../src/container.js";
import { fillKey } from "../../src/domain/ids.js";
import { formatInstant, type Instant } from "../../src/domain/instant.js";
import { tradingDay } from "../../src/domain/trading-day.js";
import { HandWritten } from "./hand-written.js";
import { afterHistory, fillHistory } from "./history.js";
import { benchPerformance } from "./performance-bench.js";
import { benchRisk } from "./risk-bench.js";

/**
 * `npm run bench [-- HISTORY...]` (or `-- performance [TRADES] [FILE]`, or `-- risk [TRADES...]`): what Blotter costs
 * on top of hand-written better-sqlite3 that writes the same rows. Both go on with equal copies of one store, turn by
 * turn in one process, so that the noise of the machine hits both; quote the ratio.
 */
const ROUNDS = 3_000;
const WARM_UP = 300;

const [first = "", ...rest] = process.argv.slice(2);
const isNamed = first === "performance" || first === "risk";
const histories = isNamed ? [] : process.argv.slice(2).map(Number);

interface Timings {
  readonly order: number[];
  readonly fill: number[];
}

const folder = mkdtempSync(join(tmpdir(), "blotter-bench-"));
try {
  if (first === "performance") {
    const [trades = 1_000_000, file = join(folder, "trades.db")] = rest;
    await benchPerformance(file, Number(trades));
  } else if (first === "risk") {
    await benchRisks(rest.map(Number));
  } else {
    await benchFillsAndOpening();
    await benchRisks([]);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function benchFillsAndOpening(): Promise<void> {
  await benchOpening();
  for (const history of histories.length > 0 ? histories : [1_000, 1_000_000]) {
    await benchFills(history);
  }
}

async function benchRisks(histories: readonly number[]): Promise<void> {
  for (const trades of histories.length > 0 ? histories : [1, 1_000]) {
    await benchRisk(folder, trades);
  }
}

async function benchOpening(): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 30; i += 1) {
    const start = performance.now();
    const blotter = await createBlotter({ url: `file:${join(folder, `open-${i}.db`)}` });
    times.push(performance.now() - start);
    await blotter.close();
  }
  console.log(`opening a new store: p50 ${ms(times, 0.5)} ms, max ${ms(times, 1)} ms`);
}

async function benchFills(history: number): Promise<void> {
  const ours = join(folder, `ours-${history}.db`);
  const theirs = join(folder, `hand-${history}.db`);
  const setUp = await createBlotter({ url: `file:${ours}` });
  await setUp.accounts.open({ accountId: "A", startingBalance: 50_000 });
  await setUp.contracts.resolve("MNQU26", "2026-01-01T00:00:00Z");
  await setUp.close();
  fillHistory(ours, history);
  copyFileSync(ours, theirs);
  const blotter = await createBlotter({ url: `file:${ours}` });
  const hand = new HandWritten(theirs);
  const us: Timings = { order: [], fill: [] };
  const floor: Timings = { order: [], fill: [] };
  for (let i = 0; i < ROUNDS + WARM_UP; i += 1) {
    const round = i % 2 === 0 ? [0, 1] : [1, 0];
    for (const turn of round) {
      if (turn === 0) await ourRound(history, i, us);
      else handRound(history, i, floor);
    }
  }
  await blotter.close();
  hand.close();
  const size = (statSync(ours).size / 1e6).toFixed(0);
  console.log(`\nhistory of ${history.toLocaleString("en")} fills (${size} MB), ${ROUNDS} rounds`);
  report("order insert", us.order, floor.order);
  report("recordFill", us.fill, floor.fill);

  async function ourRound(base: number, i: number, into: Timings): Promise<void> {
    const { id, at, side, price } = roundOf(base, i);
    const side_ = side === 0 ? "BUY" : "SELL";
    const when = formatInstant(at);
    let start = performance.now();
    await blotter.orders.recordOrder({
      accountId: "A",
      orderId: id,
      contract: "MNQU26",
      side: side_,
      orderType: "MARKET",
      quantity: 1,
      status: "WORKING",
      createdAt: when,
    });
    into.order.push(performance.now() - start);
    start = performance.now();
    await blotter.orders.recordFill({
      accountId: "A",
      fillId: id,
      orderId: id,
      contract: "MNQU26",
      side: side_,
      quantity: 1,
      price,
      commission: 0.25,
      fee: 0.37,
      executedAt: when,
    });
    into.fill.push(performance.now() - start);
  }

  function handRound(base: number, i: number, into: Timings): void {
    const { id, at, side, price } = roundOf(base, i);
    let start = performance.now();
    hand.order({ orderId: id, side, at });
    into.order.push(performance.now() - start);
    start = performance.now();
    // The id is digits by construction.
    const key = fillKey(id as Parameters<typeof fillKey>[0], false);
    hand.fill({ fillId: id, key, orderId: id, side, price, at, day: tradingDay(at) });
    into.fill.push(performance.now() - start);
  }
}

function roundOf(base: number, i: number) {
  const at = (afterHistory(base) + i * 1_000_000) as Instant;
  return { id: `2${String(i).padStart(9, "0")}`, at, side: i % 2, price: 5000 + (i % 40) / 4 };
}

function report(what: string, us: readonly number[], floor: readonly number[]): void {
  const [a, b] = [us.slice(WARM_UP), floor.slice(WARM_UP)];
  const ratio = (quantile(a, 0.5) / quantile(b, 0.5)).toFixed(2);
  const line = (times: readonly number[]) => `p50 ${ms(times, 0.5)} ms, p99 ${ms(times, 0.99)} ms`;
  console.log(`  ${what.padEnd(13)} ${line(a)}   hand-written ${line(b)}   ratio ${ratio}`);
}

function quantile(times: readonly number[], q: number): number {
  const sorted = [...times].sort((x, y) => x - y);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function ms(times: readonly number[], q: number): string {
  return quantile(times, q).toFixed(3);
}
