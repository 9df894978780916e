import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/container.js";
import type { AccountId, ContractId, FillId, OrderId } from "../../src/domain/ids.js";
import { fillBooks } from "./filled-books.js";
import type { PlaceKind, StorePlace } from "./store-place.js";

/** Statements by which another program could put nonsense into filled books. */
const NONSENSE: readonly (readonly [what: string, sql: string])[] = [
  ["a side 7 of an order", "update orders set side = 7"],
  ["an order type 9", "update orders set order_type = 9 where order_type is not null"],
  ["an order status -1", "update orders set status = -1 where status is not null"],
  ["an order over no contracts", "update orders set quantity = 0 where quantity is not null"],
  ["an order filled below zero", "update orders set filled_quantity = -1"],
  ["a side 7 of a fill", "update fills set side = 7"],
  ["a fill state 5", "update fills set state = 5"],
  ["a fill of -2 contracts", "update fills set quantity = -2"],
  ["a lot used up beyond its quantity", "update open_lots set consumed = quantity + 1"],
  ["a lot used up below zero", "update open_lots set consumed = -1"],
  ["a match of no contracts", "update matches set quantity = 0"],
  ["a trade of no contracts", "update trades set quantity = 0"],
  ["a trade that is neither long nor short", "update trades set side = 'BUY'"],
  ["a position of -1 contracts", "update positions set quantity = -1"],
  ["a position that is neither long nor short", "update positions set side = 'FLAT'"],
  ["a position that is neither open nor closed", "update positions set status = 'held'"],
  ["a contract without a tick", "update contracts set tick_size = 0"],
  ["a contract worth nothing", "update contracts set point_value = -2"],
];

/** Statements that Postgres refuses by its types; SQLite takes any value unless told not to. */
const WRONG_TYPES: readonly (readonly [what: string, sql: string])[] = [
  ["a quantity in words", "update fills set quantity = 'many'"],
  ["a price in words", "update fills set price = 'cheap'"],
  ["a moment in words", "update fills set execution_timestamp = 'just now'"],
  ["an amount in words", "update trades set net_pnl = 'a lot'"],
];

/** Statements that would leave rows without the rows they belong to. */
const ORPHANS: readonly (readonly [what: string, sql: string])[] = [
  ["a fill of an order that is not there", "update fills set order_id = '404'"],
  ["a fill of another account's order", "update fills set account_id = 'A2' where order_id = '13'"],
  ["a fill of an unknown contract", "update fills set contract_id = 'CON.F.US.XYZ.U26'"],
  [
    "an order of an account that is not there",
    "update orders set account_id = 'A9' where order_id = '14'",
  ],
  ["an order of an unknown contract", "update orders set contract_id = 'CON.F.US.XYZ.U26'"],
  ["fills without their orders", "delete from orders"],
  ["orders without their account", "delete from accounts"],
];

/** What a store refuses on its own, whoever writes. */
export function describeChecks(kind: PlaceKind): void {
  describe(`the schema on ${kind.name}`, () => {
    let place: StorePlace;
    let blotter: Blotter;

    beforeAll(async () => {
      place = await kind.make();
      blotter = await createBlotter({ url: place.url });
      await fillBooks(blotter);
    });

    afterAll(async () => {
      await blotter?.close();
      await place?.dispose();
    });

    /** What is not refused must not spoil the books for the tests that follow. */
    async function tried(sql: string): Promise<void> {
      await place.query("begin");
      try {
        await place.query(sql);
      } finally {
        await place.query("rollback");
      }
    }

    it.each(NONSENSE)("refuses %s", async (_, sql) => {
      await expect(tried(sql)).rejects.toThrow(/check constraint/i);
    });

    it.each(WRONG_TYPES)("refuses %s", async (_, sql) => {
      await expect(tried(sql)).rejects.toThrow(/check constraint|invalid input/i);
    });

    it.each(ORPHANS)("refuses %s", async (_, sql) => {
      await expect(tried(sql)).rejects.toThrow(/foreign key/i);
    });

    it("refuses a second row of the same order, fill or outbox number", async () => {
      for (const [table, column] of [
        ["orders", "order_id"],
        ["fills", "fill_id"],
        ["outbox", "sequence"],
      ]) {
        const [row] = await place.query(`select max(${column}) as newest from ${table}
          where account_id = 'A1'`);
        const sql = `update ${table} set ${column} = '${row?.newest}' where account_id = 'A1'`;
        await expect(tried(sql), table).rejects.toThrow(/unique constraint/i);
      }
    });

    it("says so in Blotter's own errors, and nothing is written", async () => {
      const [A1, other] = ["A1" as AccountId, "404" as OrderId];
      const before = await blotter.orders.fills({ account: "A1" });
      const [fill] = before;
      if (fill === undefined) throw new Error("the filled books have no fills");
      const write = (change: Partial<typeof fill>) =>
        blotter.store.write(A1, (repos) => repos.fills.insert({ ...fill, ...change }));
      const fresh = { fillId: "9999" as FillId };
      await expect(write({ ...fresh, orderId: other })).rejects.toMatchObject({
        name: "BlotterError",
        code: "not_found",
      });
      const contractId = "CON.F.US.XYZ.U26" as ContractId;
      await expect(write({ ...fresh, contractId })).rejects.toMatchObject({ code: "not_found" });
      await expect(write({ ...fresh, quantity: -1 })).rejects.toMatchObject({ code: "invalid" });
      await expect(write({})).rejects.toMatchObject({ code: "conflict" });
      expect(await blotter.orders.fills({ account: "A1" })).toEqual(before);
    });
  });
}
