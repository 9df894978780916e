import Database from "better-sqlite3";
import { BlotterError, type ErrorCode } from "../../domain/errors.js";

const CODES: readonly (readonly [prefix: string, code: ErrorCode, message: string])[] = [
  ["SQLITE_CONSTRAINT_UNIQUE", "conflict", "a row with this key exists already"],
  ["SQLITE_CONSTRAINT_PRIMARYKEY", "conflict", "a row with this key exists already"],
  ["SQLITE_CONSTRAINT_FOREIGNKEY", "not_found", "a row that this one refers to does not exist"],
  ["SQLITE_CONSTRAINT", "invalid", "a value breaks a rule of the schema"],
  ["SQLITE_BUSY", "unavailable", "another process holds the store's lock; try again"],
  ["SQLITE_LOCKED", "unavailable", "the store is locked; try again"],
  ["SQLITE_FULL", "unavailable", "the disk is full; free some space and try again"],
  ["SQLITE_READONLY", "unavailable", "the store cannot be written: check its file mode"],
  ["SQLITE_CANTOPEN", "unavailable", "the store's file cannot be opened"],
  ["SQLITE_IOERR", "unavailable", "the disk failed to read or write"],
  ["SQLITE_NOTADB", "corrupt", "the file is no SQLite database"],
  ["SQLITE_CORRUPT", "corrupt", "the store's file is damaged: restore a backup"],
];

/** Any error of SQLite as ours; others as they are. */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const [, code, message] = CODES.find(([prefix]) => error.code.startsWith(prefix)) ?? [
    "",
    "unavailable" as const,
    "SQLite failed",
  ];
  return new BlotterError(code, `${message} (${error.code}: ${error.message})`, { cause: error });
}

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
}
