import Database from "better-sqlite3";
import type { BackupContent } from "../../domain/backup.js";
import { BlotterError } from "../../domain/errors.js";
import { pendingMigrations, readMigrations } from "../drizzle/migrations.js";
import { APPLICATION_ID, type Connection } from "./connection.js";
import { translateSqliteError } from "./errors.js";
import { appliedMigrations } from "./migrate.js";
import { contentOf } from "./snapshot-content.js";

/** What the schema of a store consists of; a trigger in a file from elsewhere would be code of its maker. */
const OBJECT_TYPES = new Set(["table", "index", "view"]);

/**
 * Opens a copy that nobody else has open, proves that it is a sound store that this Blotter can read, and
 * tells what it holds. It ends in one file without a write-ahead log.
 * @throws BlotterError `corrupt`, or `unsupported` for a foreign or a newer one
 */
export function checkedCopy(file: string): BackupContent {
  let connection: Connection | null = null;
  try {
    connection = new Database(file, { fileMustExist: true });
    connection.pragma("trusted_schema = OFF");
    connection.pragma("cell_size_check = ON");
    connection.pragma("mmap_size = 0");
    refuseOthers(connection, file);
    requireSound(connection, file);
    connection.pragma("journal_mode = DELETE");
    return contentOf(connection);
  } catch (error) {
    throw translateSqliteError(error);
  } finally {
    connection?.close();
  }
}

function refuseOthers(connection: Connection, file: string): void {
  if (connection.pragma("application_id", { simple: true }) !== APPLICATION_ID) {
    const objects = connection.prepare("select count(*) from sqlite_schema").pluck().get();
    if (objects === 0) throw new BlotterError("corrupt", `${file} is empty`);
    throw new BlotterError("unsupported", `${file} is a database of another application`);
  }
  const applied = appliedMigrations(connection);
  if (applied.length === 0) throw new BlotterError("corrupt", `${file} has no schema`);
  pendingMigrations(readMigrations("sqlite"), applied);
  const types = connection.prepare("select distinct type from sqlite_schema").pluck().all();
  const strange = types.map(String).filter((type) => !OBJECT_TYPES.has(type));
  if (strange.length > 0) {
    throw new BlotterError("unsupported", `${file} has a ${strange.join(" and a ")} of its own`);
  }
}

function requireSound(connection: Connection, file: string): void {
  const answer = connection.pragma("integrity_check(1)", { simple: true });
  if (answer !== "ok") throw new BlotterError("corrupt", `${file} is damaged: ${answer}`);
  const orphans = connection.pragma("foreign_key_check");
  if (Array.isArray(orphans) && orphans.length > 0) {
    throw new BlotterError("corrupt", `${file} has ${orphans.length} rows that refer to nothing`);
  }
}
