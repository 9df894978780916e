import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import Database from "better-sqlite3";
import { BlotterError } from "../../domain/errors.js";
import { translateSqliteError } from "./errors.js";

export type Connection = Database.Database;

/** "BLTR" in the file's header. */
export const APPLICATION_ID = 0x424c5452;

/**
 * Settings of every connection and why.
 * - synchronous FULL: with WAL, better-sqlite3 defaults to NORMAL, which loses acknowledged commits when the
 *   power goes
 * - busy_timeout 0: waiting inside SQLite would stop the bot's event loop; we wait outside of it
 * - trusted_schema off, cell_size_check on: a damaged or hostile file is found out sooner
 */
const PRAGMAS: readonly (readonly [name: string, set: string, readBack: number])[] = [
  ["synchronous", "FULL", 2],
  ["foreign_keys", "ON", 1],
  ["busy_timeout", "0", 0],
  ["trusted_schema", "OFF", 0],
  ["cell_size_check", "ON", 1],
  ["wal_autocheckpoint", "1000", 1000],
];

/** SQLite before 3.51.3 can lose commits when two connections checkpoint (the WAL-reset race). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** True when there is a file that is more than an empty one. */
export function storeExists(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}

/**
 * Opens the file for writing, making it (readable by its owner alone) when there is none.
 * @throws BlotterError `unavailable`, `corrupt`, or `unsupported` for another application's file
 */
export function openWriter(path: string): Connection {
  if (!existsSync(path)) createEmpty(path);
  return configured(new Database(path), path);
}

export function openMemory(): Connection {
  return configured(new Database(":memory:"), ":memory:");
}

/** A read-only connection beside the writer. */
export function openReader(path: string): Connection {
  return configured(new Database(path, { readonly: true, fileMustExist: true }), path);
}

function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return;
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const why = missing ? `there is no folder ${dirname(path)}` : String(error);
    throw new BlotterError("unavailable", `cannot create ${path}: ${why}`, { cause: error });
  }
}

function configured(connection: Connection, path: string): Connection {
  try {
    requireVersion(connection);
    for (const [name, set, readBack] of PRAGMAS) {
      connection.pragma(`${name} = ${set}`);
      const value = connection.pragma(name, { simple: true });
      if (value !== readBack) {
        throw new BlotterError("unsupported", `SQLite did not take ${name} = ${set} (is ${value})`);
      }
    }
    return connection;
  } catch (error) {
    connection.close();
    throw inFile(translateSqliteError(error), path);
  }
}

function inFile(error: unknown, path: string): unknown {
  if (!(error instanceof BlotterError)) return error;
  return new BlotterError(error.code, `${resolve(path)}: ${error.message}`, { cause: error });
}

function requireVersion(connection: Connection): void {
  const version = String(connection.prepare("select sqlite_version()").pluck().get());
  const numbers = version.split(".").map(Number);
  for (const [i, least] of OLDEST_SQLITE.entries()) {
    const number = numbers[i] ?? 0;
    if (number > least) return;
    if (number < least) {
      throw new BlotterError(
        "unsupported",
        `SQLite ${version} is too old: 3.51.3 is the first safe one`,
      );
    }
  }
}

/** @throws BlotterError `unsupported` when the file holds another application's tables */
export function refuseForeign(connection: Connection, path: string): void {
  const applicationId = connection.pragma("application_id", { simple: true });
  if (applicationId === APPLICATION_ID) return;
  const tables = connection
    .prepare("select count(*) from sqlite_schema where tbl_name <> '__drizzle_migrations'")
    .pluck()
    .get();
  if (tables === 0 && applicationId === 0) return;
  throw new BlotterError(
    "unsupported",
    `${resolve(path)} is a database of another application: choose another file`,
  );
}
