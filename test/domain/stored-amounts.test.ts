import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney, formatPrice } from "../../src/domain/money.js";
import { fills as postgresFills } from "../../src/storage/postgres/schema.js";
import { fills as sqliteFills } from "../../src/storage/sqlite/schema.js";
import { anyMoney, anyPrice } from "./exact-amounts.js";

/** How amounts go to disk and come back, through the columns that the stores use. */

const COLUMNS = [
  ["SQLite money", sqliteFills.commission, anyMoney],
  ["SQLite prices", sqliteFills.price, anyPrice],
  ["Postgres money", postgresFills.commission, anyMoney],
  ["Postgres prices", postgresFills.price, anyPrice],
] as const;

describe("a stored amount", () => {
  it.each(COLUMNS)("comes back as it went: %s", (_, column, amounts) => {
    fc.assert(
      fc.property(amounts, (fixed) => {
        expect(column.mapFromDriverValue(column.mapToDriverValue(fixed))).toBe(fixed);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(COLUMNS)("stays unknown when it is unknown: %s", (_, column) => {
    expect(column.mapToDriverValue(null)).toBeNull();
    expect(column.mapFromDriverValue(null)).toBeNull();
  });

  it("is on Postgres the text a person writes, digit by digit", () => {
    fc.assert(
      fc.property(anyMoney, anyPrice, (money, price) => {
        expect(postgresFills.commission.mapToDriverValue(money)).toBe(formatMoney(money));
        expect(postgresFills.price.mapToDriverValue(price)).toBe(formatPrice(price));
      }),
    );
  });

  it("comes back from a numeric column of a real SQLite file format, whole numbers too", () => {
    const database = new Database(":memory:");
    database.exec("create table amounts (fixed integer, price numeric, money numeric)");
    const insert = database.prepare("insert into amounts values (?, ?, ?)");
    const { price, commission } = sqliteFills;
    const sample = fc.sample(anyPrice, { numRuns: 500, seed: 7 });
    for (const fixed of sample) {
      insert.run(fixed, price.mapToDriverValue(fixed), commission.mapToDriverValue(fixed));
    }
    const rows = database.prepare("select * from amounts").all();
    database.close();
    const back = rows.map((row) => {
      // The table has these three columns.
      const stored = row as { readonly fixed: number; price: unknown; money: unknown };
      const money = commission.mapFromDriverValue(stored.money);
      return [stored.fixed, price.mapFromDriverValue(stored.price), money];
    });
    expect(back).toEqual(sample.map((fixed) => [fixed, fixed, fixed]));
  });
});
