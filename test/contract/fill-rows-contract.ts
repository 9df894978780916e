import { describe, expect, it } from "vitest";
import type { Fill } from "../../src/domain/fill.js";
import type { FillVersion } from "../../src/domain/fill-version.js";
import { fillId } from "../../src/domain/ids.js";
import { freshAccount } from "./fresh-account.js";
import { fillRow, moment, money, orderRow, price } from "./made-up-rows.js";
import { shortcuts } from "./shortcuts.js";
import type { Subject } from "./subject.js";

/** Amounts that are hard to keep exactly, as commission, fee and the broker's P&L. */
const AMOUNTS = ["999999999.999999", "-999999999.999999", "0.000001", "123456789.1", "0"];
const PRICES = ["999999.999999999", "-999999.999999999", "0.0000005", "-37.63", "0.000000001"];

export function describeFillRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("fills", () => {
    it("come back exactly, whatever the amounts; null is not zero", async () => {
      const account = await freshAccount(subject().blotter);
      const order = orderRow(account, "o");
      const rows = AMOUNTS.map((amount, i) =>
        fillRow(order, `${i}`, i, {
          price: price(PRICES[i] ?? "0"),
          commission: money(amount),
          fee: i % 2 === 0 ? null : money(amount),
          brokerPnl: i % 2 === 0 ? money(amount) : null,
          quantity: 1_000_000,
          revision: Number.MAX_SAFE_INTEGER,
        }),
      );
      await write(account, async (repos) => {
        await repos.orders.insert(order);
        for (const row of rows) await repos.fills.insert(row);
      });
      expect(await read((r) => r.fills.ofOrder(account, order.orderId))).toEqual(rows);
      const void0 = { ...rows[0], state: "void", fee: money("0"), revision: 1 } as Fill;
      await write(account, (repos) => repos.fills.update(void0));
      const get = (id: string, standIn: boolean) =>
        read((r) => r.fills.get(account, fillId(id), standIn));
      expect(await get("0", false)).toEqual(void0);
      expect([await get("0", true), await get("none", false)]).toEqual([null, null]);
    });

    it("and their stand-in of the same id are two", async () => {
      const account = await freshAccount(subject().blotter);
      const order = orderRow(account, "7");
      const real = fillRow(order, "7", 0);
      const standIn = fillRow(order, "7", 0, { standIn: true, state: "withdrawn" });
      await write(account, async (repos) => {
        await repos.orders.insert(order);
        await repos.fills.insert(standIn);
        await repos.fills.insert(real);
      });
      expect(await read((r) => r.fills.ofOrder(account, order.orderId))).toEqual([real, standIn]);
      expect(await read((r) => r.fills.get(account, real.fillId, true))).toEqual(standIn);
    });

    it("keep every version, oldest revision first, with only what it told", async () => {
      const account = await freshAccount(subject().blotter);
      const version = (revision: number, more: Partial<FillVersion>): FillVersion => ({
        accountId: account,
        fillId: fillId("not-there-yet"),
        standIn: false,
        revision,
        kind: "correction",
        content: {},
        reason: null,
        source: "test",
        ...more,
      });
      const told = { price: price("0.0000005"), commission: money("0"), side: "SELL" as const };
      const later = version(1_787_000_000_000_001, { content: told, reason: "it's late" });
      const first = version(0, { kind: "void", content: { executedAt: moment(-1), quantity: 3 } });
      await write(account, async (repos) => {
        await repos.fills.addVersion(later);
        await repos.fills.addVersion(first);
      });
      const versions = (standIn: boolean) =>
        read((r) => r.fills.versions(account, later.fillId, standIn));
      expect(await versions(false)).toEqual([first, later]);
      expect(await versions(true)).toEqual([]);
    });
  });
}
