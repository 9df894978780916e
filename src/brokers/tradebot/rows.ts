import { CsvError, parse } from "csv-parse/sync";
import { BlotterError, invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";
import { Cells, plainName } from "./cells.js";

/** How many bad rows a refusal names. */
const NAMED_ROWS = 5;

interface Row {
  readonly row: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads every row of a JSON array (bare, or the only array of an object) or of a CSV file with a header.
 * @throws BlotterError `invalid` naming row and column of the first bad rows
 */
export function readRows<T>(
  what: string,
  text: string,
  rowOf: (cells: Cells, row: number) => T,
): readonly T[] {
  const rows: T[] = [];
  const bad: string[] = [];
  for (const { row, values } of rowsOf(what, text.replace(/^\uFEFF/, "").trim())) {
    try {
      rows.push(rowOf(new Cells(values), row));
    } catch (error) {
      if (!(error instanceof BlotterError)) throw error;
      bad.push(`row ${row}: ${error.message}`);
    }
  }
  if (bad.length === 0) return rows;
  const more = bad.length > NAMED_ROWS ? `; and ${bad.length - NAMED_ROWS} more` : "";
  throw invalid(`${what}: ${bad.slice(0, NAMED_ROWS).join("; ")}${more}`);
}

function rowsOf(what: string, text: string): readonly Row[] {
  if (text === "") throw invalid(`${what}: the file is empty`);
  const rows = /^[[{]/.test(text) ? jsonRows(what, text) : csvRows(what, text);
  return rows;
}

function jsonRows(what: string, text: string): readonly Row[] {
  const content = parsedJson(what, text);
  const arrays = Array.isArray(content)
    ? [content]
    : Object.values(Object(content)).filter(isArray);
  const [array] = arrays;
  if (array === undefined || arrays.length > 1) {
    throw invalid(`${what}: a JSON array of rows was expected`);
  }
  return array.map((value, index) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { row: index + 1, values: { ...value } };
    }
    throw invalid(`${what}: row ${index + 1} must be an object, was ${show(value)}`);
  });
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function parsedJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(`${what}: its JSON is broken or cut off: ${reason}`);
  }
}

function csvRows(what: string, text: string): readonly Row[] {
  try {
    const lines: number[] = [];
    const records: Record<string, string>[] = parse(text, {
      columns: (header: readonly string[]) => uniqueColumns(what, header),
      skip_empty_lines: true,
      on_record: (record: Record<string, string>, { lines: line }) => {
        lines.push(line);
        return record;
      },
    });
    return records.map((values, index) => ({ row: lines[index] ?? index + 2, values }));
  } catch (error) {
    if (error instanceof CsvError) throw invalid(`${what}: ${error.message}`);
    throw error;
  }
}

function uniqueColumns(what: string, header: readonly string[]): string[] {
  const names = header.map(plainName);
  const twice = header.find((column, i) => names.indexOf(plainName(column)) !== i);
  if (twice !== undefined) throw invalid(`${what}: two columns are named ${show(twice)}`);
  return [...header];
}
