import { parse } from "csv-parse/sync";
import { fileFormat } from "../../src/brokers/formats.js";
import type { Blotter } from "../../src/index.js";
import type { ImportFile, ImportOptions, ImportReport } from "../../src/ports/services.js";

/** An export taken apart into rows, so that it can be told in other orders and pieces. */
export interface ExportRows {
  readonly format: string;
  /** The file as it stands, with its byte order mark and blank lines. */
  readonly text: string;
  readonly rows: readonly string[];
  /** What stands around the rows. */
  readonly assemble: (rows: readonly string[]) => string;
}

/** A CSV export whose rows are lines. */
export function csvRows(format: string, text: string): ExportRows {
  const [header = "", ...rows] = text.split(/\r?\n/).filter((line) => line !== "");
  return { format, text, rows, assemble: (some) => [header, ...some, ""].join("\n") };
}

/** A JSON array of rows. */
export function jsonRows(format: string, text: string): ExportRows {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error("not an array of rows");
  const rows = parsed.map((row) => JSON.stringify(row));
  return { format, text, rows, assemble: (some) => `[${some.join(",\n")}]` };
}

/** Rows of a CSV text as records. */
export function csvRecords(text: string): readonly Readonly<Record<string, string>>[] {
  return parse(text, { bom: true, columns: true, skip_empty_lines: true, trim: true });
}

/** A file in memory that comes in small pieces, cut anywhere. */
function memoryFile(name: string, text: string): ImportFile {
  return {
    name,
    async *open() {
      for (let at = 0; at < text.length; at += 4_093) yield text.slice(at, at + 4_093);
    },
  };
}

/** Imports the file as it stands, or pieces of it, all in one call. */
export function importPieces(
  blotter: Blotter,
  source: ExportRows,
  pieces?: readonly (readonly string[])[],
  options: ImportOptions = {},
): Promise<ImportReport> {
  const texts = pieces?.map(source.assemble) ?? [source.text];
  const files = texts.map((text, n) => memoryFile(`${source.format}-${n}`, text));
  return blotter.importer.import(fileFormat(source.format), files, options);
}
