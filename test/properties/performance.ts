import { expect } from "vitest";
import { secondsBetween } from "../../src/domain/instant.js";
import { moneyToNumber } from "../../src/domain/money.js";
import {
  type Blotter,
  BREAKDOWNS,
  type Breakdown,
  PERIODS,
  type PerformanceFilter,
  type Period,
  RESULT_LEVELS,
  type ResultLevel,
  tradingDay,
} from "../../src/index.js";
import { oracleExcursions } from "../oracle/excursion-oracle.js";
import {
  expectDaysAgree,
  expectDistributionAgrees,
  expectDrawdownsAgree,
  expectRollingAgrees,
  expectTradesAgree,
} from "../oracle/performance-figures.js";
import type { OracleResult } from "../oracle/performance-oracle.js";
import { marketPrices } from "./market-prices.js";
import { expectRisk } from "./planned-risks.js";

/** A closed row as the books' own lists show it, with what it may be filtered and grouped by. */
interface Row extends OracleResult {
  readonly accountId: string;
  readonly quantity: number;
  readonly symbol: string;
  readonly root: string;
  readonly contractId: string;
  readonly strategy: string | null;
  readonly side: string;
  readonly entry: number;
  readonly day: string;
  readonly type: string | null;
}

/** Few, so that short histories have such windows too. */
const ROLLED_DAYS = 3;

const CHICAGO = new Intl.DateTimeFormat("en-GB", {
  timeZone: "America/Chicago",
  hour: "2-digit",
  hourCycle: "h23",
});

/** The groups of a row, by definition. */
const GROUPS: Readonly<Record<Breakdown, (row: Row) => string | null>> = {
  symbol: (row) => row.symbol,
  root: (row) => row.root,
  strategy: (row) => row.strategy,
  side: (row) => row.side,
  hour: (row) => String(Number(CHICAGO.format(Math.floor(row.entry / 1000)))),
  weekday: (row) => String(new Date(`${row.day}T12:00:00Z`).getUTCDay() || 7),
  duration: ({ seconds: s }) => {
    if (s < 60) return "1m";
    if (s < 300) return "5m";
    if (s < 900) return "15m";
    if (s < 3_600) return "1h";
    return s < 14_400 ? "4h" : s < 86_400 ? "1d" : "more";
  },
  "entry-type": (row) => row.type,
};

/** The key of the period that a day lies in, by definition. */
const PERIOD_KEYS: Readonly<Record<Period, (day: string) => string>> = {
  day: (day) => day,
  week: (day) => {
    const date = new Date(`${day}T12:00:00Z`);
    const step = (days: number) => date.setUTCDate(date.getUTCDate() + days);
    while (date.getUTCDay() !== 1) step(-1);
    step(3);
    const year = date.getUTCFullYear();
    let week = 0;
    for (; date.getUTCFullYear() === year; step(-7)) week += 1;
    return `${year}-W${String(week).padStart(2, "0")}`;
  },
  month: (day) => day.slice(0, 7),
  year: (day) => day.slice(0, 4),
};

/** All closed rows of an account at a level, read from the lists that have nothing to do with sums. */
async function rowsOf(
  blotter: Blotter,
  account: string,
  level: ResultLevel,
): Promise<readonly Row[]> {
  const types = new Map(
    (await blotter.orders.orders({ account })).map((order) => [order.orderId, order.orderType]),
  );
  const contracts = await blotter.contracts.contracts();
  const prices = await marketPrices(blotter, account);
  const closed = await closedRows(blotter, account, level);
  return closed.map(({ row, matches }) => {
    const point = contracts.find(({ contractId }) => contractId === row.contractId)?.pointValue;
    if (point === undefined) throw new Error("a traded contract");
    const pieces = matches.map((match) => ({
      ...match,
      isLong: match.side === "LONG",
      quantity: BigInt(match.quantity),
    }));
    const [commissions, fees] = [BigInt(row.commissions ?? 0), BigInt(row.fees ?? 0)];
    return {
      ...row,
      gross: BigInt(row.grossPnl),
      commissions,
      fees,
      net: BigInt(row.grossPnl) - commissions - fees,
      seconds: secondsBetween(row.entryTimestamp, row.exitTimestamp),
      ...oracleExcursions(pieces, prices.get(row.contractId) ?? [], BigInt(point)),
      entry: row.entryTimestamp,
      day: tradingDay(row.exitTimestamp),
      type: types.get(row.entryOrderId) ?? null,
    };
  });
}

async function closedRows(blotter: Blotter, account: string, level: ResultLevel) {
  const matches = await blotter.trades.matches({ account });
  switch (level) {
    case "match":
      return matches.map((match) => ({ row: match, matches: [match] }));
    case "trade":
      return (await blotter.trades.trades({ account })).map((trade) => ({
        row: trade,
        matches: matches.filter(
          (m) =>
            m.positionId === trade.positionId &&
            m.entryOrderId === trade.entryOrderId &&
            m.exitOrderId === trade.exitOrderId,
        ),
      }));
    case "position":
      return (await blotter.positions.closed({ account })).map((position) => ({
        row: {
          ...position,
          quantity: position.closedQuantity,
          entryTimestamp: position.openedAt,
          exitTimestamp: position.closedAt ?? position.openedAt,
        },
        matches: matches.filter((m) => m.positionId === position.positionId),
      }));
  }
}

type Wanted = readonly [PerformanceFilter, (row: Row) => boolean];

/** Filters that kept sums answer, and filters that need the rows. */
function filtersFor(rows: readonly Row[]): readonly Wanted[] {
  const days = [...new Set(rows.map(({ day }) => day))].sort();
  const [first = "2026-01-01"] = days;
  const middle = days[Math.floor(days.length / 2)] ?? first;
  const { symbol = "MNQU26", root = "MNQ", strategy = null } = rows[0] ?? {};
  const late: Wanted = [{ from: middle }, ({ day }) => day >= middle];
  const ofSymbol: Wanted = [{ symbols: [symbol] }, (row) => row.symbol === symbol];
  const short: Wanted = [{ sides: ["SHORT"] }, (row) => row.side === "SHORT"];
  return [
    [{}, () => true],
    late,
    [{ to: middle }, ({ day }) => day < middle],
    [{ from: first, to: middle }, ({ day }) => day < middle],
    ofSymbol,
    [{ symbols: [root] }, (row) => row.root === root],
    [{ symbols: ["NOT-ONE"] }, () => false],
    [{ strategies: [strategy] }, (row) => row.strategy === strategy],
    [{ strategies: [null] }, (row) => row.strategy === null],
    short,
    [{ ...ofSymbol[0], ...short[0] }, (row) => ofSymbol[1](row) && short[1](row)],
    [
      { ...ofSymbol[0], ...short[0], ...late[0], strategies: [strategy, null] },
      (row) =>
        [ofSymbol, short, late].every(([, wanted]) => wanted(row)) &&
        (row.strategy === strategy || row.strategy === null),
    ],
  ];
}

/**
 * Everything that performance says of accounts, taken together, against their own lists: each total, each
 * breakdown and each period, at each level, for filters of all kinds; and the figures against the oracle.
 */
export async function expectPerformance(
  blotter: Blotter,
  accounts: readonly string[],
): Promise<void> {
  for (const level of RESULT_LEVELS) {
    const rows: Row[] = [];
    for (const account of accounts) rows.push(...(await rowsOf(blotter, account, level)));
    for (const [filter, wanted] of filtersFor(rows)) {
      const asked = { ...filter, accounts, level };
      await expectSums(blotter, asked, rows.filter(wanted));
    }
    await expectFigures(blotter, accounts, level, rows);
  }
  await expectLedger(blotter, accounts);
}

const sumText = (rows: readonly Pick<Row, "net" | "gross" | "quantity">[]) => [
  rows.length,
  String(rows.reduce((sum, { net }) => sum + net, 0n)),
  String(rows.reduce((sum, { gross }) => sum + gross, 0n)),
  rows.reduce((sum, { quantity }) => sum + quantity, 0),
];

async function expectSums(
  { performance }: Blotter,
  filter: PerformanceFilter,
  rows: readonly Row[],
): Promise<void> {
  const { trades } = await performance.summary(filter);
  const textOf = (f: typeof trades) => [f.count, String(f.netPnl), String(f.grossPnl), f.quantity];
  expect(textOf(trades), JSON.stringify(filter)).toEqual(sumText(rows));
  for (const by of BREAKDOWNS) {
    const found = await performance.breakdown(by, filter);
    const actual = found.map(({ key, figures }) => [key, ...textOf(figures)]);
    expect(ordered(actual), `by ${by} ${JSON.stringify(filter)}`).toEqual(
      grouped(rows, GROUPS[by]),
    );
  }
  const calendar = await performance.calendar(filter);
  expect(
    ordered(
      calendar
        .filter(({ count }) => count > 0)
        .map((d) => [d.tradingDay, d.count, String(d.netPnl)]),
    ),
  ).toEqual(grouped(rows, ({ day }) => day).map(([day, count, net]) => [day, count, net]));
  for (const period of PERIODS) {
    const found = await performance.periods(period, filter);
    const traded = found.filter(({ figures }) => figures.count > 0);
    expect(traded.reduce((n, { figures }) => n + figures.count, 0)).toBe(rows.length);
    expect(found.map(({ key }) => key)).toEqual(found.map(({ key }) => key).sort());
    const actual = traded.map(({ key, figures }) => [key, ...textOf(figures)]);
    expect(ordered(actual)).toEqual(grouped(rows, ({ day }) => PERIOD_KEYS[period](day)));
  }
}

function grouped(rows: readonly Row[], keyOf: (row: Row) => string | null) {
  const keys = [...new Set(rows.map(keyOf))];
  return ordered(keys.map((key) => [key, ...sumText(rows.filter((row) => keyOf(row) === key))]));
}

const ordered = (rows: readonly (readonly unknown[])[]) =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The rows in the service's own order, since runs depend on it. */
async function expectFigures(
  blotter: Blotter,
  accounts: readonly string[],
  level: ResultLevel,
  rows: readonly Row[],
): Promise<void> {
  const { performance } = blotter;
  const filter = { accounts, level };
  const results = await performance.results(filter);
  const { trades } = await performance.summary(filter);
  const statistics = await performance.statistics(filter);
  expectTradesAgree(
    { ...trades, ...statistics },
    results.map((result) => ({
      net: BigInt(result.netPnl),
      gross: BigInt(result.grossPnl),
      commissions: BigInt(result.commissions ?? 0),
      fees: BigInt(result.fees ?? 0),
      seconds: result.durationSeconds,
      mae: BigInt(result.mae),
      mfe: BigInt(result.mfe),
    })),
  );
  const excursions = results.map(({ exitTimestamp, ...result }) => [
    ...[result.accountId, result.contractId, result.quantity, tradingDay(exitTimestamp)],
    ...[result.entryTimestamp, ...[result.netPnl, result.mae, result.mfe].map(String)],
  ]);
  expect(ordered(excursions)).toEqual(
    ordered(
      rows.map(({ accountId, contractId, quantity, day, entry, net, mae, mfe }) => [
        ...[accountId, contractId, quantity, day, entry, ...[net, mae, mfe].map(String)],
      ]),
    ),
  );
  const exits = results.map(({ exitTimestamp }) => exitTimestamp);
  expect(exits).toEqual([...exits].sort((a, b) => a - b));
  expectDistributionAgrees(await performance.distribution(filter), results);
  await expectRisk(blotter, results, statistics.expectancyR);
}

/** Ledger days add up to the balance; they differ from the trade days by the costs of open lots. */
async function expectLedger(blotter: Blotter, accounts: readonly string[]): Promise<void> {
  const { performance } = blotter;
  const byDay = new Map<string, bigint>();
  let [start, balance, net, open] = [0n, 0n, 0n, 0n];
  for (const account of accounts) {
    const summary = await blotter.accounts.summary(account);
    start += BigInt(summary.account.startingBalance);
    balance += BigInt(summary.balance);
    for (const day of await blotter.accounts.days(account)) {
      net += BigInt(day.netPnl);
      byDay.set(day.tradingDay, (byDay.get(day.tradingDay) ?? 0n) + BigInt(day.netPnl));
    }
    for (const fill of await blotter.orders.fills({ account })) {
      const { commission, fee, modelledCommission, modelledFee } = fill;
      open -= BigInt(commission ?? modelledCommission ?? 0) + BigInt(fee ?? modelledFee ?? 0);
    }
    for (const { commissions, fees } of await blotter.trades.trades({ account })) {
      open += BigInt(commissions ?? 0) + BigInt(fees ?? 0);
    }
  }
  const summary = await performance.summary({ accounts });
  expect([summary.ledgerNet, summary.difference].map(String)).toEqual([net, open].map(String));
  const curve = await performance.equity({ accounts });
  expect(String(curve.points.at(-1)?.balance ?? curve.startingBalance)).toBe(String(balance));
  const ends = curve.points.map((point) => ({
    day: point.tradingDay,
    net: BigInt(point.netPnl),
    cash: BigInt(point.cash),
  }));
  expect(ends.map((end) => [end.day, end.net])).toEqual([...byDay].sort());
  const drawdowns = await performance.drawdown({ accounts });
  const { underwater } = drawdowns;
  expectDrawdownsAgree(drawdowns, start, ends);
  const depth = moneyToNumber(underwater.at(-1)?.depth ?? curve.startingBalance) || 0;
  const drawdown = {
    max: summary.maxDrawdown,
    current: summary.currentDrawdown,
    depth: underwater.length === 0 ? 0 : depth,
  };
  expectDaysAgree(summary.days, drawdown, start, ends);
  const rolled = await performance.rolling({ accounts }, ROLLED_DAYS);
  expect(rolled.map((point) => point.tradingDay)).toEqual(
    ends.slice(ROLLED_DAYS - 1).map(({ day }) => day),
  );
  for (const [i, point] of rolled.entries()) {
    const before = ends.slice(0, i).reduce((sum, day) => sum + day.net + day.cash, start);
    expectRollingAgrees(point, before, ends.slice(i, i + ROLLED_DAYS));
  }
}
