import { expect, it } from "vitest";
import type { Adoption, BeforeAdoption } from "../../src/domain/adoption.js";
import type { CashMovement } from "../../src/domain/cash.js";
import type { AccountId } from "../../src/domain/ids.js";
import type { Instant } from "../../src/domain/instant.js";
import type { AccountSnapshot, PositionSnapshot } from "../../src/domain/snapshot.js";
import { parseTradingDay } from "../../src/domain/trading-day.js";
import { freshAccount } from "./fresh-account.js";
import { MES, MNQ, moment, money, price } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

const CHECKSUM = "0123456789abcdef";

function cashRow(accountId: AccountId, id: string, at: Instant, more: Partial<CashMovement> = {}) {
  const movement: CashMovement = {
    accountId,
    movementId: id,
    type: "payout",
    amount: money("999999999.999999"),
    at,
    reason: "it's ünïcode",
    source: "test",
    voidedAt: null,
    voidReason: null,
    checksum: CHECKSUM,
  };
  return { ...movement, ...more };
}

const entryOf = ({ accountId, type, amount, at }: CashMovement) => ({
  accountId,
  type,
  amount,
  at,
});

export function describeCashRows(subject: Subject): void {
  it("cash movements come back by instant, then id; resets that count apart", async () => {
    const { store } = subject().blotter;
    const account = await freshAccount(subject().blotter);
    const early = cashRow(account, "b", moment(1), { type: "reset", amount: money("-0.000001") });
    const [second, first] = [cashRow(account, "z", moment(2)), cashRow(account, "a", moment(2))];
    const mistaken = cashRow(account, "x", moment(3), { type: "reset", reason: null });
    const gone = {
      ...mistaken,
      voidedAt: moment(9),
      voidReason: "twice",
      checksum: "f".repeat(16),
    };
    await store.write(account, async ({ cash }) => {
      for (const row of [second, mistaken, early, first]) await cash.insert(row);
      await cash.void(gone);
    });
    const found = await store.read(async ({ cash }) => ({
      all: await cash.list({ accountId: account }),
      newest: await cash.list({ accountId: account, newest: 2 }),
      between: await cash.list({ accountId: account, from: moment(2), to: moment(3) }),
      resets: await cash.resets(account),
      entries: (await cash.entries([account], null)).toSorted((a, b) => a.at - b.at),
      earlier: await cash.entries([account], moment(2)),
      nobody: await cash.entries([], null),
      one: await cash.get(account, "x"),
      none: await cash.get(account, "none"),
    }));
    expect(found).toEqual({
      all: [early, first, second, gone],
      newest: [second, gone],
      between: [first, second],
      resets: [early],
      entries: [early, first, second].map(entryOf),
      earlier: [entryOf(early)],
      nobody: [],
      one: gone,
      none: null,
    });
  });

  it("a cash movement's id is taken once within its account", async () => {
    const { store } = subject().blotter;
    const [one, other] = [
      await freshAccount(subject().blotter),
      await freshAccount(subject().blotter),
    ];
    await store.write([one, other], async ({ cash }) => {
      await cash.insert(cashRow(one, "same", moment(1)));
      await cash.insert(cashRow(other, "same", moment(1)));
    });
    const again = store.write(one, ({ cash }) => cash.insert(cashRow(one, "same", moment(2))));
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });
}

const NOTHING_TOLD: BeforeAdoption = {
  startOfDayBalance: null,
  intradayPeak: null,
  bestDay: null,
  tradingDays: null,
  winningDays: null,
};

export function describeAdoptionRows(subject: Subject): void {
  it("adoptions are kept, and the highest revision counts", async () => {
    const { store } = subject().blotter;
    const account = await freshAccount(subject().blotter);
    const lot = { contractId: MNQ.contractId, side: "SELL" as const, quantity: 3 };
    const first: Adoption = {
      accountId: account,
      revision: 0,
      at: moment(5),
      balance: money("-999999999.999999"),
      highestEodBalance: null,
      payoutCount: null,
      payoutTotal: null,
      before: NOTHING_TOLD,
      lots: [{ ...lot, price: price("-0.000000001"), openedAt: moment(1) }],
      reason: null,
      source: "test",
      checksum: CHECKSUM,
    };
    const payouts = { payoutCount: 2_147_483_647, payoutTotal: money("0.000001") };
    const before: BeforeAdoption = {
      startOfDayBalance: money("-0.000001"),
      intradayPeak: money("999999999.999999"),
      bestDay: money("0"),
      tradingDays: 2_147_483_647,
      winningDays: 0,
    };
    const second = {
      ...first,
      ...payouts,
      before,
      revision: 1,
      at: moment(4),
      lots: [],
      reason: "wrong",
    };
    const none = await store.read(({ adoptions }) => adoptions.current(account));
    const other = await freshAccount(subject().blotter);
    await store.write([account, other], async ({ adoptions }) => {
      await adoptions.insert(second);
      await adoptions.insert(first);
      await adoptions.insert({ ...first, accountId: other });
    });
    const found = await store.read(async ({ adoptions }) => [
      none,
      await adoptions.list(account),
      await adoptions.current(account),
      await adoptions.instant(account),
      await adoptions.openings([account]),
      (await adoptions.openings([account, other])).length,
    ]);
    const { accountId, at, balance } = second;
    expect(found).toEqual([
      null,
      [first, second],
      second,
      moment(4),
      [{ accountId, at, balance }],
      2,
    ]);
  });
}

export function describeClosingRows(subject: Subject): void {
  it("a day is closed once, and closed days come oldest first", async () => {
    const { store } = subject().blotter;
    const account = await freshAccount(subject().blotter);
    const closing = (day: string, at: number) => ({
      accountId: account,
      tradingDay: parseTradingDay(day),
      closedAt: moment(at),
    });
    const [later, earlier] = [closing("2026-08-20", 1), closing("2025-12-31", 2)];
    const done = await store.write(account, async ({ closings }) => [
      await closings.last(account),
      await closings.insert(later),
      await closings.insert(earlier),
      await closings.insert({ ...later, closedAt: moment(9) }),
    ]);
    expect(done).toEqual([null, true, true, false]);
    const found = await store.read(async ({ closings }) => [
      await closings.list(account, null),
      await closings.list(account, parseTradingDay("2026-01-01")),
      await closings.get(account, later.tradingDay),
      await closings.get(account, parseTradingDay("2026-08-19")),
      await closings.last(account),
    ]);
    expect(found).toEqual([[earlier, later], [later], later, null, later]);
  });
}

function snapshotRow(accountId: AccountId, at: Instant, more: Partial<AccountSnapshot> = {}) {
  const snapshot: AccountSnapshot = {
    accountId,
    at,
    type: "eod",
    epoch: 0,
    epochStartedAt: null,
    balance: money("999999999.999999"),
    grossPnl: money("-999999999.999999"),
    commissions: money("0.000001"),
    fees: money("0"),
    cash: money("-0.000001"),
    unrealizedPnl: null,
    highestEodBalance: null,
    closedAt: null,
    brokerBalance: null,
    drift: null,
    brokerCanTrade: null,
  };
  return { ...snapshot, ...more };
}

export function describeSnapshotRows(subject: Subject): void {
  it("snapshots are saved, replaced, removed and found by moment, type and epoch", async () => {
    const { store } = subject().blotter;
    const account = await freshAccount(subject().blotter);
    const known = {
      unrealizedPnl: money("1.5"),
      highestEodBalance: money("2"),
      drift: money("-3"),
    };
    const first = snapshotRow(account, moment(1), { closedAt: moment(7) });
    const seen = snapshotRow(account, moment(2), {
      ...known,
      type: "intraday",
      brokerBalance: money("4"),
      brokerCanTrade: false,
    });
    const second = snapshotRow(account, moment(2), { epoch: 1, epochStartedAt: moment(2) });
    const third = snapshotRow(account, moment(3), { epoch: 1, epochStartedAt: moment(2) });
    const changed = { ...third, ...known, balance: money("5"), closedAt: moment(8) };
    const list = { accountId: account };
    await store.write(account, async ({ snapshots }) => {
      for (const row of [third, seen, second, first, changed]) await snapshots.save(row);
    });
    const found = await store.read(async ({ snapshots }) => ({
      all: await snapshots.list(list),
      eods: await snapshots.list({ ...list, type: "eod" }),
      epoch: await snapshots.list({ ...list, epoch: 1 }),
      newest: await snapshots.list({ ...list, newest: 2 }),
      between: await snapshots.list({ ...list, from: moment(2), to: moment(3) }),
      one: await snapshots.get(account, moment(2), "intraday"),
      none: await snapshots.get(account, moment(2), "manual"),
      last: await snapshots.lastEods(account),
      upTo: await snapshots.eodUpTo(account, moment(2)),
      before: await snapshots.eodUpTo(account, moment(0)),
      report: await snapshots.lastReport(account),
      word: await snapshots.lastWord(account, moment(2)),
      noWord: await snapshots.lastWord(account, moment(1)),
    }));
    expect(found).toEqual({
      all: [first, second, seen, changed],
      eods: [first, second, changed],
      epoch: [second, changed],
      newest: [seen, changed],
      between: [second, seen],
      one: seen,
      none: null,
      last: [changed, second],
      upTo: second,
      before: null,
      report: seen,
      word: seen,
      noWord: null,
    });
    const moved = { ...first, balance: money("-7"), highestEodBalance: money("8") };
    await store.write(account, async ({ snapshots }) => {
      await snapshots.remove(account, moment(2), "eod");
      await snapshots.move(moved);
    });
    const rest = await store.read(({ snapshots }) => snapshots.list(list));
    expect(rest).toEqual([moved, seen, changed]);
    await store.write(account, ({ snapshots }) => snapshots.clearEods(account));
    expect(await store.read(({ snapshots }) => snapshots.list(list))).toEqual([seen]);
  });
}

export function describePositionSnapshotRows(subject: Subject): void {
  it("position snapshots are saved, replaced, removed and cleared, by moment and position", async () => {
    const { store } = subject().blotter;
    const account = await freshAccount(subject().blotter);
    const row = (positionId: string, at: number, contract = MNQ): PositionSnapshot => ({
      accountId: account,
      at: moment(at),
      positionId,
      contractId: contract.contractId,
      symbol: contract.symbol,
      root: contract.root,
      side: "SHORT",
      quantity: 1_000_000,
      entryPrice: price("-999999.999999999"),
      unrealizedPnl: null,
    });
    const [a, b, later] = [row("a", 1), row("b", 1, MES), row("a", 2)];
    const changed = { ...b, quantity: 1, side: "LONG" as const, unrealizedPnl: money("-0.5") };
    await store.write(account, async ({ positionSnapshots }) => {
      for (const held of [later, b, a, changed]) await positionSnapshots.save(held);
    });
    const list = (query = {}) =>
      store.read(({ positionSnapshots }) =>
        positionSnapshots.list({ accountId: account, ...query }),
      );
    expect(await list()).toEqual([a, changed, later]);
    expect(await list({ newest: 2 })).toEqual([changed, later]);
    expect(await list({ from: moment(2) })).toEqual([later]);
    expect(await list({ contractIds: [MES.contractId] })).toEqual([changed]);
    await store.write(account, ({ positionSnapshots }) =>
      positionSnapshots.remove(account, moment(1), "a"),
    );
    expect(await list()).toEqual([changed, later]);
    await store.write(account, ({ positionSnapshots }) => positionSnapshots.clear(account));
    expect(await list()).toEqual([]);
  });
}
