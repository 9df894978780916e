import type { StoreReport } from "../../ports/store.js";
import type { Connection } from "./connection.js";
import { appliedMigrations } from "./migrate.js";

const ENOUGH_PROBLEMS = 20;

/** Settings, integrity and foreign keys of an open store. */
export function inspectSqlite(connection: Connection, path: string): StoreReport {
  const pragma = (name: string) => connection.pragma(name, { simple: true });
  const integrity = connection.pragma(`integrity_check(${ENOUGH_PROBLEMS})`, { simple: false });
  const orphans = connection.pragma("foreign_key_check");
  return {
    facts: [
      ["store", path],
      ["engine", `SQLite ${connection.prepare("select sqlite_version()").pluck().get()}`],
      ["schema", `${appliedMigrations(connection).length} migrations applied`],
      ["journal mode", String(pragma("journal_mode"))],
      ["synchronous", pragma("synchronous") === 2 ? "FULL" : String(pragma("synchronous"))],
      ["size", `${Number(pragma("page_count")) * Number(pragma("page_size"))} bytes`],
    ],
    problems: [
      ...rowsOf(integrity)
        .map((row) => String(row.integrity_check))
        .filter((text) => text !== "ok"),
      ...rowsOf(orphans)
        .slice(0, ENOUGH_PROBLEMS)
        .map((row) => `row ${row.rowid} of ${row.table} refers to a missing row of ${row.parent}`),
    ],
  };
}

function rowsOf(result: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(result) ? result : [];
}
