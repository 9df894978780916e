import type { PlainRow } from "../../src/domain/plain.js";

/** A row of a broker's CSV file. */
export type CsvRecord = Readonly<Record<string, string>>;

/** Sums of doubles lose their binary noise at the millionth. */
export const cleaned = (dollars: number): number => Math.round(dollars * 1e6) / 1e6;

/** The sum of a column. */
export function sumOf(rows: readonly PlainRow[], field: string): number {
  return cleaned(rows.reduce((total, row) => total + Number(row[field]), 0));
}

/** Exports write one digit of the year; all of ours are of the 2020s: MGCM6 is MGCM26. */
export const fullSymbol = (symbol = ""): string => symbol.replace(/\d$/, (digit) => `2${digit}`);
