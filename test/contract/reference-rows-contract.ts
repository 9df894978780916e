import { describe, expect, it } from "vitest";
import type { DayTotals } from "../../src/domain/daily.js";
import { type AccountId, accountId, compareText } from "../../src/domain/ids.js";
import type { QuarantineEntry } from "../../src/ports/repositories.js";
import { freshAccount } from "./fresh-account.js";
import { accountRow, dayRow, MES, MNQ, moment, money, price } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

export function describeAccountRows(subject: Subject): void {
  describe("accounts", () => {
    it("come back as they were written, by id in byte order, and by exact name", async () => {
      const { store } = subject().blotter;
      const ids = [
        "a b",
        "a'b",
        'a"b',
        "a\\b",
        "a%b",
        "a_b",
        "aB",
        "ab",
        "Ab",
        `a${"b".repeat(63)}`,
      ];
      const rows = ids.map((id, i) =>
        accountRow(accountId(id), {
          accountName: i < 2 ? "Ein Konto für Zoë 📈" : `name ${id}`,
          accountType: "funded",
          startingBalance: money(i % 2 === 0 ? "999999999.999999" : "-0.000001"),
          createdAt: moment(i),
        }),
      );
      await store.write(ids.map(accountId), async (repos) => {
        for (const row of rows) expect(await repos.accounts.insert(row)).toBe(true);
      });
      const sorted = [...rows].sort((a, b) => compareText(a.accountId, b.accountId));
      const [all, named, one] = await store.read(async (repos) => [
        await repos.accounts.list(),
        await repos.accounts.named("Ein Konto für Zoë 📈"),
        await repos.accounts.get(accountId('a"b')),
      ]);
      expect(all.filter((row) => ids.includes(row.accountId))).toEqual(sorted);
      expect(named).toEqual(rows.slice(0, 2));
      expect(one).toEqual(rows[2]);
    });

    it("are inserted once: false, and nothing changed, when the id exists", async () => {
      const { store } = subject().blotter;
      const id = await freshAccount(subject().blotter);
      const before = await store.read((repos) => repos.accounts.get(id));
      const other = accountRow(id, { accountName: "another" });
      expect(await store.write(id, (repos) => repos.accounts.insert(other))).toBe(false);
      expect(await store.read((repos) => repos.accounts.get(id))).toEqual(before);
    });

    it("that are not there are null, or an empty list", async () => {
      const nobody = "nobody" as AccountId;
      const found = await subject().blotter.store.read(async (repos) => [
        await repos.accounts.get(nobody),
        await repos.accounts.named("Nobody"),
      ]);
      expect(found).toEqual([null, []]);
    });
  });
}

export function describeContractRows(subject: Subject): void {
  describe("contracts and products", () => {
    it("come back as they were written, by symbol and by root; a second insert does nothing", async () => {
      const { store } = subject().blotter;
      const tiny = {
        ...MES,
        contractId: "CON.F.US.TINY.U26" as typeof MES.contractId,
        symbol: "ATINYU26",
        tickSize: price("0.0000005"),
        tickValue: price("999999.999999999"),
        pointValue: money("12500000"),
      };
      const added = [MNQ, MES, tiny, { ...tiny, name: "Other" }];
      await store.write("global", async (repos) => {
        for (const contract of added) await repos.contracts.insert(contract);
      });
      const [list, one, none] = await store.read(async (repos) => [
        await repos.contracts.list(),
        await repos.contracts.get(tiny.contractId),
        await repos.contracts.get("CON.F.US.NONE.U26" as typeof MES.contractId),
      ]);
      expect(list.filter((row) => added.some((a) => a.symbol === row.symbol))).toEqual([
        tiny,
        MES,
        MNQ,
      ]);
      expect([one, none]).toEqual([tiny, null]);
    });

    it("that a user added are inserted once each", async () => {
      const { store } = subject().blotter;
      const figures = { tickSize: price("0.000000001"), pointValue: money("0.000001") };
      const names = { code: "X.Y_Z", exchange: "Börse", name: "it's" };
      const rows = ["ZZB", "ZZA"].map((root) => ({ root, dated: false, ...names, ...figures }));
      const insert = () =>
        store.write("global", async (repos) => {
          const inserted: boolean[] = [];
          for (const row of rows) inserted.push(await repos.contracts.insertProduct(row));
          return inserted;
        });
      expect([await insert(), await insert()]).toEqual([
        [true, true],
        [false, false],
      ]);
      const products = await store.read((repos) => repos.contracts.products());
      expect(products.filter((p) => p.root.startsWith("ZZ"))).toEqual([rows[1], rows[0]]);
    });
  });
}

export function describeDayRows(subject: Subject): void {
  it("days are inserted, updated, removed and cleared, and come oldest first", async () => {
    const { store } = subject().blotter;
    const account = await freshAccount(subject().blotter);
    const figures = { grossPnl: money("-999999999.999999"), commissions: money("0.000001") };
    const days = ["2026-08-20", "2025-12-31", "2026-08-19"].map((day) =>
      dayRow(account, day, { ...figures, fillCount: 3, volume: 2_147_483_648 }),
    );
    const [newest, oldest, middle] = days;
    if (!newest || !oldest || !middle) throw new Error("three days");
    const changed = { ...middle, netPnl: money("0.01") };
    await store.write(account, async (repos) => {
      for (const day of days) await repos.days.insert(day);
      await repos.days.update(changed);
      await repos.days.remove(account, newest.tradingDay);
    });
    const look = () =>
      store.read(async (repos) => [
        await repos.days.list(account),
        await repos.days.get(account, middle.tradingDay),
        await repos.days.get(account, newest.tradingDay),
      ]);
    expect(await look()).toEqual([[oldest, changed], changed, null]);
    const from = (day: DayTotals) =>
      store.read((repos) => repos.days.from(account, day.tradingDay));
    expect([await from(oldest), await from(changed), await from(newest)]).toEqual([
      [oldest, changed],
      [changed],
      [],
    ]);
    await store.write(account, (repos) => repos.days.clear(account));
    expect(await look()).toEqual([[], null, null]);
  });
}

export function describeQuarantineRows(subject: Subject): void {
  const entry = (id: string, more: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
    quarantineId: id,
    accountId: null,
    reason: "invalid",
    message: "was found",
    source: "test",
    kind: null,
    payload: `{"text":"it's ünïcode"}`,
    payloadLength: 100_000,
    count: 1,
    firstSeenAt: moment(0),
    lastSeenAt: moment(0),
    status: "waiting",
    ...more,
  });

  it("quarantine counts repeats, lists what waits oldest first, and keeps the rest", async () => {
    const { store } = subject().blotter;
    const waiting = () => store.read((repos) => repos.quarantine.countWaiting());
    const before = await waiting();
    const [q1, q2, q3] = [entry("q-1", { firstSeenAt: moment(2) }), entry("q-2"), entry("q-3")];
    const again = entry("q-1", { message: "found again", lastSeenAt: moment(9) });
    await store.write("global", async (repos) => {
      for (const put of [q1, q2, q3, again]) await repos.quarantine.put(put);
      await repos.quarantine.setStatus("q-3", "discarded");
    });
    const twice = { ...q1, count: 2, message: "found again", lastSeenAt: moment(9) };
    const discarded = { ...q3, status: "discarded" };
    const list = (all: boolean) =>
      store.read(async (repos) =>
        (await repos.quarantine.list(all, 1_000)).filter((e) => e.quarantineId.startsWith("q-")),
      );
    expect(await list(false)).toEqual([q2, twice]);
    expect(await list(true)).toEqual([q2, discarded, twice]);
    expect(await waiting()).toBe(before + 2);
    expect(await store.read((repos) => repos.quarantine.list(true, 1))).toHaveLength(1);
    expect(await store.read((repos) => repos.quarantine.get("q-1"))).toEqual(twice);
    expect(await store.read((repos) => repos.quarantine.get("q-4"))).toBe(null);
    const resolve = (id: string) =>
      store.write("global", (r) => r.quarantine.setStatus(id, "resolved"));
    await Promise.all([resolve("q-1"), resolve("q-2")]);
    expect(await waiting()).toBe(before);
  });
}
