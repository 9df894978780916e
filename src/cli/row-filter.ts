import type { RowFilter } from "../ports/services.js";
import type { RowOptions } from "./options.js";
import { rowsToRead } from "./print.js";

/** What rows the options ask for. */
export function rowFilter(options: RowOptions): RowFilter {
  const { account, symbol, strategy, from, to } = options;
  return { account, symbol, strategy, from, to, limit: rowsToRead(options) };
}
