import type { PlainRow, PlainValue } from "../domain/plain.js";
import { type CliDependencies, note } from "./context.js";
import { csvHeader, csvLines } from "./csv.js";
import type { OutputOptions } from "./options.js";
import { pairsText, tableText } from "./table.js";
import type { View } from "./view.js";

/** Rows of a table when nothing else is asked for: a screenful. */
const TABLE_ROWS = 50;
/** Rows that are made into text and written at once. */
const BATCH_ROWS = 1000;

type Limited = OutputOptions & { readonly limit?: number };

/** How many rows to ask for: one more than a table shows tells that rows are left out. */
export function rowsToRead(options: Limited): number | undefined {
  return options.limit ?? (options.json || options.csv ? undefined : TABLE_ROWS + 1);
}

/** Prints rows as asked for; of more than `rowsToRead`, the newest (the last) are kept. */
export async function printRows(
  cli: CliDependencies,
  view: View,
  rows: readonly PlainRow[],
  options: Limited,
): Promise<void> {
  const asked = options.limit === undefined ? rows : rows.slice(-options.limit);
  if (options.json) return printJsonRows(cli, asked);
  if (options.csv) return printCsvRows(cli, view, asked);
  const shown = options.limit === undefined ? rows.slice(-TABLE_ROWS) : asked;
  const empty = `no ${view.name}\n`;
  await cli.out.write(shown.length === 0 ? empty : tableText(view.columns, shown));
  if (options.limit === undefined && shown.length < rows.length) {
    await note(
      cli,
      `only ${TABLE_ROWS} ${view.name} shown: --limit N shows more, --json and --csv all`,
    );
  }
}

async function printJsonRows(cli: CliDependencies, rows: readonly PlainRow[]): Promise<void> {
  if (rows.length === 0) return cli.out.write("[]\n");
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = rows.slice(start, start + BATCH_ROWS).map((row) => JSON.stringify(row));
    await cli.out.write(`${start === 0 ? "[\n" : ",\n"}${batch.join(",\n")}`);
  }
  await cli.out.write("\n]\n");
}

async function printCsvRows(
  cli: CliDependencies,
  view: View,
  rows: readonly PlainRow[],
): Promise<void> {
  await cli.out.write(csvHeader(view.fields));
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    await cli.out.write(csvLines(view.fields, rows.slice(start, start + BATCH_ROWS)));
  }
}

/** One object for programs. */
export function printJson(cli: CliDependencies, value: unknown): Promise<void> {
  return cli.out.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** One row: names and values for people, an object for programs. */
export function printRow(
  cli: CliDependencies,
  row: PlainRow,
  options: OutputOptions,
): Promise<void> {
  if (options.json) return printJson(cli, row);
  const known: [string, PlainValue][] = Object.entries(row).filter(([, value]) => value !== null);
  return cli.out.write(pairsText(known));
}
