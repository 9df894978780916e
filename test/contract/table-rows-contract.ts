import { describe, expect, it } from "vitest";
import type { AccountId } from "../../src/domain/ids.js";
import {
  DERIVED_TABLES,
  FACT_TABLES,
  type StoredRow,
  type TableName,
  tablePages,
} from "../../src/ports/tables.js";
import { Desk } from "./desk.js";
import { freshAccount } from "./fresh-account.js";
import { fillRow, MNQ, moment, orderRow } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

/** Tables as a whole: what exports and copies read and write. */
export function describeTableRows(subject: Subject): void {
  describe("tables", () => {
    const rowsOf = (table: TableName, account: AccountId): Promise<readonly StoredRow[]> =>
      subject().blotter.store.read(async ({ tables }) => {
        const rows: StoredRow[] = [];
        for await (const page of tablePages(tables, table)) rows.push(...page);
        return rows.filter((row) => row.accountId === account);
      });

    it("are read whole, page by page, each row once and in canonical order", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const order = orderRow(account, "o");
      // More than two pages, many at one instant, told in an order of their own.
      const fills = Array.from({ length: 2_300 }, (_, i) =>
        fillRow(order, `${(i * 7919) % 2_300}`, Math.floor(((i * 7919) % 2_300) / 40)),
      );
      await store.write(account, async (repos) => {
        await repos.orders.insert(order);
        for (const fill of fills) await repos.fills.insert(fill);
      });
      const found = await rowsOf("fills", account);
      const listed = await store.read((repos) => repos.fills.page(account, null, 10_000));
      expect(found.map(({ createdAt: _, ...row }) => row)).toEqual(listed);
      const page = await store.read(({ tables }) => tables.page("fills", null));
      expect(page.rows).toHaveLength(1_000);
      expect(page.next).not.toBeNull();
    });

    it("come back as they were when their facts are inserted, byte for byte", async () => {
      const { blotter } = subject();
      const desk = await Desk.open(blotter);
      await desk.order("1", { customTag: "bot-strategy-trend-1", status: "working", quantity: 2 });
      await desk.fill(1, "1", "1", "buy 2 @ 20000.25", { commission: "0.370001", fee: null });
      await desk.correct("1", 1, { price: "20000.5" });
      await desk.fill(2, "2", "2", "sell 1 @ 20001", { standIn: true });
      const other = "copy-of-desk" as AccountId;
      const renamed = (row: StoredRow): StoredRow => ({ ...row, accountId: other });
      const tables = ["accounts", "orders", "order_events", "fills", "fill_versions"] as const;
      const facts = await Promise.all(
        tables.map(async (table) => [table, await rowsOf(table, desk.account)] as const),
      );
      for (const [table, rows] of facts) {
        await blotter.store.write("global", (repos) =>
          repos.tables.insert(table, rows.map(renamed)),
        );
      }
      for (const [table, rows] of facts) {
        expect(rows).not.toEqual([]);
        expect(await rowsOf(table, other), table).toEqual(rows.map(renamed));
      }
    });

    it("give a column that is left out its default, and refuse one that they have not", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const [row] = await rowsOf("accounts", account);
      const insert = (more: StoredRow) =>
        store.write("global", (repos) => repos.tables.insert("accounts", [{ ...row, ...more }]));
      await expect(insert({})).rejects.toMatchObject({ code: "conflict" });
      for (const column of ["colour", "id", "__proto__x", "account_id"]) {
        await expect(insert({ accountId: "n", [column]: 1 })).rejects.toMatchObject({
          code: "invalid",
          message: expect.stringContaining(`has no column "${column}"`),
        });
      }
      await expect(insert({ accountId: "n", accountType: null })).rejects.toMatchObject({
        code: "invalid",
      });
      expect(await rowsOf("accounts", "n" as AccountId)).toEqual([]);
      const intent = {
        accountId: account,
        customTag: "t",
        contractId: MNQ.contractId,
        side: "BUY",
        orderType: "LIMIT",
        quantity: 1,
        limitPrice: 20_000_250_000_000,
        state: "sending",
        createdAt: moment(1),
      };
      await store.write("global", (repos) => repos.tables.insert("order_intents", [intent]));
      const rest = { stopPrice: null, trailAmount: null, orderId: null, reason: null };
      expect(await rowsOf("order_intents", account)).toEqual([
        { ...intent, ...rest, settledAt: null },
      ]);
    });

    it("are all there to be read", async () => {
      for (const table of [...FACT_TABLES, ...DERIVED_TABLES]) {
        const { rows } = await subject().blotter.store.read(({ tables }) =>
          tables.page(table, null),
        );
        expect(Array.isArray(rows), table).toBe(true);
      }
    });
  });
}
