import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { DERIVED_TABLES, FACT_TABLES } from "../../src/ports/tables.js";
import * as postgres from "../../src/storage/postgres/schema.js";
import { kindOf } from "../../src/transfer/field-kinds.js";

/** What happened, and who has heard of it: of this store alone. */
const OF_ONE_STORE = ["outbox", "outbox_cursors"];

const tables = Object.values(postgres).filter((value) => is(value, PgTable));

describe("every table", () => {
  it("is one of facts, which are exported and copied, or follows from them, or is of one store", () => {
    const named = [...FACT_TABLES, ...DERIVED_TABLES, ...OF_ONE_STORE];
    expect(tables.map(getTableName).sort()).toEqual([...named].sort());
  });
});

describe("every column of a fact", () => {
  it("is exported by its own unit: money, price, moment, or as it is", () => {
    const wrong: string[] = [];
    let seen = 0;
    for (const table of tables) {
      const name = FACT_TABLES.find((fact) => fact === getTableName(table));
      if (name === undefined) continue;
      for (const [field, column] of Object.entries(getTableColumns(table))) {
        seen += 1;
        if (kindOf(name, field) !== unitOf(column)) wrong.push(`${name}.${field}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  });
});

/** The smallest step of a decimal tells money from prices. */
function unitOf(column: { getSQLType(): string; mapToDriverValue(value: unknown): unknown }) {
  const type = column.getSQLType();
  if (type.startsWith("timestamp")) return "instant";
  if (type !== "numeric") return null;
  return column.mapToDriverValue(1) === "0.000001" ? "money" : "price";
}
