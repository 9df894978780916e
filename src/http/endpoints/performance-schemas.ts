import { z } from "zod";
import { POSITION_SIDES } from "../../domain/codes.js";
import { RESULT_LEVELS } from "../../domain/performance/result.js";
import { count, id, money, time, tradingDay } from "../plain-schemas.js";

const ratio = () => z.number().nullable();
const dollars = () => money().nullable();
const seconds = () => z.number().nullable();

/** Figures of groups of results; see `domain/performance/trade-figures.ts`. */
const FIGURES = {
  count: count(),
  wins: count(),
  losses: count(),
  quantity: count(),
  grossPnl: money(),
  commissions: money(),
  fees: money(),
  won: money(),
  costsKnown: z.boolean().nullable().describe("Null without results"),
  unknownCosts: count().describe("Results whose costs are not all known"),
  seconds: z.number(),
  winSeconds: z.number(),
  lossSeconds: z.number(),
  netPnl: money(),
  breakeven: count(),
  lost: money(),
  winRate: ratio(),
  lossRate: ratio(),
  breakevenRate: ratio(),
  averageWin: dollars(),
  averageLoss: dollars(),
  expectancy: dollars(),
  averageGross: dollars(),
  payoffRatio: ratio(),
  profitFactor: ratio(),
  kelly: ratio(),
  averageSeconds: seconds(),
  averageWinSeconds: seconds(),
  averageLossSeconds: seconds(),
  commissionShare: ratio(),
  feeShare: ratio(),
  costShare: ratio(),
};

const DAY_FIGURES = z
  .object({
    days: count(),
    winningDays: count(),
    losingDays: count(),
    flatDays: count(),
    winningDayRate: ratio(),
    bestDayShare: ratio(),
    meanDay: dollars(),
    dayDeviation: dollars(),
    volatility: ratio(),
    downsideDeviation: ratio(),
    sharpe: ratio(),
    sortino: ratio(),
    calmar: ratio(),
    omega: ratio(),
    cagr: ratio(),
    ulcerIndex: ratio(),
    valueAtRisk95: ratio(),
    conditionalValueAtRisk95: ratio(),
    bestDay: tradingDay().nullable(),
    bestDayNetPnl: dollars(),
    worstDay: tradingDay().nullable(),
    worstDayNetPnl: dollars(),
  })
  .meta({ id: "DayFigures" });

const DRAWDOWN = z
  .object({
    start: tradingDay().nullable(),
    bottom: tradingDay(),
    recovery: tradingDay().nullable(),
    peak: money(),
    low: money(),
    depth: money(),
    fraction: ratio(),
    length: count().describe("Days"),
  })
  .meta({ id: "Drawdown" });

const BASIS = z.enum(["ledger", "trade"]);

export const PERFORMANCE = z
  .object({
    accounts: z.array(id()),
    level: z.enum(RESULT_LEVELS),
    basis: BASIS,
    firstDay: tradingDay().nullable(),
    lastDay: tradingDay().nullable(),
    startingBalance: money(),
    endingBalance: money(),
    cash: money().describe("Payouts, deposits, adjustments and resets of the days, US dollars"),
    trades: z.object(FIGURES).meta({ id: "TradeFigures" }),
    onSyntheticFills: count().describe(
      "Of the results in trades, until the broker tells real ones",
    ),
    days: DAY_FIGURES,
    maxDrawdown: DRAWDOWN.nullable(),
    currentDrawdown: DRAWDOWN.nullable(),
    ledgerNetPnl: dollars(),
    tradeNetPnl: money(),
    difference: dollars(),
  })
  .meta({ id: "Performance" });

export const STATISTICS = z
  .object({
    count: count(),
    largestWin: dollars(),
    largestLoss: dollars(),
    longestWinStreak: count(),
    longestLossStreak: count(),
    currentStreak: count(),
    medianNet: dollars(),
    standardDeviation: dollars(),
    systemQuality: ratio(),
    medianSeconds: seconds(),
    medianWinSeconds: seconds(),
    medianLossSeconds: seconds(),
    averageMae: dollars(),
    averageMfe: dollars(),
    mfeKept: ratio(),
    expectancyR: ratio(),
    resultsWithRisk: count(),
  })
  .meta({ id: "Statistics" });

export const EQUITY = z
  .object({
    basis: BASIS,
    startingBalance: money(),
    points: z.array(
      z.object({
        tradingDay: tradingDay(),
        netPnl: money(),
        cash: money().describe("Payouts, deposits, adjustments and resets of the day, US dollars"),
        balance: money(),
      }),
    ),
  })
  .meta({ id: "Equity" });

const UNDERWATER = z.object({
  tradingDay: tradingDay(),
  balance: money(),
  peak: money(),
  depth: money(),
  fraction: ratio(),
});

export const DRAWDOWNS = z
  .object({
    basis: BASIS,
    underwater: z.array(UNDERWATER),
    worst: z.array(DRAWDOWN),
    current: DRAWDOWN.nullable(),
  })
  .meta({ id: "Drawdowns" });

export const ROLLING = z
  .object({
    tradingDay: tradingDay(),
    sharpe: ratio(),
    volatility: ratio(),
    winRate: ratio(),
    maxDrawdown: money(),
    maxDrawdownFraction: ratio(),
  })
  .meta({ id: "RollingPoint" });

export const PERIOD_ROW = z
  .object({
    period: z.string().describe("2026-08-03, 2026-W32 (ISO 8601), 2026-08 or 2026"),
    firstDay: tradingDay(),
    lastDay: tradingDay(),
    ledgerNetPnl: dollars(),
    ...FIGURES,
  })
  .meta({ id: "PeriodRow" });

export const CALENDAR_DAY = z
  .object({
    tradingDay: tradingDay(),
    count: count(),
    wins: count(),
    losses: count(),
    netPnl: money().describe(
      "Of the results closed on the day, with the costs of both their sides",
    ),
    ledgerNetPnl: dollars().describe("What the day did to the balance; null with other filters"),
  })
  .meta({ id: "CalendarDay" });

export const GROUP = z
  .object({ key: z.string().nullable(), label: z.string(), ...FIGURES })
  .meta({ id: "Group" });

const BIN = z.object({ from: money(), to: money(), count: count() });
const PERCENTILES = z.object({
  p5: money(),
  p25: money(),
  p50: money(),
  p75: money(),
  p95: money(),
});

export const DISTRIBUTION = z
  .object({ count: count(), bins: z.array(BIN), percentiles: PERCENTILES.nullable() })
  .meta({ id: "Distribution" });

export const EXCURSION = z
  .object({
    accountId: id(),
    resultId: id(),
    symbol: z.string(),
    side: z.enum(POSITION_SIDES),
    strategy: z.string().nullable(),
    quantity: count(),
    exitTimestamp: time(),
    durationSeconds: count(),
    grossPnl: money(),
    netPnl: money(),
    mae: money(),
    mfe: money(),
  })
  .meta({ id: "Excursion" });
