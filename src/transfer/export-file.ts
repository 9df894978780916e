import { BlotterError, invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";
import type { Digest } from "../ports/ids.js";
import { FACT_TABLES, type FactTable, type StoredRow } from "../ports/tables.js";
import { readRow, writtenRow } from "./field-kinds.js";

/**
 * Blotter's own export: lines of JSON. The first says what it is; then one line a fact, in an order in which what
 * a row refers to comes before it; the last tells how many there were, a hash of their lines, and the canonical
 * state that they make. Equal books have equal bytes.
 */
export const FIRST_LINE = JSON.stringify({ blotter: "export", format: 1 });

export function factLine(table: FactTable, row: StoredRow): string {
  return JSON.stringify({ table, ...writtenRow(table, row) });
}

export interface LastLine {
  readonly rows: number;
  /** SHA-256 over the lines of facts, each with its line end. */
  readonly sha256: string;
  /** Hash of the canonical state. */
  readonly state: string;
}

export function lastLine({ rows, sha256, state }: LastLine): string {
  return JSON.stringify({ blotter: "end", rows, sha256, state });
}

export interface Fact {
  readonly table: FactTable;
  readonly row: StoredRow;
}

/**
 * Reads an export fact by fact, and in the end proves that it was whole.
 * @returns the last line
 * @throws BlotterError `invalid` naming file and line; `unsupported` for a newer format; `corrupt` when it was cut
 *   or changed
 */
export async function* factsIn(
  lines: AsyncIterable<string>,
  name: string,
  digest: Digest,
): AsyncGenerator<Fact, LastLine> {
  let number = 0;
  let rows = 0;
  let last: LastLine | null = null;
  for await (const line of lines) {
    number += 1;
    if (last !== null) throw damaged(name, `has a line ${number} after its end`);
    const value = jsonLine(line, name, number);
    if (number === 1) requireFirst(value, name);
    else if (value.blotter === "end") last = readLast(value, name);
    else {
      digest.update(`${line}\n`);
      rows += 1;
      yield factOf(value, name, number);
    }
  }
  if (last === null) throw damaged(name, "was cut off: its last line is missing");
  if (last.rows !== rows || last.sha256 !== digest.hex()) throw damaged(name, "was changed or cut");
  return last;
}

function damaged(name: string, what: string): BlotterError {
  return new BlotterError("corrupt", `${name} ${what}: export anew`);
}

function jsonLine(text: string, name: string, line: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BlotterError("invalid", `${name}, line ${line} is no JSON`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`${name}, line ${line} is no JSON object`);
  }
  // An object that JSON made has only text for keys.
  return value as Readonly<Record<string, unknown>>;
}

function requireFirst(value: Readonly<Record<string, unknown>>, name: string): void {
  if (value.blotter !== "export") throw invalid(`${name} is no export of Blotter`);
  if (value.format === 1) return;
  throw new BlotterError(
    "unsupported",
    `${name} has format ${show(value.format)}, this Blotter knows 1: update Blotter`,
  );
}

function readLast(value: Readonly<Record<string, unknown>>, name: string): LastLine {
  const { rows, sha256, state } = value;
  if (typeof rows === "number" && typeof sha256 === "string" && typeof state === "string") {
    return { rows, sha256, state };
  }
  throw damaged(name, "has a damaged last line");
}

function factOf(
  { table: named, ...row }: Readonly<Record<string, unknown>>,
  name: string,
  line: number,
): Fact {
  const table = FACT_TABLES.find((candidate) => candidate === named);
  if (table === undefined) {
    throw invalid(`${name}, line ${line} has rows of table ${show(named)}, which is unknown here`);
  }
  try {
    return { table, row: readRow(table, row) };
  } catch (cause) {
    if (!(cause instanceof BlotterError)) throw cause;
    throw new BlotterError(cause.code, `${name}, line ${line}: ${cause.message}`, { cause });
  }
}

/** A text that comes in pieces, line by line; a last line may lack its end. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of pieces) {
    const lines = `${rest}${piece}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
