import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { DERIVED_TABLES, FACT_TABLES } from "../../src/ports/tables.js";
import * as postgres from "../../src/storage/postgres/schema.js";
import { INSTANT_FIELDS, MONEY_FIELDS, PRICE_FIELDS } from "../../src/transfer/field-kinds.js";

/** What happened, and who has heard of it: of this store alone. */
const OF_ONE_STORE = ["outbox", "outbox_cursors"];

const tables = Object.values(postgres).filter((value) => is(value, PgTable));
const factNames = new Set<string>(FACT_TABLES);
const factColumns = tables
  .filter((table) => factNames.has(getTableName(table)))
  .flatMap((table) =>
    Object.entries(getTableColumns(table)).map(([name, column]) => ({
      name,
      where: `${getTableName(table)}.${name}`,
      type: column.getSQLType(),
    })),
  );

describe("every table", () => {
  it("is one of facts, which are exported and copied, or follows from them, or is of one store", () => {
    const named = [...FACT_TABLES, ...DERIVED_TABLES, ...OF_ONE_STORE];
    expect(tables.map(getTableName).sort()).toEqual([...named].sort());
  });
});

describe("every column of a fact", () => {
  const listed = (name: string) =>
    [MONEY_FIELDS, PRICE_FIELDS, INSTANT_FIELDS].filter((fields) => fields.has(name)).length;

  it("that holds money, a price or a moment is exported as such, and no other is", () => {
    const decimals = factColumns.filter(({ type }) => type === "numeric");
    expect(
      decimals.filter(({ name }) => !MONEY_FIELDS.has(name) && !PRICE_FIELDS.has(name)),
    ).toEqual([]);
    const moments = factColumns.filter(({ type }) => type.startsWith("timestamp"));
    expect(moments.filter(({ name }) => !INSTANT_FIELDS.has(name))).toEqual([]);
    const rest = factColumns.filter((c) => !decimals.includes(c) && !moments.includes(c));
    expect(rest.filter(({ name }) => listed(name) > 0)).toEqual([]);
    expect(factColumns.filter(({ name }) => listed(name) > 1)).toEqual([]);
  });

  it("has its own unit: a price is to nine decimals, money to six", () => {
    for (const { name, where, type } of factColumns) {
      if (type !== "numeric") continue;
      const table = tables.find((candidate) => getTableName(candidate) === where.split(".")[0]);
      const column = table && Object.entries(getTableColumns(table)).find(([n]) => n === name)?.[1];
      const unit = MONEY_FIELDS.has(name) ? "0.000001" : "0.000000001";
      expect(column?.mapToDriverValue(1), where).toBe(unit);
    }
  });
});
