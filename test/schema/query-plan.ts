/** A table as a query plan reads it. */
export interface PlanStep {
  readonly table: string;
  /** Null when the whole table is read. */
  readonly index: string | null;
  /** What the index is searched for; empty when all of it is read. */
  readonly condition: string;
  /** The index holds all that is asked for: the table is not read. */
  readonly isCovered?: boolean;
}

/** A statement as a repository sent it. */
export interface SentStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Tables that grow with every day of trading. */
export const GROWING_TABLES: ReadonlySet<string> = new Set([
  "orders",
  "order_events",
  "fills",
  "fill_versions",
  "open_lots",
  "matches",
  "trades",
  "positions",
  "daily_performance",
  "account_snapshots",
  "position_snapshots",
  "day_closings",
  "cash_movements",
  "account_adoptions",
  "result_sums",
  "annotations",
  "outbox",
  "quarantine",
  "marks",
  "order_intents",
  "sync_runs",
  "reconciliations",
]);

/** The one count across accounts: all it reads is the partial index of what waits. */
const COUNT_OF_WAITING = /^select count\(\*\) from "quarantine" where status = 'waiting'$/;

/** Columns that tell one row, or a few, from all others of an account. */
const KEYS =
  "order_id|fill_id|trade_id|position_id|entry_order_id|exit_fill_key|trading_day|quarantine_id|parent_order_id|stop_loss_order_id";

/** What an index of few rows is kept for; a statement that asks for it reads no other. */
const FEW_ROWS: readonly (readonly [condition: string, index: string])[] = [
  ["broker_filled_quantity > booked_quantity", "orders_missing_fills"],
  ["state = 4", "fills_unmatched"],
  ["status = 'open'", "positions_open"],
  ["status = 'waiting'", "quarantine_waiting"],
];

/**
 * Where a statement reads more of an account than it asks for: a key that its index is not searched
 * for, or a large index where there is a small one. In words; empty when there is none.
 */
export function wastedReads(sql: string, plan: readonly PlanStep[]): readonly string[] {
  const tables = tablesByAlias(sql);
  return plan.flatMap(({ table: name, index, condition }) => {
    const table = tables.get(name) ?? name;
    // What stands under a name of its own is looked up for the row of another.
    const value = table === name ? "[?$]" : '[?$"]';
    const asked = [...sql.matchAll(new RegExp(`"${name}"\\."(${KEYS})" = ${value}`, "g"))];
    const searched = new RegExp(`\\b(${KEYS})\\)?(?:::text)? ?=`).test(condition);
    const [first] = asked;
    if (first !== undefined && GROWING_TABLES.has(table) && !searched) {
      return [`searches ${table} by ${index} (${condition}) for one ${first[1]}: ${sql}`];
    }
    // The rows of one contract are few enough.
    if (/\bcontract_id\b/.test(condition)) return [];
    const [, small = index] = FEW_ROWS.find(([rows]) => ownCondition(sql, table, rows)) ?? [];
    return small === index ? [] : [`reads ${table} by ${index} instead of ${small}: ${sql}`];
  });
}

/** `from "orders" "stop_order"`, with `as` or without, quoted or not. */
function tablesByAlias(sql: string): ReadonlyMap<string, string> {
  const named = sql.matchAll(/(?:from|join) "(\w+)" (?:as )?"?(\w+)"?/g);
  return new Map([...named].map(([, table = "", alias = ""]) => [alias, table]));
}

function ownCondition(sql: string, table: string, condition: string): boolean {
  return sql.includes(` from "${table}"`) && sql.includes(condition);
}

/** How a statement's plan breaks the rule, in words; empty when it keeps it. */
export function brokenRules(sql: string, plan: readonly PlanStep[]): readonly string[] {
  const tables = tablesByAlias(sql);
  const real = plan.map((step) => ({ ...step, table: tables.get(step.table) ?? step.table }));
  const steps = real.filter(({ table }) => GROWING_TABLES.has(table));
  return steps.flatMap(({ table, index, condition }) => {
    if (index === null) return [`reads all of ${table}: ${sql}`];
    if (/\baccount_id\b/.test(condition) || / limit (\?|\$\d+)/.test(sql)) return [];
    // One row, by a key that is unique across accounts.
    if (index === "quarantine_id" && /\bquarantine_id\b/.test(condition)) return [];
    if (/^\(?(rowid|id) ?= ?[?$]?/.test(condition) && !/[<>]/.test(condition)) return [];
    if (index === "quarantine_waiting" && COUNT_OF_WAITING.test(sql)) return [];
    return [`reads ${table} by ${index} without an account or a limit: ${sql}`];
  });
}

/** The steps of SQLite's `explain query plan`. */
export function sqlitePlan(details: readonly string[]): readonly PlanStep[] {
  return details.flatMap((detail): readonly PlanStep[] => {
    const read = /^(SEARCH|SCAN) (\w+)(.*)$/.exec(detail);
    if (read === null) return [];
    const [, , table = "", rest = ""] = read;
    const using = /USING (?:COVERING )?(?:INDEX (\w+)|INTEGER PRIMARY KEY)(?: \((.*)\))?/.exec(
      rest,
    );
    if (using === null) return [{ table, index: null, condition: "" }];
    const [, index = "its row id", condition = ""] = using;
    return [{ table, index, condition, isCovered: rest.includes("COVERING") }];
  });
}

/** The steps of Postgres's `explain (format json)`. */
export function postgresPlan(node: unknown): readonly PlanStep[] {
  if (typeof node !== "object" || node === null) return [];
  const fields: Readonly<Record<string, unknown>> = { ...node };
  const children = Array.isArray(fields.Plans) ? fields.Plans : [];
  const below = children.flatMap(postgresPlan);
  const type = String(fields["Node Type"]);
  const table = String(fields["Relation Name"] ?? "");
  const index = fields["Index Name"] === undefined ? null : String(fields["Index Name"]);
  const condition = String(fields["Index Cond"] ?? "");
  if (type === "Bitmap Index Scan") return [{ table: "", index, condition }];
  if (type === "Bitmap Heap Scan") return below.map((step) => ({ ...step, table }));
  const isCovered = type === "Index Only Scan";
  return /Scan$/.test(type) && table !== ""
    ? [{ table, index, condition, isCovered }, ...below]
    : below;
}
