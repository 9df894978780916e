import { asc, type Column, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";
import type {
  FactTable,
  StoredRow,
  StoredValue,
  TableName,
  TablePage,
  TablePlace,
  TableRepository,
} from "../../ports/tables.js";
import { param } from "./columns.js";
import { type Handle, prepared, type Session, type Tables } from "./handle.js";

const PAGE = 1_000;
/** SQLite takes 32,766 parameters in a statement, Postgres 65,535. */
const MOST_PARAMETERS = 30_000;

interface Layout {
  tableOf(t: Tables): PgTable;
  /** The columns that order the table and tell its rows apart; an index begins with them. */
  readonly key: readonly string[];
}

const CLOSED = ["accountId", "exitTimestamp", "exitFillKey", "entryTimestamp", "entryFillKey"];

/** How each table is read; a new one is one line. */
const LAYOUTS: Readonly<Record<TableName, Layout>> = {
  accounts: { tableOf: (t) => t.accounts, key: ["accountId"] },
  products: { tableOf: (t) => t.products, key: ["root"] },
  contracts: { tableOf: (t) => t.contracts, key: ["contractId"] },
  orders: { tableOf: (t) => t.orders, key: ["accountId", "createdAt", "orderId"] },
  order_events: { tableOf: (t) => t.orderEvents, key: ["id"] },
  order_intents: { tableOf: (t) => t.orderIntents, key: ["accountId", "customTag"] },
  fills: { tableOf: (t) => t.fills, key: ["accountId", "executedAt", "fillKey"] },
  fill_versions: { tableOf: (t) => t.fillVersions, key: ["id"] },
  annotations: { tableOf: (t) => t.annotations, key: ["accountId", "target", "targetId"] },
  result_sums: {
    tableOf: (t) => t.resultSums,
    key: ["accountId", "level", "family", "span", "period", "bucket"],
  },
  account_rules: { tableOf: (t) => t.accountRules, key: ["accountId", "validFrom", "id"] },
  compliance_state: { tableOf: (t) => t.complianceState, key: ["accountId", "tradingDay"] },
  fee_schedule: { tableOf: (t) => t.feeSchedule, key: ["feeKey"] },
  account_fees: { tableOf: (t) => t.accountFees, key: ["accountId"] },
  cash_movements: { tableOf: (t) => t.cashMovements, key: ["accountId", "at", "movementId"] },
  account_adoptions: { tableOf: (t) => t.accountAdoptions, key: ["accountId", "revision"] },
  day_closings: { tableOf: (t) => t.dayClosings, key: ["accountId", "tradingDay"] },
  account_snapshots: { tableOf: (t) => t.accountSnapshots, key: ["accountId", "at", "type"] },
  compliance_events: { tableOf: (t) => t.complianceEvents, key: ["id"] },
  quarantine: { tableOf: (t) => t.quarantine, key: ["id"] },
  marks: { tableOf: (t) => t.marks, key: ["accountId", "at", "contractId", "price"] },
  position_explanations: {
    tableOf: (t) => t.positionExplanations,
    key: ["accountId", "contractId", "asOf"],
  },
  sync_cursors: { tableOf: (t) => t.syncCursors, key: ["accountId"] },
  sync_runs: { tableOf: (t) => t.syncRuns, key: ["accountId", "startedAt", "runId"] },
  reconciliations: { tableOf: (t) => t.reconciliations, key: ["id"] },
  open_lots: { tableOf: (t) => t.openLots, key: ["accountId", "contractId", "fillKey"] },
  matches: { tableOf: (t) => t.matches, key: CLOSED },
  trades: { tableOf: (t) => t.trades, key: CLOSED },
  positions: {
    tableOf: (t) => t.positions,
    key: ["accountId", "contractId", "openedAt", "openFillKey"],
  },
  position_snapshots: {
    tableOf: (t) => t.positionSnapshots,
    key: ["accountId", "at", "positionId"],
  },
  daily_performance: { tableOf: (t) => t.dailyPerformance, key: ["accountId", "tradingDay"] },
};

type Values = Readonly<Record<string, unknown>>;
type PagesOf = Record<
  "first" | "further",
  (session: Session, values: Values) => Promise<readonly Values[]>
>;

/** Both queries of every table, each built once per connection. */
const PAGES = new Map<TableName, PagesOf>();

function pagesOf(name: TableName): PagesOf {
  const known = PAGES.get(name);
  if (known) return known;
  const layout = LAYOUTS[name];
  const fields = (h: Handle) => columnsOf(h, name);
  const pages: PagesOf = {
    first: prepared<Values, readonly Values[]>(
      `first_page_of_${name}`,
      (h) => pageQuery(h, layout, undefined),
      fields,
    ),
    further: prepared<Values, readonly Values[]>(
      `page_of_${name}`,
      (h) => pageQuery(h, layout, afterPlace(keyColumns(h, name))),
      fields,
    ),
  };
  PAGES.set(name, pages);
  return pages;
}

function columnsOf({ t }: Handle, name: TableName): Record<string, PgColumn> {
  // A concrete table's columns; the union of all tables has them by name.
  return getTableColumns(LAYOUTS[name].tableOf(t)) as Record<string, PgColumn>;
}

function keyColumns(h: Handle, name: TableName): readonly PgColumn[] {
  const columns = columnsOf(h, name);
  return LAYOUTS[name].key.flatMap((key) => columns[key] ?? []);
}

function pageQuery(h: Handle, layout: Layout, after: SQL | undefined) {
  const columns = getTableColumns(layout.tableOf(h.t)) as Record<string, PgColumn>;
  const order = layout.key.flatMap((key) => columns[key] ?? []).map((column) => asc(column));
  return h.db
    .select(columns)
    .from(layout.tableOf(h.t))
    .where(after)
    .orderBy(...order)
    .limit(PAGE);
}

function afterPlace(key: readonly Column[]): SQL {
  const columns = sql.join(
    key.map((column) => sql`${column}`),
    sql`, `,
  );
  const values = sql.join(
    key.map((column, i) => sql`${param(`key${i}`, column)}`),
    sql`, `,
  );
  return key.length === 1 ? sql`${columns} > ${values}` : sql`(${columns}) > (${values})`;
}

export class DrizzleTableRepository implements TableRepository {
  constructor(private readonly session: Session) {}

  async page(table: TableName, after: TablePlace | null): Promise<TablePage> {
    const { first, further } = pagesOf(table);
    // Row ids begin at 1: asked for so, the first page too is read by the index.
    const from = after ?? (LAYOUTS[table].key[0] === "id" ? [0] : null);
    const values = Object.fromEntries((from ?? []).map((value, i) => [`key${i}`, value]));
    const found = await (from === null ? first : further)(this.session, values);
    const last = found.length < PAGE ? undefined : found.at(-1);
    return {
      rows: found.map(storedRow),
      next: last === undefined ? null : LAYOUTS[table].key.map((key) => storedValue(last[key])),
    };
  }

  async insert(table: FactTable, rows: readonly StoredRow[]): Promise<void> {
    const columns = columnsOf(this.session.handle, table);
    for (const name of new Set(rows.flatMap((row) => Object.keys(row)))) {
      if (columns[name] === undefined || name === "id") {
        throw invalid(`table ${table} has no column ${show(name)}: update Blotter`);
      }
    }
    const atOnce = Math.floor(MOST_PARAMETERS / Object.keys(columns).length);
    for (let start = 0; start < rows.length; start += atOnce) {
      const { db, t } = this.session.handle;
      // The columns were just looked up; their codecs and the schema's checks refuse other values.
      const values = rows.slice(start, start + atOnce) as Record<string, never>[];
      await db.insert(LAYOUTS[table].tableOf(t)).values(values);
    }
  }
}

function storedRow({ id: _, ...row }: Values): StoredRow {
  for (const value of Object.values(row)) storedValue(value);
  // Each value was just found to be one that a row may have.
  return row as StoredRow;
}

function storedValue(value: unknown): StoredValue {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    default:
      if (value === null) return null;
      throw new RangeError(`a column holds a ${typeof value}`);
  }
}
