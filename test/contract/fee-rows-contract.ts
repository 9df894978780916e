import { describe, expect, it } from "vitest";
import type { FeeEntry } from "../../src/domain/fees.js";
import { type AccountId, compareText } from "../../src/domain/ids.js";
import { parseTradingDay } from "../../src/domain/trading-day.js";
import { freshAccount } from "./fresh-account.js";
import { money } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export function describeFeeRows(subject: Subject): void {
  describe("fees", () => {
    const entry = (broker: string, more: Partial<FeeEntry> = {}): FeeEntry => ({
      broker,
      accountType: null,
      accountId: null,
      root: "MNQ",
      validFrom: parseTradingDay("2026-08-19"),
      commissionPerSide: money("0.000001"),
      feePerSide: null,
      source: "a test, ünïcode",
      builtIn: false,
      ...more,
    });

    it("come back as they were written, by root, day and whom they are for", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const broker = `rows-${account}`;
      const rows = [
        entry(broker, { root: "ES", feePerSide: money("-1000"), commissionPerSide: null }),
        entry(broker, { validFrom: parseTradingDay("2025-12-31"), feePerSide: money("1000") }),
        entry(broker),
        entry(broker, { accountId: account }),
        entry(broker, { accountType: "practice" }),
      ];
      await store.write(account, async (repos) => {
        for (const row of [...rows].reverse()) await repos.fees.save(row);
        await repos.fees.save(entry(`another-${account}`));
      });
      const found = await store.read((repos) => repos.fees.entries(broker));
      expect(found).toEqual(rows);
      const all = await store.read((repos) => repos.fees.entries());
      expect(all.filter((row) => row.broker === broker)).toEqual(rows);
      const brokers = all.map((row) => row.broker);
      expect(brokers).toEqual([...brokers].sort(compareText));
    });

    it("for the same accounts, root and day replace one another", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const broker = `again-${account}`;
      const second = entry(broker, {
        commissionPerSide: null,
        feePerSide: money("0"),
        source: "b",
      });
      await store.write(account, async (repos) => {
        await repos.fees.save(entry(broker));
        await repos.fees.save(second);
      });
      expect(await store.read((repos) => repos.fees.entries(broker))).toEqual([second]);
    });

    it("are chosen by an account, changed, and given up", async () => {
      const { store } = subject().blotter;
      const account = await freshAccount(subject().blotter);
      const look = () =>
        store.read(async (repos) => [
          await repos.fees.account(account),
          (await repos.fees.accounts()).filter((user) => user.accountId === account),
        ]);
      expect(await look()).toEqual([null, []]);
      for (const broker of ["one", "two"]) {
        await store.write(account, (repos) => repos.fees.use(account, broker));
        const row = { accountId: account, accountType: "practice", broker };
        expect(await look()).toEqual([row, [row]]);
      }
      await store.write(account, (repos) => repos.fees.use(account, null));
      expect(await look()).toEqual([null, []]);
      const nobody = await store.read((repos) => repos.fees.account("nobody" as AccountId));
      expect(nobody).toBe(null);
    });
  });
}
