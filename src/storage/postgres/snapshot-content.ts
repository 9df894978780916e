import type pg from "pg";
import type { BackupContent, TableContent } from "../../domain/backup.js";

/** One connection of its own, in UTC, with rows as the server has them. */
type Client = Pick<pg.Client, "query">;

/**
 * What a connection sees of a database: every row of every table, hashed on the server. The sum of the rows' hashes
 * is the same in whatever order the rows lie.
 */
export async function contentOf(client: Client): Promise<BackupContent> {
  const { rows: names } = await client.query<{ readonly schema: string; readonly name: string }>(
    `select schemaname as schema, tablename as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  const tables: [string, TableContent][] = [];
  for (const { schema, name } of names) {
    const { rows } = await client.query<{ readonly n: string; readonly hash: string }>(
      `select count(*)::text as n, coalesce(sum(hashtextextended(r::text, 0)::numeric), 0)::text as hash
       from ${quoted(schema)}.${quoted(name)} r`,
    );
    const content = { rows: Number(rows[0]?.n ?? 0), hash: rows[0]?.hash ?? "" };
    tables.push([schema === "public" ? name : `${schema}.${name}`, content]);
  }
  return {
    tables: Object.fromEntries(tables),
    head: await headOf(client),
    migrations: (await appliedTo(client)).map(({ hash }) => hash),
  };
}

/** The newest event of each account. */
export async function headOf(client: Client): Promise<BackupContent["head"]> {
  const { rows } = await client.query<{ readonly id: string; readonly sequence: string | null }>(
    `select account_id as id, (select sequence from outbox where outbox.account_id =
       accounts.account_id order by sequence desc limit 1)::text as sequence
     from accounts order by account_id`,
  );
  return Object.fromEntries(rows.map(({ id, sequence }) => [id, Number(sequence ?? 0)]));
}

/** The migrations of a database, oldest first; none for a database that is no store. */
export async function appliedTo(client: Client) {
  const journal = await client.query<{ readonly found: string | null }>(
    `select to_regclass('drizzle."__drizzle_migrations"')::text as found`,
  );
  if (!journal.rows[0]?.found) return [];
  const { rows } = await client.query<{ readonly hash: string; readonly at: string }>(
    'select hash, created_at::text as at from drizzle."__drizzle_migrations" order by created_at',
  );
  return rows.map(({ hash, at }) => ({ hash, createdAt: Number(at) }));
}

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
