import { addMoney, type Money, parseMoney } from "../../../src/domain/money.js";
import type { BalancedDay } from "../../../src/domain/performance/day-series.js";
import { balances } from "../../../src/domain/performance/day-series.js";
import type { Result } from "../../../src/domain/performance/result.js";
import type { MeasuredResults } from "../../../src/domain/performance/result-figures.js";
import {
  combineSums,
  NO_RESULTS,
  type ResultSums,
  sumsOf,
} from "../../../src/domain/performance/result-sums.js";
import { parseTradingDay } from "../../../src/domain/trading-day.js";

export const usd = (value: string | number) => parseMoney(value, "money");

export type MadeUpResult = Parameters<typeof sumsOf>[0] &
  Pick<Result, "mae" | "mfe"> & { readonly plannedRisk: Money | null };

/** In the order in which they stand. */
export const measured = (results: readonly MadeUpResult[]): MeasuredResults => ({
  netPnl: results.map(({ netPnl }) => netPnl),
  durationSeconds: results.map(({ durationSeconds }) => durationSeconds),
  netsInOrder: results.map(({ netPnl }) => netPnl),
  sums: {
    grossPnl: addMoney(...results.map(({ grossPnl }) => grossPnl)),
    mae: addMoney(...results.map(({ mae }) => mae)),
    mfe: addMoney(...results.map(({ mfe }) => mfe)),
  },
  plannedRisk: results.map(({ plannedRisk }) => packed(plannedRisk)),
});

/** As a list of numbers holds it. */
export const packed = <T extends number>(value: T | null): T => value ?? (Number.NaN as T);

/** A line is `net gross commissions fees seconds mae mfe risk`; `?` is unknown. */
export function resultsOf(ledger: string): readonly MadeUpResult[] {
  return linesOf(ledger).map(
    ([net = "", gross = "", commission, fee, seconds, mae, mfe, risk]) => ({
      quantity: 1,
      netPnl: usd(net),
      grossPnl: usd(gross),
      commissions: known(commission),
      fees: known(fee),
      costsKnown: commission !== "?" && fee !== "?",
      durationSeconds: Number(seconds),
      mae: usd(mae ?? "0"),
      mfe: usd(mfe ?? "0"),
      plannedRisk: known(risk),
    }),
  );
}

export const summed = (results: readonly MadeUpResult[]): ResultSums =>
  results.map(sumsOf).reduce((a, b) => combineSums(a, b), NO_RESULTS);

/** A line is `day net`, perhaps with `cash`. */
export function daysOf(start: number, ledger: string): readonly BalancedDay[] {
  return balances(
    usd(start),
    linesOf(ledger).map(([day = "", net = "", cash = "0"]) => ({
      tradingDay: parseTradingDay(day),
      netPnl: usd(net),
      cash: usd(cash),
    })),
  );
}

const known = (text = "?") => (text === "?" ? null : usd(text));

function linesOf(ledger: string): readonly (readonly string[])[] {
  return ledger
    .trim()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/\s+/));
}
