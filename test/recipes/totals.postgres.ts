import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import { postgresPlace, type StorePlace } from "../schema/store-place.js";
import { RECIPES, type Rows, totalsOf } from "./expected-totals.js";
import { recordManyFills } from "./many-fills.js";

/** The recipes are plain SQL: they run on a Postgres server as they stand. */
describe("totals.sql on Postgres", () => {
  const recipes = readFileSync(new URL("totals.sql", import.meta.url), "utf8");
  let place: StorePlace;
  let expected: Readonly<Record<string, Rows>>;

  beforeAll(async () => {
    place = await postgresPlace.make();
    const blotter = await createBlotter({ url: place.url });
    await recordManyFills(blotter, 100);
    expected = await totalsOf(blotter);
    await blotter.close();
  });

  afterAll(() => place?.dispose());

  it.each(RECIPES)("gives the same %s", async (name) => {
    const [, sql = ""] = new RegExp(`^-- name: ${name}\\n([^;]*)`, "m").exec(recipes) ?? [];
    const rows = await place.query(sql);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(rows.map(asNumbers)).toEqual(expected[name]);
  });
});

/** Numbers that the server sent as text. */
function asNumbers(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value,
  ]);
  return Object.fromEntries(entries);
}
