import { type BlotterError, invalid } from "../domain/errors.js";

/** A file that traders have lying next to the one wanted, and what to do with it. */
interface KnownExport {
  /** The format that reads it; null when none does. */
  readonly format: string | null;
  readonly name: string;
  readonly advice: string;
  /** Columns that no other export has together. */
  readonly columns: readonly string[];
}

const KNOWN_EXPORTS: readonly KnownExport[] = [
  {
    format: "topstepx-orders",
    name: "TopstepX's Orders export",
    advice: "import it as topstepx-orders",
    columns: ["AccountName", "ContractName", "Status", "CreatedAt"],
  },
  {
    format: null,
    name: "TopstepX's Trades export",
    advice: "import its Orders export as topstepx-orders",
    columns: ["ContractName", "EnteredAt", "ExitedAt"],
  },
  {
    format: "tradovate-fills",
    name: "Tradovate's Fills export",
    advice: "import it as tradovate-fills",
    columns: ["_id", "_orderId", "_action"],
  },
  {
    format: null,
    name: "Tradovate's Performance export",
    advice: "import its Fills export as tradovate-fills",
    columns: ["buyFillId", "sellFillId"],
  },
  {
    format: null,
    name: "Tradovate's Orders export",
    advice: "import its Fills export as tradovate-fills",
    columns: ["orderId", "B/S", "filledQty"],
  },
  {
    format: null,
    name: "Tradovate's balance history",
    advice: "import its Fills export as tradovate-fills",
    columns: ["Account ID", "Trade Date", "Total Realized PNL"],
  },
];

/**
 * The end of a sentence about a file of the wrong kind: what it looks like and which file to take
 * instead; empty when it is not recognised or is the wanted kind itself, damaged.
 */
export function wrongCsvHint(columns: readonly string[], wanted: string): string {
  const known = KNOWN_EXPORTS.find(({ columns: marks }) => marks.every((c) => columns.includes(c)));
  if (known) {
    return known.format === wanted ? "" : `; this is ${known.name}: ${known.advice}`;
  }
  const [first = ""] = columns;
  if (first.startsWith("PK\u0003")) return "; this is an Excel workbook: save it as CSV";
  if (columns.length === 1 && first.includes(";")) {
    return "; its columns are separated by semicolons: export it with commas";
  }
  return "";
}

export const JSON_HINT =
  "this is JSON: import Order/search rows as projectx-orders, Trade/search rows as projectx-trades, " +
  "a line for each event of the hub as projectx-events";

/** The refusal of a whole file. */
export function wrongFile(format: string, why: string): BlotterError {
  return invalid(`not a ${format} file: ${why}`);
}
