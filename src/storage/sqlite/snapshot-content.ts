import { createHash } from "node:crypto";
import type { BackupContent, TableContent } from "../../domain/backup.js";
import type { Connection } from "./connection.js";
import { appliedMigrations } from "./migrate.js";

/**
 * What a connection sees of a store: every value of every table, whatever its schema. The connection holds a
 * transaction, or nobody else writes.
 */
export function contentOf(connection: Connection): BackupContent {
  const names = connection
    .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all()
    .map(String)
    .sort();
  return {
    tables: Object.fromEntries(names.map((name) => [name, tableContent(connection, name)])),
    head: headOf(connection),
    migrations: appliedMigrations(connection).map(({ hash }) => hash),
  };
}

function tableContent(connection: Connection, name: string): TableContent {
  const digest = createHash("sha256");
  let rows = 0;
  const all = connection.prepare(`select * from "${name.replaceAll('"', '""')}" order by rowid`);
  for (const row of all.raw(true).iterate()) {
    digest.update(`${JSON.stringify(row)}\n`);
    rows += 1;
  }
  return { rows, hash: digest.digest("hex") };
}

/** The newest event of each account. */
export function headOf(connection: Connection): BackupContent["head"] {
  const rows = connection
    .prepare<[], { readonly id: string; readonly sequence: number | null }>(
      `select account_id as id, (select sequence from outbox where outbox.account_id =
         accounts.account_id order by sequence desc limit 1) as sequence
       from accounts order by account_id`,
    )
    .all();
  return Object.fromEntries(rows.map(({ id, sequence }) => [id, sequence ?? 0]));
}
