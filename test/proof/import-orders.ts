import { expect } from "vitest";
import type { Blotter } from "../../src/index.js";
import type { ImportOptions } from "../../src/ports/services.js";
import { type Books, booksOf } from "../properties/books.js";
import { type ExportRows, importPieces } from "./export-file.js";

/** Ways to tell the same exports again: each is a list of imports, each import a list of files. */
const TELLINGS: Readonly<
  Record<string, (rows: readonly string[]) => readonly (readonly (readonly string[])[])[]>
> = {
  twice: (rows) => [[rows], [rows]],
  "in reverse": (rows) => [[[...rows].reverse()]],
  shuffled: (rows) => [[shuffled(rows)]],
  "in overlapping pieces": (rows) => {
    const [middle, end] = [piece(rows, 0.4, 0.8), piece(rows, 0.6, 1)];
    return [[middle], [end, middle], [piece(rows, 0, 0.5)]];
  },
};

function piece(rows: readonly string[], from: number, to: number): readonly string[] {
  return rows.slice(Math.floor(rows.length * from), Math.ceil(rows.length * to));
}

/** The same shuffle every time: a row goes where a hash of its text sends it. */
function shuffled(rows: readonly string[]): readonly string[] {
  const hash = (text: string) => {
    let value = 2_166_136_261;
    for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 16_777_619);
    return value >>> 0;
  };
  return [...rows].sort((a, b) => hash(a) - hash(b));
}

/** Fails unless every way of telling the exports gives the same bytes as telling them once. */
export async function expectSameInAnyOrder(
  open: () => Promise<Blotter>,
  sources: readonly ExportRows[],
  expected: Books,
  options?: ImportOptions,
): Promise<void> {
  for (const [way, tell] of Object.entries(TELLINGS)) {
    const blotter = await open();
    try {
      for (const source of [...sources].reverse()) {
        for (const files of tell(source.rows)) {
          await importPieces(blotter, source, files, options);
        }
      }
      expectSameBytes(await booksOf(blotter), expected, way);
      expect(await blotter.trades.verify(), way).toEqual([]);
    } finally {
      await blotter.close();
    }
  }
}

/** Table by table, so that a failure names the first one that differs. */
export function expectSameBytes(actual: Books, expected: Books, way: string): void {
  for (const [table, rows] of Object.entries(expected)) {
    const told: unknown = Reflect.get(actual, table);
    expect(JSON.stringify(told, null, 1), `${table}, ${way}`).toBe(JSON.stringify(rows, null, 1));
  }
}
