import { and, eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn, AnyPgTable } from "drizzle-orm/pg-core";
import { exactSum } from "../../domain/decimal.js";
import type { ResultLevel } from "../../domain/performance/result.js";
import type {
  PlannedResult,
  ResultLists,
  ResultQuery,
  SummableField,
} from "../../ports/performance-repositories.js";
import type { Column, Handle, Selection, Tables } from "./handle.js";
import { type FilteredColumns, placed, wanted } from "./result-conditions.js";
import { SOURCES, type Source } from "./result-sources.js";
import { writtenConditions } from "./written-conditions.js";

/** Reads no more columns than the fields asked for need. */
export async function readColumns<K extends keyof PlannedResult, S extends SummableField>(
  h: Handle,
  query: Omit<ResultQuery, "newest">,
  names: readonly K[],
  summed: readonly S[],
): Promise<ResultLists<K, S>> {
  const sources = SOURCES[query.level](h);
  const [made, stored] = [
    summed.filter((name) => sources[name].isMade),
    summed.filter((name) => !sources[name].isMade),
  ];
  // A field may be asked for as a list and as a sum.
  const asked = new Map<string, Source>([
    ...names.map((name) => [name, sources[name]] as const),
    ...summed.map((name) => [sumOf(name), sources[name]] as const),
  ]);
  const selection = selectionOf(h, query, asked);
  const codecs = Object.fromEntries([...asked].map(([at, { codec }]) => [at, codec]));
  const found = await h.columns(selection, codecs, {
    numbers: [...NUMBERS, ...made.map(sumOf)],
    sums: stored.map(sumOf),
  });
  const columns = new Map([...asked.keys()].map((at, i) => [at, found[i] ?? []]));
  const listed = (at: string): Column => columns.get(at) ?? [];
  // Each list has the values that its field has in a result, and each sum is one of money.
  return {
    columns: Object.fromEntries(names.map((name) => [name, listed(name)])),
    sums: Object.fromEntries(summed.map((name) => [name, total(listed(sumOf(name)))])),
  } as unknown as ResultLists<K, S>;
}

const sumOf = (name: SummableField): string => `sum_${name}`;

/** Of what the store has added up, too: that is a list of one. */
function total(amounts: Column): number {
  let sum = 0;
  for (let n = 0; n < amounts.length; n += 1) sum += Number(amounts[n]);
  return exactSum(sum);
}

/** Fields whose lists are packed, flags among them. */
const NUMBERS = [
  "quantity",
  "entryTimestamp",
  "exitTimestamp",
  "durationSeconds",
  "grossPnl",
  "commissions",
  "fees",
  "netPnl",
  "mae",
  "mfe",
  "plannedRisk",
  "costsKnown",
] as const satisfies readonly (keyof PlannedResult)[];

type Asked = ReadonlyMap<string, Source>;

/** The rows of a level that a query wants, in canonical order, with what is asked of each. */
function selectionOf(h: Handle, query: Omit<ResultQuery, "newest">, asked: Asked): Selection {
  const { orders, contracts } = h.t;
  const { table, row, at, strategy, order, condition } = LEVELS[query.level](h);
  const fields = Object.fromEntries([...asked].map(([name, { from }]) => [name, from]));
  const beside = new Set([...asked.values()].map((source) => source.beside));
  if (query.strategies !== undefined && strategy === orders.strategy) beside.add("orders");
  // A join of which nothing is asked would keep either engine from reading the index alone.
  const selected = h.db.select(fields).from(table).$dynamic();
  if (beside.has("orders")) {
    const isEntry = eq(orders.orderId, row.entryOrderId);
    selected.leftJoin(orders, and(eq(orders.accountId, row.accountId), isEntry));
  }
  if (beside.has("contracts")) {
    selected.leftJoin(contracts, eq(contracts.contractId, row.contractId));
  }
  return selected
    .where(
      and(
        condition,
        wanted(query, { ...row, strategy, at }),
        ...writtenConditions(h, query.level, query),
      ),
    )
    .orderBy(...placed(query, order));
}

/** A level's table, what its rows are told apart by, and when they ended. */
interface Level {
  readonly table: AnyPgTable;
  readonly row: Pick<FilteredColumns, "accountId" | "contractId" | "side"> & {
    readonly entryOrderId: AnyPgColumn;
  };
  readonly at: AnyPgColumn;
  readonly strategy: AnyPgColumn;
  /** Canonical. */
  readonly order: readonly AnyPgColumn[];
  /** Which of the table's rows are results. */
  readonly condition?: SQL;
}

const LEVELS: Readonly<Record<ResultLevel, (h: Handle) => Level>> = {
  match: ({ t: { matches, orders } }) => ({ ...closedRows(matches), strategy: orders.strategy }),
  trade: ({ t: { trades } }) => ({ ...closedRows(trades), strategy: trades.strategy }),
  position: ({ t: { positions: t } }) => ({
    table: t,
    row: t,
    at: t.closedAt,
    strategy: t.strategy,
    order: [t.closedAt, t.lastFillKey, t.openedAt, t.openFillKey],
    condition: eq(t.status, "closed"),
  }),
};

/** What matches and trades have in common: each of their rows is closed. */
const closedRows = (t: Tables["matches"] | Tables["trades"]): Omit<Level, "strategy"> => ({
  table: t,
  row: t,
  at: t.exitTimestamp,
  order: [t.exitTimestamp, t.exitFillKey, t.entryTimestamp, t.entryFillKey],
});
