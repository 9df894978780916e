import { expect } from "vitest";
import { moneyToNumber } from "../../src/domain/money.js";
import type { DayFigures } from "../../src/domain/performance/day-figures.js";
import type { Drawdown } from "../../src/domain/performance/drawdown.js";
import type { ResultFigures } from "../../src/domain/performance/result-figures.js";
import type { RollingPoint } from "../../src/domain/performance/rolling.js";
import type { TradeFigures } from "../../src/domain/performance/trade-figures.js";
import type { Distribution, DrawdownCurve } from "../../src/ports/performance.js";
import { oracleBins, oraclePercentiles } from "./distribution-oracle.js";
import { type OracleDayEnd, oracleDrawdowns, oracleUnderwater } from "./drawdown-oracle.js";
import {
  type OracleDay,
  type OracleResult,
  oracleDays,
  oracleTrades,
} from "./performance-oracle.js";
import { type OracleRisked, type OracleRiskOrder, oracleExpectancyR } from "./risk-oracle.js";

/** How many bins a distribution has where nobody says. */
const DEFAULT_BINS = 20;

/** A trillionth of the value, or a billionth: floats differ by the order in which they are added. */
function expectClose(actual: unknown, expected: unknown, name: string): void {
  if (typeof expected !== "number" || typeof actual !== "number") {
    expect({ [name]: actual }).toEqual({ [name]: expected });
    return;
  }
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  expect(error, `${name}: ${actual} is not ${expected}`).toBeLessThan(1e-8);
}

function expectAll(actual: Record<string, unknown>, expected: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(expected)) expectClose(actual[name], value, name);
}

export function expectTradesAgree(
  figures: TradeFigures & ResultFigures,
  results: readonly OracleResult[],
): void {
  const money = (value: ResultFigures["largestWin"]) =>
    value === null ? null : moneyToNumber(value);
  const { largestWin, largestLoss } = figures;
  expectAll(
    { ...figures, largestWin: money(largestWin), largestLoss: money(largestLoss) },
    oracleTrades(results),
  );
}

/** @param start balance before the window's first day */
export function expectRollingAgrees(
  point: RollingPoint,
  start: bigint,
  days: readonly OracleDay[],
): void {
  const { sharpe, volatility, winningDays, maxDrawdown } = oracleDays(start, days);
  const expected = { sharpe, volatility, winRate: winningDays / days.length, maxDrawdown };
  expectAll({ ...point, maxDrawdown: moneyToNumber(point.maxDrawdown) }, expected);
}

export function expectDaysAgree(
  figures: DayFigures,
  drawdown: {
    readonly max: Drawdown | null;
    readonly current: Drawdown | null;
    readonly depth: number;
  },
  start: bigint,
  days: readonly OracleDay[],
): void {
  const named = (day: DayFigures["bestDay"]) => day && [day.tradingDay, moneyToNumber(day.netPnl)];
  const { bestDay, worstDay, ...rest } = figures;
  const max = drawdown.max ? moneyToNumber(drawdown.max.depth) : 0;
  expectAll(
    {
      ...rest,
      best: named(bestDay),
      worst: named(worstDay),
      maxDrawdown: max,
      currentDepth: drawdown.depth,
    },
    oracleDays(start, days),
  );
  expect(drawdown.current === null).toBe(drawdown.depth === 0);
}

/** The table of the worst falls and the underwater curve; `days` are those of the equity curve. */
export function expectDrawdownsAgree(
  { underwater, worst }: Pick<DrawdownCurve, "underwater" | "worst">,
  start: bigint,
  days: readonly OracleDayEnd[],
): void {
  const rows = worst.map((row) => ({
    ...row,
    peak: moneyToNumber(row.peak),
    low: moneyToNumber(row.low),
    depth: moneyToNumber(row.depth),
  }));
  expect(rows).toEqual(oracleDrawdowns(start, days));
  const points = underwater.map(({ tradingDay: day, depth, fraction }) => ({
    day,
    depth: moneyToNumber(depth) || 0,
    fraction: fraction === null ? null : fraction || 0,
  }));
  expect(points).toEqual(oracleUnderwater(start, days));
}

/** How results lie, in bins of the default number. */
export function expectDistributionAgrees(
  { count, bins, percentiles }: Distribution,
  results: readonly { readonly netPnl: number }[],
  wanted = DEFAULT_BINS,
): void {
  const amounts = results.map(({ netPnl }) => BigInt(netPnl));
  expect(count).toBe(results.length);
  expect(bins).toEqual(oracleBins(amounts, wanted));
  const expected = oraclePercentiles(amounts);
  expect(percentiles === null).toBe(expected === null);
  expectAll({ ...percentiles }, { ...expected });
}

export function expectRiskAgrees(
  actual: number | null,
  results: readonly (OracleRisked & { readonly orders: readonly OracleRiskOrder[] })[],
): void {
  expectClose(actual, oracleExpectancyR(results), "expectancyR");
}
