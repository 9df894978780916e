import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/container.js";
import { dbMigrate, drizzleKit, REPOSITORY } from "./drizzle-kit.js";
import { makeEarlierStore, migrationCount, putRows } from "./earlier-schema.js";
import { fillBooks, fillFirstBooks } from "./filled-books.js";
import type { PlaceKind, StorePlace } from "./store-place.js";
import { appliedMigrations, storedRows, storedSchema } from "./stored-schema.js";

/** The two ways of migrating: `npm run db:migrate` on a deploy, and a bot that opens its store. */
export function describeMigrations(kind: PlaceKind): void {
  describe(`migrating on ${kind.name}`, () => {
    let places: StorePlace[] = [];
    let place: StorePlace;
    const make = async () => {
      const made = await kind.make();
      places.push(made);
      return made;
    };

    beforeEach(async () => {
      place = await make();
    });

    afterEach(async () => {
      for (const made of places) await made.dispose();
      places = [];
    });

    it("with drizzle-kit makes a store that the bot opens and works with", async () => {
      expect(await dbMigrate(place.url)).toMatchObject({ code: 0 });
      await withBlotter(place, fillBooks);
      await withBlotter(place, async (blotter) => {
        expect(await blotter.trades.trades({ account: "A1" })).toHaveLength(3);
        expect(await blotter.trades.verify()).toEqual([]);
      });
    });

    it("makes the same store both ways", async () => {
      const other = await make();
      expect(await dbMigrate(place.url)).toMatchObject({ code: 0 });
      await withBlotter(other, async () => {}, true);
      const schema = await storedSchema(kind, place);
      expect(schema.length).toBeGreaterThan(250);
      expect(schema.join("\n")).toMatch(/orders_status.*check/i);
      expect(await storedSchema(kind, other)).toEqual(schema);
      expect(await appliedMigrations(kind, other)).toEqual(await appliedMigrations(kind, place));
      expect(await appliedMigrations(kind, place)).toHaveLength(migrationCount(kind));
    });

    it("makes the tables that the schema file says, whatever the snapshots say", async () => {
      const dialect = kind.dialect === "sqlite" ? "sqlite" : "postgresql";
      const schema = join("src", "storage", kind.dialect, "schema.ts");
      const args = ["export", "--dialect", dialect, "--schema", schema];
      const { output } = await drizzleKit(args, REPOSITORY);
      const other = await make();
      for (const statement of output.split(/;\s*$/m)) {
        if (statement.trim() !== "") await other.query(statement);
      }
      await withBlotter(place, async () => {}, true);
      const migrated = await storedSchema(kind, place);
      const tables = migrated.filter((line) => !VIEWS.test(line));
      expect(tables).toEqual(await storedSchema(kind, other));
    });

    it("with drizzle-kit does nothing to a filled store that the bot made", async () => {
      await withBlotter(place, fillBooks, true);
      const before = await everything(kind, place);
      expect(await dbMigrate(place.url)).toMatchObject({ code: 0 });
      expect(await everything(kind, place)).toEqual(before);
      await withBlotter(place, async (blotter) => {
        expect(await blotter.trades.verify()).toEqual([]);
      });
    });

    for (let count = 1; count < migrationCount(kind); count += 1) {
      it(`from a filled store with ${count} of its migrations gives the same rows both ways`, async () => {
        await withBlotter(place, fillFirstBooks, true);
        const rows = await storedRows(kind, place);
        const [byBot, byKit] = [await make(), await make()];
        await makeEarlierStore(kind, byBot, count);
        await makeEarlierStore(kind, byKit, count);
        const put = await putRows(kind, byBot, rows);
        await putRows(kind, byKit, rows);
        expect(put.fills).toHaveLength(9);

        await withBlotter(byBot, async (blotter) => {
          expect(await blotter.trades.verify()).toEqual([]);
          const { resultsWithRisk } = await blotter.performance.statistics();
          expect(resultsWithRisk).toBeGreaterThan(0);
        });
        expect(await dbMigrate(byKit.url)).toMatchObject({ code: 0 });
        // Opening makes the ends of days that the code of that time did not keep.
        await withBlotter(byKit, async (blotter) => {
          const { balance, account, totals } = await blotter.accounts.summary("A1");
          expect(balance).toBe(account.startingBalance + totals.netPnl);
        });

        // Sums, and planned risks, are made anew when a store from before these is opened.
        const { result_sums: _, ...kept } = put;
        expect(await storedRows(kind, byBot)).toMatchObject(kept);
        expect(await everything(kind, byKit)).toEqual(await everything(kind, byBot));
        expect(await storedSchema(kind, byBot)).toEqual(await storedSchema(kind, place));
      });
    }
  });
}

async function everything(kind: PlaceKind, place: StorePlace) {
  return {
    schema: await storedSchema(kind, place),
    migrations: await appliedMigrations(kind, place),
    rows: await storedRows(kind, place),
  };
}

async function withBlotter(
  place: StorePlace,
  use: (blotter: Blotter) => Promise<void>,
  create = false,
): Promise<void> {
  const blotter = await createBlotter({ url: place.url, create });
  try {
    await use(blotter);
  } finally {
    await blotter.close();
  }
}

/** The schema files know no views: a migration of its own makes them. */
const VIEWS = /\bv_[a-z_]+\b/;
