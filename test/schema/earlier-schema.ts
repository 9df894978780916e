import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { REPOSITORY } from "./drizzle-kit.js";
import type { PlaceKind, Row, StorePlace } from "./store-place.js";

/** How many migrations this code has for an engine. */
export function migrationCount(kind: PlaceKind): number {
  return migrationsOf(kind).length;
}

const migrationsOf = ({ dialect }: PlaceKind) =>
  readMigrationFiles({ migrationsFolder: join(REPOSITORY, "drizzle", dialect) });

/** Makes a store as code with only the first n migrations left it. */
export async function makeEarlierStore(
  kind: PlaceKind,
  place: StorePlace,
  count: number,
): Promise<void> {
  const sqlite = kind.dialect === "sqlite";
  const journal = `${sqlite ? "" : "drizzle."}"__drizzle_migrations"`;
  if (!sqlite) await place.query("create schema drizzle");
  await place.query(
    `create table ${journal} (id serial primary key, hash text not null, created_at numeric)`,
  );
  for (const { sql, hash, folderMillis } of migrationsOf(kind).slice(0, count)) {
    for (const statement of sql) await place.query(statement);
    await place.query(
      `insert into ${journal} (hash, created_at) values ('${hash}', ${folderMillis})`,
    );
  }
  // Since the first release every store has the mark; before, it came with the second migration.
  if (sqlite) await place.query("pragma application_id = 1112298578");
}

/** Puts rows in, as far as the store has their tables and columns; resolves to what it put in. */
export async function putRows(
  kind: PlaceKind,
  place: StorePlace,
  rows: Readonly<Record<string, readonly Row[]>>,
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const put: Record<string, Row[]> = {};
  await place.query("begin");
  for (const [table, ofTable] of Object.entries(rows)) {
    const columns = await columnsOf(kind, place, table);
    if (columns.length === 0) continue;
    // Before snapshots had an epoch, no code wrote any.
    if (table === "account_snapshots" && !columns.includes("epoch")) continue;
    put[table] = [];
    for (const row of ofTable) {
      const known = Object.entries(row).filter(([column]) => columns.includes(column));
      const names = known.map(([column]) => `"${column}"`);
      const marks = known.map((_, i) => (kind.dialect === "sqlite" ? "?" : `$${i + 1}`));
      const insert = `insert into ${table} (${names}) values (${marks})`;
      await place.query(
        insert,
        known.map(([, value]) => value),
      );
      put[table].push(Object.fromEntries(known));
    }
  }
  await place.query("commit");
  return put;
}

async function columnsOf(
  kind: PlaceKind,
  place: StorePlace,
  table: string,
): Promise<readonly string[]> {
  const rows = await place.query(
    kind.dialect === "sqlite"
      ? `select name from pragma_table_info('${table}')`
      : `select column_name as name from information_schema.columns where table_name = '${table}'`,
  );
  return rows.map((row) => String(row.name));
}
