import type { PlaceKind, Row, StorePlace } from "./store-place.js";

/** Everything a store is made of, as lines in order: two stores are alike when these are. */
export async function storedSchema(kind: PlaceKind, place: StorePlace): Promise<readonly string[]> {
  const queries = kind.dialect === "sqlite" ? SQLITE_SCHEMA : POSTGRES_SCHEMA;
  const lines: string[] = kind.dialect === "sqlite" ? await sqliteChecks(place) : [];
  for (const query of queries) {
    const rows = await place.query(query);
    lines.push(...rows.map((row) => Object.values(row).join(" | ")));
  }
  return lines.sort();
}

/** Checks stand in a table's text alone; the rest of it depends on what each migration added. */
async function sqliteChecks(place: StorePlace): Promise<string[]> {
  const tables = await place.query("select name, sql from sqlite_schema where type = 'table'");
  return tables.flatMap(({ name, sql }) => {
    const lines = String(sql)
      .split("\n")
      .filter((line) => /\bCHECK ?\(/i.test(line));
    return lines.map((line) => `${name} | ${line.trim().replace(/,$/, "")}`);
  });
}

const SQLITE_SCHEMA = [
  `select t.name, c.name as column_name, c.type, c."notnull", c.pk, c.dflt_value
   from sqlite_schema t join pragma_table_info(t.name) c
   where t.type in ('table', 'view') and t.name not like '\\_\\_drizzle%' escape '\\'`,
  `select type, name, sql from sqlite_schema where type <> 'table' and sql is not null`,
  `select t.name, f."from", f."table", f."to", f.on_delete, f.on_update
   from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table'`,
];

const POSTGRES_SCHEMA = [
  `select table_name, column_name, data_type, collation_name, is_nullable, column_default
   from information_schema.columns where table_schema = 'public'`,
  `select tablename, indexdef from pg_indexes where schemaname = 'public'`,
  `select conrelid::regclass::text, conname, pg_get_constraintdef(oid)
   from pg_constraint where connamespace = 'public'::regnamespace`,
  `select viewname, definition from pg_views where schemaname = 'public'`,
];

/** The tables of a store; those that others refer to come first. */
export async function tablesOf(kind: PlaceKind, place: StorePlace): Promise<readonly string[]> {
  const rows = await place.query(
    kind.dialect === "sqlite"
      ? `select name from sqlite_schema
         where type = 'table' and name not like '\\_\\_%' escape '\\'`
      : "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const names = rows.map((row) => String(row.name)).sort();
  return [...REFERRED_TO, ...names.filter((name) => !REFERRED_TO.includes(name))];
}

const REFERRED_TO: readonly string[] = ["accounts", "contracts", "orders"];

/** All rows of all tables, as JSON text by table. */
export async function storedRows(
  kind: PlaceKind,
  place: StorePlace,
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const all: Record<string, readonly Row[]> = {};
  for (const table of await tablesOf(kind, place)) {
    all[table] = await place.query(`select * from ${table} order by 1`);
  }
  return all;
}

/** The migrations that a store knows to have run, as both ways of migrating write them down. */
export async function appliedMigrations(
  kind: PlaceKind,
  place: StorePlace,
): Promise<readonly Row[]> {
  const journal = `${kind.dialect === "sqlite" ? "" : "drizzle."}"__drizzle_migrations"`;
  const rows = await place.query(`select hash, created_at from ${journal} order by created_at`);
  return rows.map((row) => ({ hash: row.hash, createdAt: Number(row.created_at) }));
}
