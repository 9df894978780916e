import { describe, expect, it } from "vitest";
import { dayFigures } from "../../../src/domain/performance/day-figures.js";
import {
  currentDrawdown,
  drawdowns,
  maxDrawdown,
  underwater,
  worstDrawdowns,
} from "../../../src/domain/performance/drawdown.js";
import { rolling } from "../../../src/domain/performance/rolling.js";
import {
  conditionalValueAtRisk95,
  valueAtRisk95,
} from "../../../src/domain/performance/value-at-risk.js";
import { daysOf, usd } from "./made-up-results.js";

/** Balances 1000, 1100, 1045, 1045, 1149.5, 1034.55, 1240.55. */
const WEEK = `
  2026-08-03  100
  2026-08-04  -55
  2026-08-05    0
  2026-08-06  104.5
  2026-08-07 -114.95
  2026-08-10  206`;
const week = () => daysOf(1_000, WEEK);

describe("figures of days, computed by hand", () => {
  it("counts days and names the best and the worst", () => {
    const figures = dayFigures(week());
    expect(figures).toMatchObject({
      days: 6,
      winningDays: 3,
      losingDays: 2,
      flatDays: 1,
      winningDayRate: 0.5,
      bestDay: { tradingDay: "2026-08-10", netPnl: usd(206) },
      worstDay: { tradingDay: "2026-08-07", netPnl: usd(-114.95) },
    });
    expect(figures.bestDayShare).toBeCloseTo(206 / 240.55, 12);
    expect(figures.meanDay).toBeCloseTo(240.55 / 6, 9);
  });

  it("takes returns on the balance at the day's start: +10, -5, 0, +10, -10 %, and 206 of 1034.55", () => {
    const returns = [0.1, -0.05, 0, 0.1, -0.1, 206 / 1_034.55];
    const mean = returns.reduce((a, b) => a + b) / 6;
    const deviation = Math.sqrt(returns.reduce((a, r) => a + (r - mean) ** 2, 0) / 5);
    const figures = dayFigures(week());
    expect(figures.volatility).toBeCloseTo(deviation * Math.sqrt(252), 9);
    expect(figures.sharpe).toBeCloseTo((mean / deviation) * Math.sqrt(252), 9);
    // Two days below 0 of six: (0.0025 + 0.01) / 6.
    expect(figures.downsideDeviation).toBeCloseTo(Math.sqrt((0.0125 / 6) * 252), 9);
    expect(figures.sortino).toBeCloseTo((mean * 252) / Math.sqrt((0.0125 / 6) * 252), 9);
    expect(figures.omega).toBeCloseTo((0.2 + 206 / 1_034.55) / 0.15, 9);
    expect(figures.cagr).toBeCloseTo(1.24055 ** 42 - 1, 3);
    expect(figures.calmar).toBeCloseTo((1.24055 ** 42 - 1) / 0.1, 2);
    // 5 % below for two days, 10 % for one.
    expect(figures.ulcerIndex).toBeCloseTo(Math.sqrt((25 + 25 + 100) / 6), 9);
    expect(figures.valueAtRisk95).toBeNull();
  });

  it("takes the value at risk of 21 days as the second worst, and the mean of both as the expected shortfall", () => {
    const returns = [-0.09, -0.05, ...Array(19).fill(0.01)];
    expect(valueAtRisk95(returns)).toBeCloseTo(-0.05, 12);
    expect(conditionalValueAtRisk95(returns)).toBeCloseTo(-0.07, 12);
    expect(valueAtRisk95(returns.slice(0, 19))).toBeNull();
  });
});

describe("figures of too few days", () => {
  it.each([
    ["no day", 1_000, ""],
    ["one day", 1_000, "2026-08-03 10"],
    ["one flat day", 1_000, "2026-08-03 0"],
    ["only losing days", 1_000, "2026-08-03 -10\n2026-08-04 -10"],
    ["an account that starts from nothing", 0, "2026-08-03 10\n2026-08-04 -5"],
    ["an account that lost more than it had", 10, "2026-08-03 -30\n2026-08-04 -5"],
    ["a gain beyond annualising", 0.01, "2026-08-03 900000"],
  ])("has no NaN and no infinity for %s", (_, start, ledger) => {
    const days = daysOf(start, ledger);
    for (const value of Object.values(dayFigures(days))) {
      const plain = typeof value !== "number" || Number.isFinite(value);
      expect(plain).toBe(true);
    }
    expect(JSON.stringify(rolling(days, 1))).not.toMatch(/NaN|Infinity/);
  });

  it("has no return on a balance that is not positive, nor any figure made of returns", () => {
    const figures = dayFigures(daysOf(0, "2026-08-03 10\n2026-08-04 -5"));
    const { sharpe, volatility, cagr, omega, ulcerIndex, meanDay } = figures;
    expect([sharpe, volatility, cagr, omega, ulcerIndex]).toEqual(Array(5).fill(null));
    expect(meanDay).toBe(2.5);
  });

  it("has a Sharpe ratio from the second day on", () => {
    expect(dayFigures(daysOf(1_000, "2026-08-03 10")).sharpe).toBeNull();
    expect(dayFigures(daysOf(1_000, "2026-08-03 10\n2026-08-04 20")).sharpe).not.toBeNull();
  });
});

describe("drawdowns, computed by hand", () => {
  it("runs from a peak over the bottom to the day that reaches the peak again", () => {
    const days = daysOf(
      1_000,
      `2026-08-03 -50
       2026-08-04 -100
       2026-08-05 20
       2026-08-06 130
       2026-08-07 100
       2026-08-10 -11`,
    );
    const found = drawdowns(usd(1_000), days);
    expect(found).toEqual([
      {
        start: null,
        bottom: "2026-08-04",
        recovery: "2026-08-06",
        peak: usd(1_000),
        low: usd(850),
        depth: usd(-150),
        fraction: -0.15,
        length: 4,
      },
      {
        start: "2026-08-07",
        bottom: "2026-08-10",
        recovery: null,
        peak: usd(1_100),
        low: usd(1_089),
        depth: usd(-11),
        fraction: -0.01,
        length: 1,
      },
    ]);
    expect(maxDrawdown(found)?.depth).toBe(usd(-150));
    expect(currentDrawdown(found)?.start).toBe("2026-08-07");
    expect(underwater(usd(1_000), days).map(({ depth }) => depth)).toEqual(
      [-50, -150, -130, 0, 0, -11].map(usd),
    );
  });

  it("begins anew at the last day on the peak, and keeps the first of equal bottoms", () => {
    const days = daysOf(
      100,
      "2026-08-03 5\n2026-08-04 -5\n2026-08-05 5\n2026-08-06 0\n2026-08-07 -3\n2026-08-10 0",
    );
    const [, second] = drawdowns(usd(100), days);
    expect(second).toMatchObject({ start: "2026-08-06", bottom: "2026-08-07", length: 2 });
  });

  it("counts cash as neither gain nor fall", () => {
    const days = daysOf(1_000, "2026-08-03 100\n2026-08-04 -10 -500\n2026-08-05 0 200");
    expect(underwater(usd(1_000), days).map(({ depth }) => depth)).toEqual([0, -10, -10].map(usd));
    expect(days.map(({ closing }) => closing)).toEqual([1_100, 590, 790].map(usd));
  });

  it("shows the worst ten, deepest first", () => {
    const ledger = Array.from({ length: 12 }, (_, i) => {
      const day = (n: number) =>
        `2026-${String(Math.floor(n / 28) + 1).padStart(2, "0")}-${String((n % 28) + 1).padStart(2, "0")}`;
      return `${day(2 * i)} ${-(i + 1)}\n${day(2 * i + 1)} ${i + 1}`;
    }).join("\n");
    const worst = worstDrawdowns(drawdowns(usd(100), daysOf(100, ledger)));
    expect(worst.map(({ depth }) => depth)).toEqual(
      [-12, -11, -10, -9, -8, -7, -6, -5, -4, -3].map(usd),
    );
  });

  it("is none on a way that only goes up, and none without days", () => {
    expect(drawdowns(usd(0), daysOf(0, "2026-08-03 1\n2026-08-04 1"))).toEqual([]);
    expect(drawdowns(usd(0), [])).toEqual([]);
    expect(maxDrawdown([])).toBeNull();
    expect(currentDrawdown([])).toBeNull();
  });
});

describe("figures over a window, computed by hand", () => {
  it("looks at the last n days, from the nth on, and starts each window's peak at its own balance", () => {
    const points = rolling(week(), 3);
    expect(points.map(({ tradingDay }) => tradingDay)).toEqual([
      "2026-08-05",
      "2026-08-06",
      "2026-08-07",
      "2026-08-10",
    ]);
    expect(points.map(({ winRate }) => winRate)).toEqual([1 / 3, 1 / 3, 1 / 3, 2 / 3]);
    expect(points.map(({ maxDrawdown }) => maxDrawdown)).toEqual(
      [-55, -55, -114.95, -114.95].map(usd),
    );
    const [first] = points;
    // +10, -5 and 0 %: mean 5/3 %, deviation 7.638 %.
    expect(first?.sharpe).toBeCloseTo((5 / 3 / 7.637_626_158) * Math.sqrt(252), 6);
    expect(first?.maxDrawdownFraction).toBeCloseTo(-0.05, 12);
  });

  it("counts cash of a window's first day as neither gain nor fall", () => {
    const days = daysOf(1_000, "2026-08-03 0 250\n2026-08-04 -20\n2026-08-05 5 -300");
    const falls = [1, 2, 3].map((n) => rolling(days, n).map(({ maxDrawdown }) => maxDrawdown));
    expect(falls).toEqual([[0, -20, 0].map(usd), [-20, -20].map(usd), [usd(-20)]]);
  });

  it("is empty while there are fewer days", () => {
    expect(rolling(week(), 7)).toEqual([]);
  });
});
