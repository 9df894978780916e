import type { Annotation } from "../annotation.js";
import { formatInstant } from "../instant.js";
import { type Money, moneyToNumber } from "../money.js";
import type { PlainRow, PlainValue } from "../plain.js";
import type { NamedDay } from "./best-day.js";
import type { Simulation } from "./bootstrap.js";
import type { DayFigures } from "./day-figures.js";
import type { Drawdown, UnderwaterPoint } from "./drawdown.js";
import type { Result } from "./result.js";
import type { ResultFigures } from "./result-figures.js";
import type { RollingPoint } from "./rolling.js";
import type { TradeFigures } from "./trade-figures.js";

/**
 * Performance as programs outside read it: numbers for dollars, null for what is unknown. The same on the command
 * line and over HTTP.
 */
const money = (value: Money | null): number | null =>
  value === null ? null : moneyToNumber(value);

export function plainTradeFigures(figures: TradeFigures): PlainRow {
  const { grossPnl, commissions, fees, netPnl, won, lost, unknownCosts, ...rest } = figures;
  const { costShare, commissionShare, feeShare } = rest;
  // Costs of which nothing is known are no share, and not none.
  const isAnyKnown = unknownCosts < figures.count || commissions !== 0 || fees !== 0;
  return {
    ...rest,
    costShare: isAnyKnown ? costShare : null,
    commissionShare: isAnyKnown ? commissionShare : null,
    feeShare: isAnyKnown ? feeShare : null,
    grossPnl: money(grossPnl),
    commissions: money(commissions),
    fees: money(fees),
    netPnl: money(netPnl),
    won: money(won),
    lost: money(lost),
    // Nothing closed has no costs, known or not.
    costsKnown: figures.count === 0 ? null : unknownCosts === 0,
    unknownCosts,
  };
}

export function plainResultFigures({ largestWin, largestLoss, ...rest }: ResultFigures): PlainRow {
  return { ...rest, largestWin: money(largestWin), largestLoss: money(largestLoss) };
}

export function plainDayFigures({ bestDay, worstDay, ...rest }: DayFigures): PlainRow {
  return {
    ...rest,
    ...namedDay("bestDay", bestDay),
    ...namedDay("worstDay", worstDay),
  };
}

const namedDay = (name: string, day: NamedDay | null): PlainRow => ({
  [name]: day?.tradingDay ?? null,
  [`${name}NetPnl`]: money(day?.netPnl ?? null),
});

export function plainDrawdown(drawdown: Drawdown): PlainRow {
  const { peak, low, depth, ...rest } = drawdown;
  return { ...rest, peak: money(peak), low: money(low), depth: money(depth) };
}

export function plainUnderwater(point: UnderwaterPoint): PlainRow {
  const { balance, peak, depth, ...rest } = point;
  return { ...rest, balance: money(balance), peak: money(peak), depth: money(depth) };
}

export function plainRolling({ maxDrawdown, ...rest }: RollingPoint): PlainRow {
  return { ...rest, maxDrawdown: money(maxDrawdown) };
}

export function plainResult(result: Result): PlainRow {
  const { grossPnl, commissions, fees, netPnl, mae, mfe } = result;
  const { entryFillKey: _, exitFillKey: __, entryTimestamp, exitTimestamp, ...rest } = result;
  return {
    ...rest,
    entryTimestamp: formatInstant(entryTimestamp),
    exitTimestamp: formatInstant(exitTimestamp),
    grossPnl: money(grossPnl),
    commissions: money(commissions),
    fees: money(fees),
    netPnl: money(netPnl),
    mae: money(mae),
    mfe: money(mfe),
  };
}

/** Nested, because its parts have parts. */
export function plainSimulation({ endBalance, ...rest }: Simulation) {
  const { p5, p50, p95 } = endBalance;
  return { ...rest, endBalance: { p5: money(p5), p50: money(p50), p95: money(p95) } };
}

export function plainAnnotation(annotation: Annotation): PlainRow {
  const { accountId, target, targetId, note, tags, plannedRisk } = annotation;
  const joined: PlainValue = tags.length === 0 ? null : tags.join(" ");
  return { accountId, target, targetId, note, tags: joined, plannedRisk: money(plannedRisk) };
}
