import { describe, expect, it } from "vitest";
import { balances, mergeDays, tradedDays } from "../../../src/domain/performance/day-series.js";
import { drawdowns } from "../../../src/domain/performance/drawdown.js";
import { parseTradingDay } from "../../../src/domain/trading-day.js";
import { usd } from "./made-up-results.js";

const change = (day: number, netPnl: number, cash = 0) => ({
  tradingDay: parseTradingDay(`2026-08-0${day}`),
  netPnl: usd(netPnl),
  cash: usd(cash),
});

/** Won 100, paid out 50 and 20 between, lost 30; 5 paid in afterwards. */
const DAYS = balances(
  usd(1_000),
  mergeDays([
    change(3, 100),
    change(6, -30, -1),
    change(4, 0, -50),
    change(5, 0, -20),
    change(7, 0, 5),
  ]),
);

describe("days with cash between them", () => {
  it("end with the balance", () => {
    expect(DAYS.map(({ opening, closing }) => [opening, closing].map((b) => b / 1e6))).toEqual([
      [1_000, 1_100],
      [1_050, 1_050],
      [1_030, 1_030],
      [1_029, 999],
      [1_004, 1_004],
    ]);
  });

  it("count to the next day of trading, so that a payout is no fall", () => {
    const traded = tradedDays(DAYS, (day) => day === "2026-08-03" || day === "2026-08-06");
    expect(
      traded.map(({ tradingDay, opening, cash }) => [tradingDay, opening / 1e6, cash / 1e6]),
    ).toEqual([
      ["2026-08-03", 1_000, 0],
      ["2026-08-06", 1_029, -71],
    ]);
    expect(drawdowns(usd(1_000), traded)).toMatchObject([
      { start: "2026-08-03", bottom: "2026-08-06", peak: usd(1_029), depth: usd(-30), length: 1 },
    ]);
  });
});
