import { moneyToNumber } from "../../domain/money.js";
import { ANNUAL_FIGURES, ENOUGH_DAYS } from "../../domain/performance/annual.js";
import {
  plainDayFigures,
  plainDrawdown,
  plainResultFigures,
  plainRolling,
  plainTradeFigures,
} from "../../domain/performance/plain.js";
import { ROLLING_WINDOWS } from "../../domain/performance/rolling.js";
import type { PlainRow, PlainValue } from "../../domain/plain.js";
import type {
  DrawdownCurve,
  EquityCurve,
  PerformanceFilter,
  PerformanceSummary,
} from "../../ports/performance.js";
import type { Books, CliDependencies } from "../context.js";
import { csvHeader, csvLines } from "../csv.js";
import { type Figure, figureLines } from "../figures.js";
import type { OutputOptions } from "../options.js";
import { nothingText } from "../performance-options.js";
import { printJson } from "../print.js";
import { DRAWDOWNS } from "../report-views.js";
import { type RollingWindow, rollingText } from "../rolling-text.js";
import { sparkline } from "../sparkline.js";
import { tableText } from "../table.js";
import { counted, moneyText } from "../text.js";

interface Report {
  readonly summary: PerformanceSummary;
  readonly trades: PlainRow;
  readonly days: PlainRow;
  readonly rolling: readonly RollingWindow[];
  readonly curve: EquityCurve;
  readonly drawdown: DrawdownCurve;
}

/** The figures of a whole: sections for people, one object or one CSV row for programs. */
export async function printReport(
  cli: CliDependencies,
  books: Books,
  filter: PerformanceFilter,
  options: OutputOptions,
): Promise<void> {
  const report = await readReport(books, filter);
  if (options.json) return printJson(cli, jsonOf(report));
  if (options.csv) {
    const last = lastOfWindows(report.rolling);
    const row = { ...headOf(report.summary), ...report.trades, ...report.days, ...last };
    const fields = Object.keys(row);
    return cli.out.write(csvHeader(fields) + csvLines(fields, [row]));
  }
  const isEmpty = report.summary.firstDay === null;
  return cli.out.write(isEmpty ? `${nothingText(filter)}\n` : textOf(report));
}

async function readReport({ performance }: Books, filter: PerformanceFilter): Promise<Report> {
  const summary = await performance.summary(filter);
  const statistics = plainResultFigures(await performance.statistics(filter));
  const rolling: RollingWindow[] = [];
  for (const days of ROLLING_WINDOWS) {
    rolling.push({ days, points: await performance.rolling(filter, days) });
  }
  return {
    summary,
    trades: { ...plainTradeFigures(summary.trades), ...statistics },
    days: plainDayFigures(summary.days),
    rolling,
    curve: await performance.equity(filter),
    drawdown: await performance.drawdown(filter),
  };
}

/** The newest figures of each window, by name and days: `sharpe20`. */
function lastOfWindows(windows: readonly RollingWindow[]): PlainRow {
  const named: Record<string, PlainValue> = {};
  for (const { days, points } of windows) {
    const last = points.at(-1);
    if (last === undefined) continue;
    for (const [name, value] of Object.entries(plainRolling(last))) {
      if (name !== "tradingDay") named[`${name}${days}`] = value;
    }
  }
  return named;
}

const dollars = (value: PerformanceSummary["difference"]) =>
  value === null ? null : moneyToNumber(value);

function headOf(summary: PerformanceSummary): PlainRow {
  return {
    level: summary.level,
    basis: summary.basis,
    firstDay: summary.firstDay,
    lastDay: summary.lastDay,
    startingBalance: dollars(summary.startingBalance),
    endingBalance: dollars(summary.endingBalance),
    ledgerNetPnl: dollars(summary.ledgerNet),
    tradeNetPnl: dollars(summary.tradeNet),
    difference: dollars(summary.difference),
    maxDrawdown: dollars(summary.maxDrawdown?.depth ?? null),
    maxDrawdownFraction: summary.maxDrawdown?.fraction ?? null,
    cash: dollars(summary.cash),
    onSyntheticFills: summary.onSyntheticFills,
  };
}

function jsonOf({ summary, trades, days, rolling, drawdown }: Report) {
  const { maxDrawdown: _, maxDrawdownFraction: __, ...head } = headOf(summary);
  return {
    accounts: summary.accounts,
    ...head,
    trades,
    days,
    rolling: lastOfWindows(rolling),
    maxDrawdown: summary.maxDrawdown && plainDrawdown(summary.maxDrawdown),
    currentDrawdown: summary.currentDrawdown && plainDrawdown(summary.currentDrawdown),
    worstDrawdowns: drawdown.worst.map(plainDrawdown),
  };
}

function textOf({ summary, trades, days, rolling, curve, drawdown }: Report): string {
  const head = headOf(summary);
  const of = counted(summary.accounts.length, "account");
  const lines = [`${summary.firstDay} to ${summary.lastDay}, ${of}, level ${summary.level}\n`];
  const section = (
    title: string,
    figures: readonly Figure[],
    row: PlainRow,
    notes: Readonly<Record<string, string>> = {},
  ) => {
    const text = figureLines(figures, row, notes);
    if (text !== "") lines.push(`${title}\n${text}`);
  };
  // What some of the trades made is on no account's balance.
  if (summary.basis === "ledger") {
    section("Balance", BALANCE, { ...head, cash: head.cash === 0 ? null : (head.cash ?? null) });
  }
  if (summary.difference) lines.push(differenceText(summary));
  if (summary.trades.count === 0) lines.push("no trade is closed yet\n");
  else section("Trades (net of known costs)", TRADES, trades, riskShare(trades));
  lines.push(...unknownCostsText(summary), ...syntheticText(summary));
  section(`Days (${summary.basis} days, net; a year has 252)`, DAYS, days, fewDays(summary.days));
  lines.push(...rollingText(rolling));
  if (drawdown.worst.length > 0) {
    lines.push(`Worst drawdowns\n${tableText(DRAWDOWNS, drawdown.worst.map(plainDrawdown))}`);
  }
  if (curve.points.length > 1) lines.push(curveText(curve, drawdown));
  return lines.join("\n");
}

function syntheticText({ onSyntheticFills: n, trades, level }: PerformanceSummary) {
  if (n === 0) return [];
  const of = counted(trades.count, level, level === "match" ? "matches" : `${level}s`);
  const rest = `${n === 1 ? "rests" : "rest"} on synthetic fills`;
  return [`${n} of ${of} ${rest}, until the broker tells the real ones\n`];
}

/** The expectancy in R with how many trades it is from, where the others' risk is not known. */
function riskShare({ resultsWithRisk, count }: PlainRow): Readonly<Record<string, string>> {
  return resultsWithRisk === count ? {} : { expectancyR: `${resultsWithRisk} of ${count} trades` };
}

/** Behind each figure of a year, from how few days it is. */
function fewDays({ days }: PerformanceSummary["days"]): Readonly<Record<string, string>> {
  if (days >= ENOUGH_DAYS) return {};
  return Object.fromEntries(ANNUAL_FIGURES.map((name) => [name, `from ${counted(days, "day")}`]));
}

function unknownCostsText({ trades }: PerformanceSummary): readonly string[] {
  const { unknownCosts, count } = trades;
  if (unknownCosts === 0) return [];
  const of = `${unknownCosts} of ${counted(count, "trade")}`;
  return [`costs of ${of} are not all known: the net is too high\n`];
}

function differenceText({ difference, level }: PerformanceSummary): string {
  const amount = moneyText(dollars(difference) ?? 0);
  const more = level === "position" ? " cost, and what open positions have realised" : " cost";
  return `ledger days less trade days: ${amount}, which is what open lots${more}\n`;
}

function curveText(
  { points, startingBalance }: EquityCurve,
  { underwater }: DrawdownCurve,
): string {
  const equity = [startingBalance, ...points.map(({ balance }) => balance)].map(moneyToNumber);
  const depths = underwater.map(({ depth }) => moneyToNumber(depth));
  return `equity      ${sparkline(equity)}\nunderwater  ${sparkline(depths)}\n`;
}

const BALANCE: readonly Figure[] = [
  ["start", "startingBalance", "money"],
  ["end", "endingBalance", "money"],
  ["of it paid in and out", "cash", "money"],
  ["net of the ledger days", "ledgerNetPnl", "money"],
  ["net of the trades", "tradeNetPnl", "money"],
];

export const TRADES: readonly Figure[] = [
  ["trades", "count", "number"],
  ["wins", "wins", "number"],
  ["losses", "losses", "number"],
  ["breakeven", "breakeven", "number"],
  ["win rate", "winRate", "percent"],
  ["loss rate", "lossRate", "percent"],
  ["breakeven rate", "breakevenRate", "percent"],
  ["gross", "grossPnl", "money"],
  ["commissions", "commissions", "money"],
  ["fees", "fees", "money"],
  ["net", "netPnl", "money"],
  ["costs of gross", "costShare", "percent"],
  ["expectancy", "expectancy", "money"],
  ["expectancy in R", "expectancyR", "ratio"],
  ["median net", "medianNet", "money"],
  ["standard deviation", "standardDeviation", "money"],
  ["average win", "averageWin", "money"],
  ["average loss", "averageLoss", "money"],
  ["payoff ratio", "payoffRatio", "ratio"],
  ["profit factor", "profitFactor", "ratio"],
  ["largest win", "largestWin", "money"],
  ["largest loss", "largestLoss", "money"],
  ["longest winning streak", "longestWinStreak", "number"],
  ["longest losing streak", "longestLossStreak", "number"],
  ["SQN", "systemQuality", "ratio"],
  ["Kelly", "kelly", "percent"],
  ["held, mean", "averageSeconds", "seconds"],
  ["held, mean of wins", "averageWinSeconds", "seconds"],
  ["held, mean of losses", "averageLossSeconds", "seconds"],
  ["held, median", "medianSeconds", "seconds"],
  ["held, median of wins", "medianWinSeconds", "seconds"],
  ["held, median of losses", "medianLossSeconds", "seconds"],
  ["average MAE (gross)", "averageMae", "money"],
  ["average MFE (gross)", "averageMfe", "money"],
  ["MFE kept", "mfeKept", "percent"],
];

export const DAYS: readonly Figure[] = [
  ["days", "days", "number"],
  ["days won", "winningDays", "number"],
  ["days lost", "losingDays", "number"],
  ["winning days", "winningDayRate", "percent"],
  ["mean day", "meanDay", "money"],
  ["best day", "bestDayNetPnl", "money"],
  ["best day's share", "bestDayShare", "percent"],
  ["worst day", "worstDayNetPnl", "money"],
  ["volatility", "volatility", "percent"],
  ["Sharpe", "sharpe", "ratio"],
  ["Sortino", "sortino", "ratio"],
  ["Calmar", "calmar", "ratio"],
  ["Omega", "omega", "ratio"],
  ["CAGR", "cagr", "percent"],
  ["downside deviation", "downsideDeviation", "percent"],
  ["ulcer index", "ulcerIndex", "ratio"],
  ["VaR 95 %", "valueAtRisk95", "percent"],
  ["CVaR 95 %", "conditionalValueAtRisk95", "percent"],
];
