/** A table as a query plan reads it. */
export interface PlanStep {
  readonly table: string;
  /** Null when the whole table is read. */
  readonly index: string | null;
  /** What the index is searched for; empty when all of it is read. */
  readonly condition: string;
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
  "outbox",
  "quarantine",
]);

/** The one statement that counts across accounts: all it reads is the partial index of what waits. */
const COUNT_OF_WAITING = /^select count\(\*\) from "quarantine" where status = 'waiting'$/;

/** How a statement's plan breaks the rule, in words; empty when it keeps it. */
export function brokenRules(sql: string, plan: readonly PlanStep[]): readonly string[] {
  const steps = plan.filter(({ table }) => GROWING_TABLES.has(table));
  return steps.flatMap(({ table, index, condition }) => {
    if (index === null) return [`reads all of ${table}: ${sql}`];
    if (/\baccount_id\b/.test(condition) || / limit (\?|\$\d+)/.test(sql)) return [];
    // One row, by the key that is unique across accounts.
    if (index === "quarantine_id" && /\bquarantine_id\b/.test(condition)) return [];
    if (index === "quarantine_waiting" && COUNT_OF_WAITING.test(sql)) return [];
    return [`reads ${table} by ${index} without an account or a limit: ${sql}`];
  });
}

/** The steps of SQLite's `explain query plan`. */
export function sqlitePlan(details: readonly string[]): readonly PlanStep[] {
  return details.flatMap((detail) => {
    const read = /^(SEARCH|SCAN) (\w+)(.*)$/.exec(detail);
    if (read === null) return [];
    const [, , table = "", rest = ""] = read;
    const using = /USING (?:COVERING )?(?:INDEX (\w+)|INTEGER PRIMARY KEY)(?: \((.*)\))?/.exec(
      rest,
    );
    if (using === null) return [{ table, index: null, condition: "" }];
    const [, index = "its row id", condition = ""] = using;
    return [{ table, index, condition }];
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
  return /Scan$/.test(type) && table !== "" ? [{ table, index, condition }, ...below] : below;
}
