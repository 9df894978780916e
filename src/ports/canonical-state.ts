import { compareText } from "../domain/ids.js";
import type { Digest } from "./ids.js";
import type { ReadRepositories } from "./repositories.js";
import { type StoredRow, type TableName, tablePages } from "./tables.js";

/** What of a table belongs to the canonical state. */
interface CanonicalTable {
  readonly table: TableName;
  /** Bookkeeping: where and when something was learnt, and what others follow from. */
  readonly without: readonly string[];
  /** Observed, not derived: told as unknown, as it is where nothing was seen yet. */
  readonly unseen?: readonly string[];
  readonly only?: (row: StoredRow) => boolean;
}

/** Follows from orders and notes, which are facts; exports from before it was kept tell the state without it. */
const NOT_TOLD_BEFORE = "plannedRisk";

/**
 * Canonical state: what the same facts always make, whatever the order in which they came, the store, or the
 * process. Two stores that agree in it agree in every figure.
 */
export const CANONICAL_TABLES: readonly CanonicalTable[] = [
  {
    table: "orders",
    without: [
      "bookedQuantity",
      "brokerFilledQuantity",
      "brokerAveragePrice",
      "brokerFilledAt",
      "standInQuantity",
      "asOf",
      "olderFields",
      "checksum",
      "updatedAt",
    ],
  },
  {
    table: "fills",
    without: ["state", "brokerPnl", "source", "checksum", "createdAt"],
    only: (row) => row.state === "booked",
  },
  { table: "open_lots", without: [] },
  { table: "compliance_state", without: [] },
  { table: "matches", without: [NOT_TOLD_BEFORE] },
  { table: "trades", without: [NOT_TOLD_BEFORE] },
  // Marks and the broker's own id are observed, not derived.
  {
    table: "positions",
    without: ["updatedAt", "currentPrice", "unrealizedPnl", "brokerPositionId", NOT_TOLD_BEFORE],
    unseen: ["markedAt"],
  },
  { table: "daily_performance", without: [] },
  { table: "cash_movements", without: ["source", "checksum", "createdAt"] },
  {
    table: "account_snapshots",
    // An end of a day has no word of the broker's.
    without: ["createdAt", "brokerCanTrade"],
    only: (row) => row.type === "eod",
  },
  { table: "position_snapshots", without: [] },
];

export interface CanonicalState {
  /** SHA-256 over all rows, as hex. */
  readonly hash: string;
  readonly rows: number;
}

/** Hashes the canonical state page by page: memory does not grow with the store. */
export async function hashCanonicalState(
  repos: Pick<ReadRepositories, "tables">,
  digest: Digest,
): Promise<CanonicalState> {
  let rows = 0;
  for (const { table, without, unseen = [], only } of CANONICAL_TABLES) {
    for await (const page of tablePages(repos.tables, table)) {
      for (const row of page) {
        if (only && !only(row)) continue;
        digest.update(`${table} ${canonicalText(row, without, unseen)}\n`);
        rows += 1;
      }
    }
  }
  return { hash: digest.hex(), rows };
}

/** A row as text that is the same for equal rows: columns by name, without some, and some as null. */
function canonicalText(
  row: StoredRow,
  without: readonly string[],
  unseen: readonly string[],
): string {
  const columns = Object.entries(row)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => [name, unseen.includes(name) ? null : value] as const);
  return JSON.stringify(columns.sort(([a], [b]) => compareText(a, b)));
}
