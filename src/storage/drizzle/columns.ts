import { type Column, getTableColumns, sql, type Table } from "drizzle-orm";

/** A table's columns without some: what a domain row is made of. */
export function columnsWithout<T extends Table, K extends keyof T["_"]["columns"]>(
  table: T,
  ...left: readonly K[]
): Omit<T["_"]["columns"], K> {
  const columns: Record<string, unknown> = { ...getTableColumns(table) };
  for (const name of left) delete columns[String(name)];
  // Exactly the table's columns less the named ones.
  return columns as Omit<T["_"]["columns"], K>;
}

/** A placeholder for each column: the values of a prepared insert. */
export function placeholders<T extends Table>(
  table: T,
  ...left: readonly (keyof T["_"]["columns"])[]
): T["$inferInsert"] {
  const names = Object.keys(columnsWithout(table, ...left));
  const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  // Placeholders stand for values of the columns' own types.
  return values as T["$inferInsert"];
}

/** Placeholders for some columns: the values of a prepared update. */
export function placeholdersFor<T extends Table, K extends keyof T["$inferInsert"] & string>(
  _table: T,
  names: readonly K[],
): Pick<T["$inferInsert"], K> {
  const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  // Placeholders stand for values of the columns' own types.
  return values as unknown as Pick<T["$inferInsert"], K>;
}

/** A placeholder whose value goes through the column's codec; for `where`, where Drizzle does not. */
export function param(name: string, column: Column) {
  return sql.param(sql.placeholder(name), column);
}

/** `set column = excluded.column` for all but the named columns of an upsert. */
export function excluded<T extends Table>(
  table: T,
  ...left: readonly (keyof T["_"]["columns"])[]
): Record<string, unknown> {
  const columns: Record<string, Column> = { ...getTableColumns(table) };
  for (const name of left) delete columns[String(name)];
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      sql`excluded.${sql.identifier(column.name)}`,
    ]),
  );
}
