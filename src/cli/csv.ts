import { stringify } from "csv-stringify/sync";
import type { PlainRow, PlainValue } from "../domain/plain.js";
import { plainNumber } from "./text.js";

/** CSV lines of some rows, the fields in this order; absent and null values are empty cells. */
export function csvLines(fields: readonly string[], rows: readonly PlainRow[]): string {
  return stringify(rows.map((row) => fields.map((field) => cell(row[field] ?? null))));
}

export function csvHeader(fields: readonly string[]): string {
  return stringify([fields]);
}

function cell(value: PlainValue): string {
  if (value === null) return "";
  return typeof value === "number" ? plainNumber(value) : formulaSafe(String(value));
}

/** A text that a spreadsheet would run as a formula gets a leading quote. */
function formulaSafe(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
