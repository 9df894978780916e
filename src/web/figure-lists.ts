import type { Performance, Statistics } from "../http/answer-rows.js";
import { dollars, duration, gain, number, percent, ratio } from "./format.js";

/** A figure of a list: its title, its field, and how the number reads. */
export type ListedFigure<Row> = readonly [title: string, field: keyof Row & string, kind: Kind];

type Kind = "gain" | "money" | "number" | "percent" | "ratio" | "seconds";

export type TradeFields = Performance["trades"] & Statistics;

export const BALANCE: readonly ListedFigure<Performance>[] = [
  ["Balance at the start", "startingBalance", "money"],
  ["Balance at the end", "endingBalance", "money"],
  ["Paid in and out", "cash", "gain"],
  ["Net of the ledger days", "ledgerNetPnl", "gain"],
  ["Net of the trades", "tradeNetPnl", "gain"],
  ["Ledger less trades", "difference", "gain"],
];

export const TRADES: readonly ListedFigure<TradeFields>[] = [
  ["Trades", "count", "number"],
  ["Wins", "wins", "number"],
  ["Losses", "losses", "number"],
  ["Breakeven", "breakeven", "number"],
  ["Win rate", "winRate", "percent"],
  ["Loss rate", "lossRate", "percent"],
  ["Breakeven rate", "breakevenRate", "percent"],
  ["Gross", "grossPnl", "gain"],
  ["Commissions", "commissions", "money"],
  ["Fees", "fees", "money"],
  ["Net", "netPnl", "gain"],
  ["Costs of gross", "costShare", "percent"],
  ["Expectancy", "expectancy", "gain"],
  ["Expectancy in R", "expectancyR", "ratio"],
  ["Median net", "medianNet", "gain"],
  ["Standard deviation", "standardDeviation", "money"],
  ["Average win", "averageWin", "gain"],
  ["Average loss", "averageLoss", "gain"],
  ["Payoff ratio", "payoffRatio", "ratio"],
  ["Profit factor", "profitFactor", "ratio"],
  ["Largest win", "largestWin", "gain"],
  ["Largest loss", "largestLoss", "gain"],
  ["Longest winning streak", "longestWinStreak", "number"],
  ["Longest losing streak", "longestLossStreak", "number"],
  ["SQN", "systemQuality", "ratio"],
  ["Kelly", "kelly", "percent"],
  ["Held, mean", "averageSeconds", "seconds"],
  ["Held, mean of wins", "averageWinSeconds", "seconds"],
  ["Held, mean of losses", "averageLossSeconds", "seconds"],
  ["Held, median", "medianSeconds", "seconds"],
  ["Held, median of wins", "medianWinSeconds", "seconds"],
  ["Held, median of losses", "medianLossSeconds", "seconds"],
  ["Average MAE (gross)", "averageMae", "gain"],
  ["Average MFE (gross)", "averageMfe", "gain"],
  ["MFE kept", "mfeKept", "percent"],
];

export const DAYS: readonly ListedFigure<Performance["days"]>[] = [
  ["Days", "days", "number"],
  ["Days won", "winningDays", "number"],
  ["Days lost", "losingDays", "number"],
  ["Winning days", "winningDayRate", "percent"],
  ["Mean day", "meanDay", "gain"],
  ["Best day", "bestDayNetPnl", "gain"],
  ["Best day's share", "bestDayShare", "percent"],
  ["Worst day", "worstDayNetPnl", "gain"],
  ["Volatility", "volatility", "percent"],
  ["Sharpe", "sharpe", "ratio"],
  ["Sortino", "sortino", "ratio"],
  ["Calmar", "calmar", "ratio"],
  ["Omega", "omega", "ratio"],
  ["CAGR", "cagr", "percent"],
  ["Downside deviation", "downsideDeviation", "percent"],
  ["Ulcer index", "ulcerIndex", "ratio"],
  ["VaR 95%", "valueAtRisk95", "percent"],
  ["CVaR 95%", "conditionalValueAtRisk95", "percent"],
];

/** Figures of a year; from fewer days than enough they are a guess. */
export const ANNUAL: readonly (keyof Performance["days"] & string)[] = [
  "volatility",
  "downsideDeviation",
  "sharpe",
  "sortino",
  "calmar",
  "cagr",
];
export const ENOUGH_DAYS = 20;

/** What is said beside a figure of a year that is from few days; null where they are enough. */
export function fewDays({ days }: Pick<Performance["days"], "days">): string | null {
  return days >= ENOUGH_DAYS ? null : `from ${counted(days, "day")}`;
}

/** How many trades have costs that nobody told all of, in parts of a sentence; null when there are none. */
export function unknownCosts({
  unknownCosts: unknown,
  count,
}: Pick<Performance["trades"], "unknownCosts" | "count">): readonly [string, string] | null {
  if (unknown === 0) return null;
  return [`costs of ${number(unknown)} of ${counted(count, "trade")}`, "are not all known"];
}

const counted = (count: number, noun: string) =>
  `${number(count)} ${noun}${count === 1 ? "" : "s"}`;

/** A dash for what is not known. */
export function figureText(value: number | null, kind: Kind): string {
  switch (kind) {
    case "gain":
      return gain(value);
    case "money":
      return dollars(value);
    case "number":
      return number(value);
    case "percent":
      return percent(value);
    case "ratio":
      return ratio(value);
    case "seconds":
      return duration(value);
  }
}
