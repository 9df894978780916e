import { stringify } from "csv-stringify/sync";
import type { PlainRow, PlainValue } from "../domain/plain.js";
import { plainNumber } from "./text.js";

/**
 * CSV lines of some rows, the fields in this order; absent and null values are empty cells.
 * @param raw for machines: texts as they are, also those that a spreadsheet would run
 */
export function csvLines(
  fields: readonly string[],
  rows: readonly PlainRow[],
  raw = false,
): string {
  return stringify(rows.map((row) => fields.map((field) => cell(row[field] ?? null, raw))));
}

export function csvHeader(fields: readonly string[]): string {
  return stringify([fields]);
}

function cell(value: PlainValue, raw: boolean): string {
  if (value === null) return "";
  if (typeof value === "number") return plainNumber(value);
  return raw ? String(value) : formulaSafe(String(value));
}

/** What a spreadsheet takes for the beginning of a formula (OWASP ASVS 1.2.10). */
const FORMULA_STARTS: ReadonlySet<string> = new Set(["=", "+", "-", "@", "\t", "\r", "\0"]);
/** A number is no formula, though it begins with a sign. */
const REAL_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A text that a spreadsheet would run as a formula gets a leading quote. */
function formulaSafe(text: string): string {
  return FORMULA_STARTS.has(text.charAt(0)) && !REAL_NUMBER.test(text) ? `'${text}` : text;
}
