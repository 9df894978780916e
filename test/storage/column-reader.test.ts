import Database from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { MONEY_UNIT } from "../../src/domain/money.js";
import type { Selection } from "../../src/storage/drizzle/handle.js";
import { columnReaderOf } from "../../src/storage/sqlite/column-reader.js";

const PLAIN = { mapFromDriverValue: (value: unknown) => value };
const MONEY = { mapFromDriverValue: (value: unknown) => Number(value) * MONEY_UNIT };

/** Rows from 1 to n: their number, or null for each third, and a text. */
const ROWS = `with recursive r(i) as (select 1 union all select i + 1 from r where i < ?)
  select case when i % 3 = 0 then null else i end, 't' || i, i / 4.0 from r where i <= ?`;

const selection = (sql: string, ...params: readonly unknown[]): Selection => ({
  toSQL: () => ({ sql, params }),
  execute: async () => [],
});

describe("columns read from SQLite", () => {
  const connection = new Database(":memory:");
  const read = columnReaderOf(connection);
  afterAll(() => void connection.close());

  it.each([0, 1, 3, 1_023, 1_024, 1_025, 2_049, 5_000])("hold each of %i rows", async (count) => {
    const fields = { n: PLAIN, text: PLAIN, sum: MONEY, money: MONEY };
    const query = selection(ROWS.replace("i / 4.0", "i / 4.0, i / 4.0"), count, count);
    const [numbers, texts, sum, money] = await read(query, fields, {
      numbers: ["n", "money"],
      sums: ["sum"],
    });
    const rows = Array.from({ length: count }, (_, n) => n + 1);
    expect(numbers).toEqual(Float64Array.from(rows, (i) => (i % 3 === 0 ? Number.NaN : i)));
    expect(texts).toEqual(rows.map((i) => `t${i}`));
    expect(money).toEqual(Float64Array.from(rows, (i) => (i / 4) * MONEY_UNIT));
    expect(sum).toEqual([((count * (count + 1)) / 8) * MONEY_UNIT]);
  });

  it("are those of their own query, also after one that failed", async () => {
    const broken = {
      mapFromDriverValue() {
        throw new Error("no such name");
      },
    };
    const query = selection("select 1 union all select 2");
    await expect(read(query, { a: broken }, { numbers: ["a"] })).rejects.toThrow("no such name");
    const failing = selection("select abs(-9223372036854775807 - 1)");
    await expect(read(failing, { a: PLAIN })).rejects.toThrow("integer overflow");
    const none = selection("select 1, 2 where 0");
    const found = await read(none, { a: PLAIN, b: PLAIN }, { numbers: ["a"] });
    expect(found).toEqual([new Float64Array(), []]);
    const both = await Promise.all([read(query, { a: PLAIN }), read(none, { a: PLAIN, b: PLAIN })]);
    expect(both).toEqual([[[1, 2]], [[], []]]);
  });
});
