import { is } from "drizzle-orm";
import { PgDialect, PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import {
  SQLiteSyncDialect,
  SQLiteTable,
  getTableConfig as sqliteConfig,
} from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import * as postgres from "../../src/storage/postgres/schema.js";
import * as sqlite from "../../src/storage/sqlite/schema.js";
import { describedTable } from "./described-table.js";

const sqliteTables = Object.values(sqlite)
  .filter((value) => is(value, SQLiteTable))
  .map(sqliteConfig);
const postgresTables = Object.values(postgres)
  .filter((value) => is(value, PgTable))
  .map(postgresConfig);

/** The types that one SQLite type stands for. */
const COUNTERPARTS: Readonly<Record<string, readonly string[]>> = {
  integer: ["bigserial", "bigint", "integer", "smallint", "boolean", "timestamp(6) with time zone"],
  numeric: ["numeric"],
  text: ["text", 'text COLLATE "C"'],
};

describe("the two schemas", () => {
  it("have the seven tables of the architecture document, and the same ones", () => {
    const names = sqliteTables.map((table) => table.name);
    expect(names).toEqual(postgresTables.map((table) => table.name));
    expect(names).toEqual(
      expect.arrayContaining([
        "accounts",
        "account_snapshots",
        "orders",
        "fills",
        "trades",
        "positions",
        "compliance_events",
      ]),
    );
  });

  const lite = new SQLiteSyncDialect();
  const server = new PgDialect();
  const pairs = sqliteTables.flatMap((left) =>
    postgresTables
      .filter((right) => right.name === left.name)
      .map((right) => ({ name: left.name, left, right })),
  );

  it.each(pairs)("say the same of $name", ({ left, right }) => {
    expect(describedTable(left, (sql) => lite.sqlToQuery(sql).sql)).toEqual(
      describedTable(right, (sql) => server.sqlToQuery(sql).sql),
    );
  });

  it.each(pairs)("give the columns of $name types that stand for each other", (pair) => {
    const { left, right } = pair;
    for (const [i, column] of left.columns.entries()) {
      const type = right.columns[i]?.getSQLType();
      expect(COUNTERPARTS[column.getSQLType()], `${left.name}.${column.name}`).toContain(type);
    }
  });

  it.each(pairs)("begin every index of $name with the account, where it has one", ({ left }) => {
    if (!left.columns.some((column) => column.name === "account_id")) return;
    const firsts = left.indexes.map((index) => {
      const [first] = index.config.columns;
      return first !== undefined && "name" in first ? first.name : null;
    });
    const others = firsts.filter((name) => name !== "account_id");
    expect(others).toEqual(OWN_KEY_FIRST[left.name] ?? []);
  });
});

/** Tables that are read across accounts: by a consumer, and by what waits in quarantine. */
const OWN_KEY_FIRST: Readonly<Record<string, readonly string[]>> = {
  accounts: ["account_name"],
  fee_schedule: ["broker"],
  outbox_cursors: ["consumer"],
  quarantine: ["quarantine_id", "first_seen_at", "first_seen_at"],
};
