import { BlotterError } from "../../domain/errors.js";
import type { StoreReport } from "../../ports/store.js";
import { type AppliedMigration, pendingMigrations, readMigrations } from "../drizzle/migrations.js";
import type { SqlClient } from "./sql-client.js";

/** Held while migrating, so two processes that open a fresh store both succeed. Nothing else uses this key. */
const MIGRATION_LOCK = "7812457812457812";

/** The table that `drizzle-kit migrate` keeps as well. */
const CREATE_JOURNAL = `create schema if not exists drizzle;
  create table if not exists drizzle."__drizzle_migrations"
    (id serial primary key, hash text not null, created_at bigint)`;

/**
 * Brings the schema up to date in one transaction.
 * @throws BlotterError `not_found` when there is no store and `create` is false; `unsupported` for a database
 *   with other tables of the same names, or made by newer code
 */
export async function migratePostgres(
  client: SqlClient,
  create: boolean,
  name: string,
): Promise<void> {
  const applied = await appliedMigrations(client);
  if (applied.length === 0 && !create) {
    throw new BlotterError("not_found", `no store at ${name}: run blotter migrate or import`);
  }
  if (pendingMigrations(readMigrations("postgres"), applied).length === 0) return;
  await client.exec("begin");
  try {
    await client.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await runPending(client, name);
    await client.exec("commit");
  } catch (error) {
    await client.exec("rollback");
    throw error;
  }
}

async function runPending(client: SqlClient, name: string): Promise<void> {
  const applied = await appliedMigrations(client);
  if (applied.length === 0) await refuseForeign(client, name);
  await client.exec(CREATE_JOURNAL);
  for (const migration of pendingMigrations(readMigrations("postgres"), applied)) {
    for (const statement of migration.sql) await client.exec(statement);
    await client.query(
      'insert into drizzle."__drizzle_migrations" (hash, created_at) values ($1, $2)',
      [migration.hash, migration.folderMillis],
    );
  }
}

async function refuseForeign(client: SqlClient, name: string): Promise<void> {
  const [row] = await client.query("select to_regclass('orders') as orders");
  if (row?.orders === null || row?.orders === undefined) return;
  throw new BlotterError(
    "unsupported",
    `${name} has a table "orders" of another application: choose another database or schema`,
  );
}

export async function appliedMigrations(client: SqlClient): Promise<readonly AppliedMigration[]> {
  const [journal] = await client.query(
    `select to_regclass('drizzle."__drizzle_migrations"') as found`,
  );
  if (journal?.found === null || journal?.found === undefined) return [];
  const rows = await client.query(
    'select hash, created_at from drizzle."__drizzle_migrations" order by created_at',
  );
  return rows.map((row) => ({ hash: String(row.hash), createdAt: Number(row.created_at) }));
}

export async function inspectPostgres(client: SqlClient, name: string): Promise<StoreReport> {
  const [server] = await client.query(
    `select version() as version, current_setting('synchronous_commit') as commit,
       pg_database_size(current_database()) as size`,
  );
  const applied = await appliedMigrations(client);
  const commit = String(server?.commit);
  return {
    facts: [
      ["store", name],
      ["engine", String(server?.version).split(" on ")[0] ?? ""],
      ["schema", `${applied.length} migrations applied`],
      ["synchronous commit", commit],
      ["size", `${server?.size} bytes`],
    ],
    problems:
      commit === "off"
        ? ["synchronous_commit is off: acknowledged fills are lost when the server crashes"]
        : [],
  };
}
