import { moneyToNumber } from "../domain/money.js";
import {
  plainDayFigures,
  plainDrawdown,
  plainResult,
  plainTradeFigures,
  plainUnderwater,
} from "../domain/performance/plain.js";
import type { Result } from "../domain/performance/result.js";
import type { PlainRow } from "../domain/plain.js";
import type {
  BreakdownRow,
  CalendarDay,
  DrawdownCurve,
  EquityCurve,
  PerformanceSummary,
  PeriodRow,
} from "../ports/performance.js";

/** Answers about performance as programs outside read them. */

export function plainPerformance(summary: PerformanceSummary) {
  const { ledgerNet, difference } = summary;
  return {
    accounts: summary.accounts,
    level: summary.level,
    basis: summary.basis,
    firstDay: summary.firstDay,
    lastDay: summary.lastDay,
    startingBalance: moneyToNumber(summary.startingBalance),
    endingBalance: moneyToNumber(summary.endingBalance),
    cash: moneyToNumber(summary.cash),
    trades: plainTradeFigures(summary.trades),
    onSyntheticFills: summary.onSyntheticFills,
    days: plainDayFigures(summary.days),
    maxDrawdown: summary.maxDrawdown && plainDrawdown(summary.maxDrawdown),
    currentDrawdown: summary.currentDrawdown && plainDrawdown(summary.currentDrawdown),
    ledgerNetPnl: ledgerNet === null ? null : moneyToNumber(ledgerNet),
    tradeNetPnl: moneyToNumber(summary.tradeNet),
    difference: difference === null ? null : moneyToNumber(difference),
  };
}

export function plainEquity({ basis, startingBalance, points }: EquityCurve) {
  return {
    basis,
    startingBalance: moneyToNumber(startingBalance),
    points: points.map(({ tradingDay, netPnl, cash, balance }) => ({
      tradingDay,
      netPnl: moneyToNumber(netPnl),
      cash: moneyToNumber(cash),
      balance: moneyToNumber(balance),
    })),
  };
}

export function plainDrawdowns({ basis, underwater, worst, current }: DrawdownCurve) {
  return {
    basis,
    underwater: underwater.map(plainUnderwater),
    worst: worst.map(plainDrawdown),
    current: current && plainDrawdown(current),
  };
}

export function plainPeriod({ key, firstDay, lastDay, figures, ledgerNet }: PeriodRow) {
  const net = ledgerNet === null ? null : moneyToNumber(ledgerNet);
  return { period: key, firstDay, lastDay, ...plainTradeFigures(figures), ledgerNetPnl: net };
}

export function plainGroup({ key, label, figures }: BreakdownRow) {
  return { key, label, ...plainTradeFigures(figures) };
}

export function plainCalendarDay(day: CalendarDay) {
  const { netPnl, ledgerNet, ...rest } = day;
  const ledger = ledgerNet === null ? null : moneyToNumber(ledgerNet);
  return { ...rest, netPnl: moneyToNumber(netPnl), ledgerNetPnl: ledger };
}

/** What a picture of excursions shows of a result. */
export function plainExcursion(result: Result): PlainRow {
  const plain = plainResult(result);
  const fields = EXCURSION_FIELDS.map((name) => [name, plain[name] ?? null]);
  return Object.fromEntries(fields);
}

const EXCURSION_FIELDS = [
  "accountId",
  "resultId",
  "symbol",
  "side",
  "strategy",
  "quantity",
  "exitTimestamp",
  "durationSeconds",
  "grossPnl",
  "netPnl",
  "mae",
  "mfe",
] as const;
