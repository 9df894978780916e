import { madeAsText } from "../domain/made.js";
import type { PlainRow } from "../domain/plain.js";
import type { ClosedRows } from "../ports/queries.js";
import type { Books } from "./context.js";

/** Fills and orders that no broker told: synthetic, adopted, settlement. */
export function withOrigin(row: PlainRow): PlainRow {
  return { ...row, madeAs: row.origin === "broker" ? null : (row.origin ?? null) };
}

/** Rows of matches, trades or positions with what they rest on that no broker told. */
export async function withMadeAs(
  { queries }: Books,
  closed: ClosedRows,
  rows: readonly PlainRow[],
): Promise<readonly PlainRow[]> {
  const made = await queries.made(closed);
  return rows.map((row, index) => ({ ...row, madeAs: madeAsText(made[index] ?? []) }));
}
