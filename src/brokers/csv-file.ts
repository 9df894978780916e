import { CsvError, type Options, type Parser, parse } from "csv-parse";
import type { BlotterError } from "../domain/errors.js";
import type { BrokerEvent, FileRow } from "../ports/broker.js";
import { CsvRow } from "./csv-row.js";
import { JSON_HINT, wrongCsvHint, wrongFile } from "./known-exports.js";
import { readRow } from "./refused-row.js";

/** What makes a CSV file one of a certain format. */
export interface CsvShape {
  readonly format: string;
  readonly requiredColumns: readonly string[];
}

/** A row longer than this is not a row: a quote was opened and never closed. */
const MAX_ROW_BYTES = 64 * 1024;

/** What the parser makes of a row. */
interface RawRecord {
  readonly raw: string;
  readonly record: readonly string[];
}

interface Line {
  readonly row: number;
  readonly text: string;
  readonly cells: readonly string[];
}

/**
 * Reads a CSV file with a header, row by row, never holding more than a few chunks of it.
 *
 * @param eventsOf what one row tells; throws `RefusedRow` for a row that cannot be read
 * @throws BlotterError `invalid` when the file is empty, is no CSV, or lacks a required column
 */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  shape: CsvShape,
  eventsOf: (row: CsvRow) => readonly BrokerEvent[],
): AsyncGenerator<FileRow> {
  const counter = { nextLine: 1 };
  const options: Options<Line, RawRecord> = {
    bom: true,
    raw: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    // A stray quote stays in its cell, which is then judged like any other cell.
    relax_quotes: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (record: RawRecord) => numbered(record, counter),
  };
  // The types of `parse` do not know that `raw` changes what a record is.
  const parser = parse(options as unknown as Options);
  const feeding = feed(chunks, parser, shape);
  let header: readonly string[] | null = null;
  try {
    // The parser yields what `on_record` gives; its own type says `any`.
    for await (const { row, text, cells } of parser as AsyncIterable<Line>) {
      if (header === null) header = readHeader(cells, shape);
      else yield { row, text, ...readCells(header, cells, eventsOf) };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, counter.nextLine, shape) : error;
  } finally {
    parser.destroy();
    await feeding;
  }
  if (header === null) throw wrongFile(shape.format, "it is empty");
}

/**
 * Gives a row its line; null, which skips it, for a blank one. The parser's own count of lines is
 * off where a quoted cell holds a CRLF.
 */
function numbered({ raw, record }: RawRecord, counter: { nextLine: number }): Line | null {
  const text = raw.replace(/^\uFEFF/, "").replace(/(\r\n|\n|\r)$/, "");
  const row = counter.nextLine;
  counter.nextLine += 1 + (text.match(/\r\n|\n|\r/g)?.length ?? 0);
  return text.trim() === "" ? null : { row, text, cells: record };
}

function readHeader(record: readonly string[], shape: CsvShape): readonly string[] {
  const names = record.map((name) => name.trim());
  const missing = shape.requiredColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const list = `${missing.length === 1 ? "column" : "columns"} ${missing.join(", ")} missing`;
    throw wrongFile(shape.format, list + wrongCsvHint(names, shape.format));
  }
  const twice = shape.requiredColumns.find((c) => names.indexOf(c) !== names.lastIndexOf(c));
  if (twice) throw wrongFile(shape.format, `it has two columns named ${twice}`);
  return names;
}

function readCells(
  header: readonly string[],
  cells: readonly string[],
  eventsOf: (row: CsvRow) => readonly BrokerEvent[],
): Pick<FileRow, "events" | "problem"> {
  if (cells.length !== header.length) {
    const message = `row has ${cells.length} columns, the header has ${header.length}`;
    return { events: [], problem: { column: null, message } };
  }
  return readRow(() => eventsOf(new CsvRow(header, cells)));
}

function unreadable(error: CsvError, line: number, shape: CsvShape): BlotterError {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    return wrongFile(shape.format, `a quote opened on line ${line} is never closed`);
  }
  if (error.code === "CSV_MAX_RECORD_SIZE") {
    return wrongFile(shape.format, `line ${line} is longer than ${MAX_ROW_BYTES} bytes`);
  }
  return wrongFile(shape.format, `line ${line}: ${error.message}`);
}

/** Hands the chunks to the parser as fast as it takes them; stops when the reader has gone away. */
async function feed(chunks: AsyncIterable<string>, parser: Parser, shape: CsvShape): Promise<void> {
  let started = false;
  try {
    for await (const chunk of chunks) {
      if (parser.destroyed) return;
      if (!started) {
        if (/^\uFEFF?\s*[[{]/.test(chunk)) throw wrongFile(shape.format, JSON_HINT);
        started = /[^\uFEFF\s]/.test(chunk);
      }
      if (!parser.write(chunk)) await drained(parser);
    }
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function drained(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      parser.off("drain", go);
      parser.off("close", go);
      resolve();
    };
    parser.on("drain", go);
    parser.on("close", go);
  });
}
