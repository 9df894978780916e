import type { AccountId } from "../domain/ids.js";

/**
 * Tables whose rows are facts: told by brokers, or written by people, in an order in which each row's references
 * come before it. They are what is exported and copied; everything else follows from them.
 */
export const FACT_TABLES = [
  "accounts",
  "products",
  "contracts",
  "fee_schedule",
  "account_fees",
  "orders",
  "order_events",
  "order_intents",
  "fills",
  "fill_versions",
  "cash_movements",
  "account_adoptions",
  "day_closings",
  "account_snapshots",
  "account_rules",
  "annotations",
  "compliance_events",
  "quarantine",
  "marks",
  "position_explanations",
  "sync_cursors",
  "sync_runs",
  "reconciliations",
] as const;
export type FactTable = (typeof FACT_TABLES)[number];

/** Tables that a rebuild makes anew from the facts. */
export const DERIVED_TABLES = [
  "open_lots",
  "matches",
  "trades",
  "positions",
  "daily_performance",
  "position_snapshots",
  "compliance_state",
  "result_sums",
] as const;
export type TableName = FactTable | (typeof DERIVED_TABLES)[number];

/**
 * A row as repositories know it: every column but the store's own row id, by its name in code; money and prices
 * as fixed-point integers, instants in microseconds, enumerations by name. The same on every store.
 */
export type StoredRow = Readonly<Record<string, StoredValue>>;
export type StoredValue = string | number | boolean | null;

/** A place in a table's own order, to go on from; only for the store that gave it. */
export type TablePlace = readonly StoredValue[];

export interface TablePage {
  readonly rows: readonly StoredRow[];
  /** Null at the end. */
  readonly next: TablePlace | null;
}

export interface TableReads {
  /**
   * The rows after a place (null: from the beginning), at most 1,000. Of each account in canonical order where the
   * table has one, else in the order in which they were recorded.
   */
  page(table: TableName, after: TablePlace | null): Promise<TablePage>;
}
export interface TableRepository extends TableReads {
  /**
   * Inserts facts as they are; a column that is left out has its default.
   * @throws BlotterError `invalid` for a column that the table has not; `conflict` when a row exists
   */
  insert(table: FactTable, rows: readonly StoredRow[]): Promise<void>;
}

/**
 * The rows of one account, and those that no account has: products, contracts, fees for all. Reports in quarantine
 * that nobody could take for an account's are left out.
 */
export function tablesOf(tables: TableReads, accountId: AccountId): TableReads {
  return {
    async page(table, after) {
      const { rows, next } = await tables.page(table, after);
      return { rows: rows.filter((row) => isOf(table, row, accountId)), next };
    },
  };
}

function isOf(table: TableName, row: StoredRow, accountId: AccountId): boolean {
  const { accountId: owner } = row;
  if (owner === undefined) return true;
  return owner === accountId || (owner === null && table === "fee_schedule");
}

/** Facts that lie in one table with rows that are derived: what tells them apart. */
const FACTS_OF: Readonly<Partial<Record<FactTable, (row: StoredRow) => boolean>>> = {
  // Those of the ends of days are made anew.
  account_snapshots: (row) => row.type !== "eod",
};

/** All facts of a table, page by page. */
export async function* factPages(
  tables: TableReads,
  table: FactTable,
): AsyncGenerator<readonly StoredRow[]> {
  const only = FACTS_OF[table];
  for await (const page of tablePages(tables, table)) yield only ? page.filter(only) : page;
}

/** All rows of a table, page by page. */
export async function* tablePages(
  tables: TableReads,
  table: TableName,
): AsyncGenerator<readonly StoredRow[]> {
  let after: TablePlace | null = null;
  do {
    const page: TablePage = await tables.page(table, after);
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  } while (after !== null);
}
