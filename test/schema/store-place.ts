import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";

export type Row = Readonly<Record<string, unknown>>;

/** An empty place for a store, and a connection to it that is not Blotter's. */
export interface StorePlace {
  readonly url: string;
  /** Rows of a query, on Postgres as text. Parameters are `?` on SQLite, `$1` on Postgres. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  dispose(): Promise<void>;
}

export interface PlaceKind {
  readonly name: string;
  readonly dialect: "sqlite" | "postgres";
  make(): Promise<StorePlace>;
}

export const sqlitePlace: PlaceKind = {
  name: "SQLite",
  dialect: "sqlite",
  async make() {
    const folder = mkdtempSync(join(tmpdir(), "blotter-place-"));
    const path = join(folder, "books.db");
    let database: Database.Database | undefined;
    return {
      url: `file:${path}`,
      async query(sql, values = []) {
        database ??= new Database(path);
        const statement = database.prepare<unknown[], Row>(sql);
        if (statement.reader) return statement.all(...values);
        statement.run(...values);
        return [];
      },
      async dispose() {
        database?.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

export const postgresPlace: PlaceKind = {
  name: "Postgres",
  dialect: "postgres",
  async make() {
    const server = process.env.TEST_DATABASE_URL ?? "";
    const name = `blotter_${randomUUID().replaceAll("-", "")}`;
    const own = new pg.Client({ connectionString: server });
    await own.connect();
    await own.query(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    // Values as the server writes them: the driver's dates would lose microseconds.
    const types = { getTypeParser: () => (text: string) => text };
    const options = "-c TimeZone=UTC";
    const client = new pg.Client({ connectionString: url.href, options, types });
    await client.connect();
    return {
      url: url.href,
      query: async (sql, values = []) => (await client.query<Row>(sql, [...values])).rows,
      async dispose() {
        await client.end();
        await own.query(`drop database ${name} with (force)`);
        await own.end();
      },
    };
  },
};
