import { madeAsText } from "../domain/made.js";
import type { PlainRow } from "../domain/plain.js";
import type { ClosedRows } from "../ports/queries.js";
import { plainClosedRows } from "../services/plain-rows.js";
import { flag } from "./parameters.js";
import type { ServedBooks } from "./served-books.js";

/** Asks for a field more than the settled ones. */
export const madeAsParameter = {
  madeAs: flag()
    .default(false)
    .describe("With the field madeAs: of what no broker told the row is made."),
};

/** Closed rows as the command line prints them; with `madeAs`, also what they rest on that no broker told. */
export async function closedRows(
  { queries, contracts }: ServedBooks,
  closed: ClosedRows,
  madeAs: boolean,
): Promise<readonly PlainRow[]> {
  const rows = plainClosedRows(closed, await contracts.contracts());
  if (!madeAs) return rows;
  const made = await queries.made(closed);
  return rows.map((row, index) => ({ ...row, madeAs: madeAsText(made[index] ?? []) }));
}
