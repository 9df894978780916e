import { describe, expect, it } from "vitest";
import { resultFigures } from "../../../src/domain/performance/result-figures.js";
import { combineSums, NO_RESULTS } from "../../../src/domain/performance/result-sums.js";
import { tradeFigures } from "../../../src/domain/performance/trade-figures.js";
import { measured, resultsOf, summed, usd } from "./made-up-results.js";

/** Two wins of 150 together, two losses of 50 together, one breakeven; gross 110, costs 10. */
const FIVE = `
   net   gross  comm  fee  secs    mae    mfe  risk
   100   102    1     1     60    -10     150   50
   -20   -18    1     1    300    -30      10   20
     0     2    1     1    120     -5       5   ?
    50    52    1     1    180      0      60   100
   -30   -28    1     1     30    -40       0   0.1`;
const five = () => resultsOf(FIVE.split("\n").slice(2).join("\n"));

describe("figures of trades, computed by hand", () => {
  it("counts wins, losses and breakeven trades, the last in the denominator", () => {
    expect(tradeFigures(summed(five()))).toMatchObject({
      count: 5,
      wins: 2,
      losses: 2,
      breakeven: 1,
      winRate: 0.4,
      lossRate: 0.4,
      breakevenRate: 0.2,
    });
  });

  it("tells averages, payoff, profit factor, expectancy and Kelly, net", () => {
    const figures = tradeFigures(summed(five()));
    expect(figures).toMatchObject({
      grossPnl: usd(110),
      commissions: usd(5),
      fees: usd(5),
      netPnl: usd(100),
      won: usd(150),
      lost: usd(-50),
      averageWin: 75,
      averageLoss: -25,
      averageGross: 22,
      payoffRatio: 3,
      profitFactor: 3,
      expectancy: 20,
    });
    // 0.4 - 0.4 / 3
    expect(figures.kelly).toBeCloseTo(0.266_666_666_667, 12);
  });

  it("tells costs as a share of gross, and mean holding times", () => {
    const figures = tradeFigures(summed(five()));
    expect(figures.costShare).toBeCloseTo(10 / 110, 12);
    expect(figures.commissionShare).toBeCloseTo(5 / 110, 12);
    expect(figures.feeShare).toBeCloseTo(5 / 110, 12);
    expect(figures).toMatchObject({
      averageSeconds: 138,
      averageWinSeconds: 120,
      averageLossSeconds: 165,
    });
  });

  it("tells what needs every trade: extremes, runs, medians, SQN, excursions, R", () => {
    const figures = resultFigures(measured(five()));
    expect(figures).toMatchObject({
      count: 5,
      largestWin: usd(100),
      largestLoss: usd(-30),
      longestWinStreak: 1,
      longestLossStreak: 1,
      currentStreak: -1,
      medianNet: 0,
      medianSeconds: 120,
      medianWinSeconds: 120,
      medianLossSeconds: 165,
      averageMae: -17,
      averageMfe: 45,
      resultsWithRisk: 4,
    });
    // From the mean of 20: 80, -40, -20, 30, -50, whose squares are 11,800; over 4 that is 2,950.
    expect(figures.standardDeviation).toBeCloseTo(Math.sqrt(2_950), 9);
    expect(figures.systemQuality).toBeCloseTo((Math.sqrt(5) * 20) / Math.sqrt(2_950), 9);
    expect(figures.mfeKept).toBeCloseTo(110 / 225, 12);
    // 2, -1, 0.5 and -300 R.
    expect(figures.expectancyR).toBeCloseTo(-74.625, 9);
  });

  it("counts runs up to the last trade; a breakeven one ends them", () => {
    const run = (...nets: readonly number[]) =>
      resultFigures(measured(resultsOf(nets.map((net) => `${net} ${net} 0 0 1`).join("\n"))));
    expect(run(1, 1, 1, -1, -1)).toMatchObject({
      longestWinStreak: 3,
      longestLossStreak: 2,
      currentStreak: -2,
    });
    expect(run(1, 1, 0, 1)).toMatchObject({ longestWinStreak: 2, currentStreak: 1 });
    expect(run(-1, 0)).toMatchObject({ longestLossStreak: 1, currentStreak: 0 });
  });

  it("adds unknown costs as unknown, not as known zeros", () => {
    const sums = summed(resultsOf("10 10 ? ? 5\n8 10 1 1 5"));
    expect(sums).toMatchObject({ unknownCosts: 1, commissions: usd(1), fees: usd(1) });
  });

  it("takes out what was put in, to the millionth", () => {
    const [a, b] = [summed(five()), summed(resultsOf("0.000001 0.3 0.2 0.099999 7"))];
    expect(combineSums(combineSums(a, b), b, -1)).toEqual(a);
    expect(combineSums(a, a, -1)).toEqual(NO_RESULTS);
  });
});

describe("figures of too few trades", () => {
  const figuresOf = (ledger: string) => ({
    ...tradeFigures(summed(resultsOf(ledger))),
    ...resultFigures(measured(resultsOf(ledger))),
  });

  it.each([
    ["none", ""],
    ["one win", "10 12 1 1 60 -1 12 5"],
    ["one loss", "-10 -8 1 1 60 -8 0 ?"],
    ["only losers", "-10 -8 1 1 60 -8 0 ?\n-10 -8 1 1 0 -8 0 ?"],
    ["only breakeven", "0 2 1 1 60 0 2 ?\n0 2 1 1 60 0 2 ?"],
  ])("has no NaN and no infinity for %s", (_, ledger) => {
    for (const value of Object.values(figuresOf(ledger))) {
      expect(value === null || Number.isFinite(value)).toBe(true);
    }
  });

  it("knows nothing of no trades", () => {
    const figures = figuresOf("");
    expect(figures).toMatchObject({ count: 0, wins: 0, longestWinStreak: 0, resultsWithRisk: 0 });
    const { winRate, expectancy, profitFactor, medianNet, systemQuality, largestWin } = figures;
    expect([winRate, expectancy, profitFactor, medianNet, systemQuality, largestWin]).toEqual(
      Array(6).fill(null),
    );
  });

  it("has no profit factor without a loss, and 0 without a win", () => {
    expect(figuresOf("10 12 1 1 60")).toMatchObject({
      profitFactor: null,
      payoffRatio: null,
      kelly: null,
    });
    expect(figuresOf("-10 -8 1 1 60")).toMatchObject({
      profitFactor: 0,
      payoffRatio: null,
      costShare: null,
    });
  });

  it("has no SQN where all trades are equal, though their fractions do not add up", () => {
    expect(figuresOf("0.1 0.1 0 0 1\n0.1 0.1 0 0 1\n0.1 0.1 0 0 1").systemQuality).toBeNull();
  });
});
