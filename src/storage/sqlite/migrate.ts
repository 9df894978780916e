import { BlotterError } from "../../domain/errors.js";
import type { AppliedMigration } from "../drizzle/migrations.js";
import { pendingMigrations, readMigrations } from "../drizzle/migrations.js";
import type { Connection } from "./connection.js";
import { refuseForeign } from "./connection.js";

/** The table that `drizzle-kit migrate` keeps as well: both ways of migrating know each other's work. */
const CREATE_JOURNAL = `create table if not exists "__drizzle_migrations"
  (id serial primary key, hash text not null, created_at numeric)`;

/**
 * Brings the schema up to date; returns how many migrations ran. The caller holds no transaction. The write
 * lock is taken before the history is read, so two processes that open a fresh store both succeed. Foreign
 * keys are off meanwhile: a rebuilt table would otherwise take its children with it.
 */
export function migrateSqlite(connection: Connection, path: string): number {
  const pending = needed(connection, path);
  if (pending === 0) return 0;
  connection.pragma("foreign_keys = OFF");
  try {
    return connection.transaction(() => runPending(connection, path)).immediate();
  } finally {
    connection.pragma("foreign_keys = ON");
  }
}

/** How many migrations the store still needs. */
function needed(connection: Connection, path: string): number {
  refuseForeign(connection, path);
  return pendingMigrations(readMigrations("sqlite"), appliedMigrations(connection)).length;
}

function runPending(connection: Connection, path: string): number {
  refuseForeign(connection, path);
  connection.exec(CREATE_JOURNAL);
  const pending = pendingMigrations(readMigrations("sqlite"), appliedMigrations(connection));
  const record = connection.prepare(
    'insert into "__drizzle_migrations" (hash, created_at) values (?, ?)',
  );
  for (const migration of pending) {
    for (const statement of migration.sql) connection.exec(statement);
    record.run(migration.hash, migration.folderMillis);
  }
  const broken = connection.pragma("foreign_key_check");
  if (Array.isArray(broken) && broken.length > 0) {
    throw new BlotterError(
      "corrupt",
      `migration breaks foreign keys: ${JSON.stringify(broken[0])}`,
    );
  }
  return pending.length;
}

export function appliedMigrations(connection: Connection): readonly AppliedMigration[] {
  const exists = connection
    .prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'")
    .get();
  if (!exists) return [];
  const rows = connection
    .prepare<[], { hash: string; created_at: number }>(
      'select hash, created_at from "__drizzle_migrations" order by created_at',
    )
    .all();
  return rows.map((row) => ({ hash: row.hash, createdAt: Number(row.created_at) }));
}
