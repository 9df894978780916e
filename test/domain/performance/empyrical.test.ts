import { describe, expect, it } from "vitest";
import { cagr } from "../../../src/domain/performance/cagr.js";
import { calmar } from "../../../src/domain/performance/calmar.js";
import { cumulativeReturn, growth } from "../../../src/domain/performance/cumulative-return.js";
import { downsideDeviation } from "../../../src/domain/performance/downside-deviation.js";
import { omega } from "../../../src/domain/performance/omega.js";
import { maxDrawdownOfReturns } from "../../../src/domain/performance/return-drawdown.js";
import { sharpe } from "../../../src/domain/performance/sharpe.js";
import { sortino } from "../../../src/domain/performance/sortino.js";
import { volatility } from "../../../src/domain/performance/volatility.js";
import { hasShared, leftOut, readShared } from "../../proof/shared-data.js";

/**
 * What empyrical asserts of the statistics that we have. Where its conventions differ they are converted here:
 * - A missing return (null) counts as 0 where returns are compounded, and is left out of means and deviations.
 * - Infinity (no risk, no loss) is null with us, as is NaN.
 * - A return required or free of risk that differs by period is taken off the returns beforehand.
 * - Omega's threshold comes as a return a year; ours is one a day.
 * - Cumulative returns of a starting value are amounts; ours are growth of 1.
 */
type Returns = readonly (number | null)[];
type PerPeriod = number | Returns;

interface VectorInput {
  readonly returns: Returns;
  readonly startingValue?: number;
  readonly periodsPerYear?: number;
  readonly riskFree?: PerPeriod;
  readonly riskFreePerPeriod?: PerPeriod;
  readonly requiredReturnPerPeriod?: PerPeriod;
  readonly requiredReturnAnnual?: number;
  readonly window?: number;
}

type Expected = number | "Infinity" | null;

interface VectorCase {
  readonly name: string;
  readonly metric: string;
  readonly input: VectorInput;
  readonly expected: { readonly value: Expected | readonly Expected[] };
  readonly tolerance: number;
}

const compounded = (returns: Returns) => returns.map((day) => day ?? 0);

/** The known returns less what each period's is compared with. */
function excess(returns: Returns, less: PerPeriod = 0): readonly number[] {
  return returns.flatMap((day, i) => {
    const off = typeof less === "number" ? less : (less[i] ?? null);
    return day === null || off === null ? [] : [day - off];
  });
}

const perDay = (annual = 0) => (1 + annual) ** (1 / 252) - 1;

function windows(returns: Returns, size = 0): readonly Returns[] {
  const count = Math.max(0, returns.length - size + 1);
  return Array.from({ length: count }, (_, i) => returns.slice(i, i + size));
}

type Metric = (input: VectorInput) => number | null | readonly (number | null)[];

const METRICS: Readonly<Record<string, Metric>> = {
  cumulativeReturns: ({ returns, startingValue }) =>
    growth(compounded(returns)).map((value) => (startingValue ? value * startingValue : value - 1)),
  cumulativeReturnFinal: ({ returns, startingValue }) => {
    const total = cumulativeReturn(compounded(returns));
    return total !== null && startingValue ? (1 + total) * startingValue : total;
  },
  maxDrawdown: ({ returns }) => maxDrawdownOfReturns(compounded(returns)),
  annualReturn: ({ returns, periodsPerYear }) => cagr(compounded(returns), periodsPerYear),
  cagr: ({ returns, periodsPerYear }) => cagr(compounded(returns), periodsPerYear),
  annualVolatility: ({ returns, periodsPerYear }) => volatility(excess(returns), periodsPerYear),
  calmar: ({ returns, periodsPerYear }) => calmar(compounded(returns), periodsPerYear),
  omega: ({ returns, riskFree, requiredReturnAnnual = 0 }) =>
    // Less than nothing cannot be left: empyrical has no answer, and neither is there a threshold.
    requiredReturnAnnual <= -1
      ? null
      : omega(excess(returns, riskFree), perDay(requiredReturnAnnual)),
  sharpe: ({ returns, riskFreePerPeriod, periodsPerYear }) =>
    sharpe(excess(returns, riskFreePerPeriod), 0, periodsPerYear),
  downsideRisk: ({ returns, requiredReturnPerPeriod, periodsPerYear }) =>
    downsideDeviation(excess(returns, requiredReturnPerPeriod), 0, periodsPerYear),
  sortino: ({ returns, requiredReturnPerPeriod, periodsPerYear }) =>
    sortino(excess(returns, requiredReturnPerPeriod), 0, periodsPerYear),
  rollSharpe: ({ returns, window }) => windows(returns, window).map((part) => sharpe(excess(part))),
  rollMaxDrawdown: ({ returns, window }) =>
    windows(returns, window).map((part) => maxDrawdownOfReturns(compounded(part))),
};

/** Not among our statistics. */
const NOT_OURS = ["informationRatio", "stability", "tailRatio", "aggregateReturns"];

describe("empyrical's figures", () => {
  if (!hasShared("vectors")) {
    leftOut("empyrical's figures of our statistics", "vectors");
    return;
  }
  // The shape is the file's own, as its README states it.
  const { cases } = JSON.parse(readShared("vectors/empyrical.json")) as {
    readonly cases: readonly VectorCase[];
  };
  const ours = cases.filter(({ metric }) => !NOT_OURS.includes(metric));

  it("are all looked at", () => {
    expect(ours).toHaveLength(85);
    expect(ours.filter(({ metric }) => !(metric in METRICS))).toEqual([]);
  });

  it.each(ours.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    const actual = METRICS[vector.metric]?.(vector.input) ?? null;
    const { value } = vector.expected;
    const expected = [value].flat();
    const found = [actual].flat();
    expect(found).toHaveLength(expected.length);
    expected.forEach((want, i) => {
      const got = found[i] ?? null;
      if (typeof want !== "number") expect(got).toBeNull();
      else expect(Math.abs((got ?? Number.NaN) - want)).toBeLessThanOrEqual(vector.tolerance);
    });
  });
});
