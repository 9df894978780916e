import { describe, expect, it } from "vitest";
import { type AccountId, fillId, orderId } from "../../src/domain/ids.js";
import type { Order } from "../../src/domain/order.js";
import type { OrderIntent } from "../../src/domain/order-intent.js";
import type {
  PositionExplanation,
  Reconciliation,
  SyncRun,
} from "../../src/domain/reconciliation.js";
import { freshAccount } from "./fresh-account.js";
import { fillRow, MES, MNQ, moment, orderRow, price } from "./made-up-rows.js";
import { shortcuts } from "./shortcuts.js";
import type { Subject } from "./subject.js";

export function intentRow(
  accountId: AccountId,
  customTag: string,
  more: Partial<OrderIntent> = {},
): OrderIntent {
  return {
    accountId,
    customTag,
    contractId: MNQ.contractId,
    side: "SELL",
    orderType: "STOP_LIMIT",
    quantity: 3,
    limitPrice: price("20000.25"),
    stopPrice: price("20000.5"),
    trailAmount: null,
    state: "sending",
    orderId: null,
    reason: null,
    createdAt: moment(0),
    settledAt: null,
    ...more,
  };
}

export function runRow(accountId: AccountId, runId: string, more: Partial<SyncRun> = {}): SyncRun {
  return {
    accountId,
    runId,
    reason: "reconnect",
    state: "running",
    startedAt: moment(0),
    endedAt: null,
    fromAt: moment(-5),
    throughAt: null,
    gapFrom: moment(-3),
    gapTo: moment(-1),
    newOrders: 0,
    changedOrders: 0,
    newFills: 0,
    changedFills: 0,
    differences: 0,
    message: null,
    ...more,
  };
}

export function differenceRow(
  accountId: AccountId,
  differenceId: string,
  more: Partial<Reconciliation> = {},
): Reconciliation {
  return {
    accountId,
    differenceId,
    runId: "run",
    kind: "missing_fill",
    subject: "9001",
    ours: null,
    theirs: '{"fillId":"9001"}',
    healed: false,
    remedy: "größer 📈",
    count: 1,
    firstSeenAt: moment(1),
    lastSeenAt: moment(1),
    healedAt: null,
    ...more,
  };
}

export function explanationRow(
  accountId: AccountId,
  id: string,
  more: Partial<PositionExplanation> = {},
): PositionExplanation {
  return {
    accountId,
    contractId: MNQ.contractId,
    asOf: moment(10),
    missing: -2,
    price: price("20000.123456789"),
    openedAt: moment(5),
    fillId: fillId(id),
    explainedAt: null,
    ...more,
  };
}

export function describeMarkRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("marks", () => {
    it("come back by instant, of one contract or of all, and once", async () => {
      const account = await freshAccount(subject().blotter);
      const mark = (contractId: typeof MNQ.contractId, micros: number, value: string) => ({
        contractId,
        at: moment(micros),
        price: price(value),
      });
      const rows = [
        mark(MES.contractId, 1, "5000.25"),
        mark(MNQ.contractId, 1, "-0.000000001"),
        mark(MNQ.contractId, 1, "999999.999999999"),
        mark(MNQ.contractId, 3, "20000"),
      ];
      await write(account, async (repos) => {
        for (const row of [...rows].reverse()) await repos.marks.insert(account, row);
        for (const row of rows) await repos.marks.insert(account, row);
      });
      const all = await read((r) => r.marks.ofAccount(account, moment(0), null, 100));
      expect(all).toEqual(rows);
      const some = await read((r) => r.marks.ofAccount(account, moment(1), moment(3), 2));
      expect(some).toEqual(rows.slice(0, 2));
      const ofMnq = await read((r) =>
        r.marks.ofContract(account, MNQ.contractId, moment(1), moment(3)),
      );
      expect(ofMnq).toEqual(rows.slice(1, 3).map(({ at, price: p }) => ({ at, price: p })));
      const open = await read((r) => r.marks.ofContract(account, MNQ.contractId, moment(2), null));
      expect(open).toHaveLength(1);
      expect(await read((r) => r.marks.page(account, null, 3))).toEqual(rows.slice(0, 3));
      expect(await read((r) => r.marks.page(account, rows[1] ?? null, 9))).toEqual(rows.slice(2));
    });
  });
}

export function describeIntentRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("order intents", () => {
    it("are one a tag, and keep what became of them", async () => {
      const account = await freshAccount(subject().blotter);
      const first = intentRow(account, "a tag with 'quotes' and größe");
      const second = intentRow(account, "b", { createdAt: moment(1), state: "unknown" });
      await write(account, async (repos) => {
        expect(await repos.intents.insert(second)).toBe(true);
        expect(await repos.intents.insert(first)).toBe(true);
        expect(await repos.intents.insert({ ...first, quantity: 9 })).toBe(false);
      });
      expect(await read((r) => r.intents.get(account, first.customTag))).toEqual(first);
      expect(await read((r) => r.intents.get(account, "nothing"))).toBeNull();
      expect(await read((r) => r.intents.open(account))).toEqual([first, second]);
      const settled: OrderIntent = {
        ...first,
        state: "accepted",
        orderId: orderId("77"),
        reason: "r",
        settledAt: moment(9),
      };
      await write(account, (repos) => repos.intents.settle(settled));
      expect(await read((r) => r.intents.open(account))).toEqual([second]);
      expect(await read((r) => r.intents.list(account))).toEqual([settled, second]);
      expect(await read((r) => r.intents.list(account, 1))).toEqual([second]);
    });
  });
}

export function describeExplanationRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("position explanations", () => {
    it("are missing until they are explained, oldest first", async () => {
      const account = await freshAccount(subject().blotter);
      const later = explanationRow(account, "synthetic-1", { asOf: moment(20) });
      const earlier = explanationRow(account, "synthetic-2");
      await write(account, async (repos) => {
        await repos.explanations.save(later);
        await repos.explanations.save(earlier);
      });
      const missing = () => read((r) => r.explanations.missing(account, MNQ.contractId));
      expect(await missing()).toEqual([earlier, later]);
      const explained = { ...earlier, missing: 0, explainedAt: moment(30) };
      await write(account, (repos) => repos.explanations.save(explained));
      expect(await missing()).toEqual([later]);
      expect(await read((r) => r.explanations.list(account))).toEqual([explained, later]);
    });
  });
}

export function describeSyncRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("comparisons with the broker", () => {
    it("keep a cursor, and runs newest first", async () => {
      const account = await freshAccount(subject().blotter);
      expect(await read((r) => r.sync.cursor(account))).toBeNull();
      const old = runRow(account, "1");
      const done = runRow(account, "2", { startedAt: moment(5) });
      const ended: SyncRun = {
        ...done,
        state: "complete",
        endedAt: moment(7),
        throughAt: moment(6),
        newOrders: 1,
        changedOrders: 2,
        newFills: 3,
        changedFills: 4,
        differences: 5,
        message: "m",
      };
      await write(account, async (repos) => {
        await repos.sync.setCursor(account, moment(1));
        await repos.sync.setCursor(account, moment(2));
        for (const run of [old, done, ended]) await repos.sync.saveRun(run);
      });
      expect(await read((r) => r.sync.cursor(account))).toBe(moment(2));
      expect(await read((r) => r.sync.runs(account, 10))).toEqual([ended, old]);
      expect(await read((r) => r.sync.runs(account, 1))).toEqual([ended]);
    });

    it("count an equal difference, and know what is healed", async () => {
      const account = await freshAccount(subject().blotter);
      const one = differenceRow(account, "1");
      const two = differenceRow(account, "2", {
        lastSeenAt: moment(2),
        healed: true,
        healedAt: moment(2),
      });
      await write(account, async (repos) => {
        await repos.sync.putDifference(one);
        await repos.sync.putDifference(two);
        await repos.sync.putDifference({ ...one, lastSeenAt: moment(3) });
      });
      const counted = { ...one, count: 2, lastSeenAt: moment(3) };
      expect(await read((r) => r.sync.difference(account, "1"))).toEqual(counted);
      expect(await read((r) => r.sync.difference(account, "3"))).toBeNull();
      expect(await read((r) => r.sync.differences(account, false, 9))).toEqual([counted]);
      expect(await read((r) => r.sync.differences(account, true, 9))).toEqual([counted, two]);
      await write(account, (r) => r.sync.healDifference(account, "1", "gone", moment(4)));
      expect(await read((r) => r.sync.differences(account, false, 9))).toEqual([]);
      expect(await read((r) => r.sync.difference(account, "1"))).toEqual({
        ...counted,
        healed: true,
        remedy: "gone",
        healedAt: moment(4),
      });
    });
  });
}

export function describeOwnRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("what we made ourselves", () => {
    it("can be taken away: a fill, then its order", async () => {
      const account = await freshAccount(subject().blotter);
      const order = orderRow(account, "synthetic-1", { customTag: "t", createdAt: moment(0) });
      const newer = orderRow(account, "2", { customTag: "t", createdAt: moment(1) });
      const fill = fillRow(order, "synthetic-1", 1, { origin: "synthetic" });
      await write(account, async (repos) => {
        await repos.orders.insert(order);
        await repos.orders.insert(newer);
        await repos.fills.insert(fill);
      });
      expect(await read((r) => r.fills.get(account, fill.fillId, false))).toEqual(fill);
      expect(await read((r) => r.orders.tagged(account, "t"))).toEqual(newer);
      expect(await read((r) => r.orders.tagged(account, "u"))).toBeNull();
      const ids = async (rows: Promise<readonly Order[]>) =>
        (await rows).map((order) => order.orderId).sort();
      const tagged = (a: string, b: string) =>
        read((r) => ids(r.orders.taggedEither(account, a, b)));
      expect(await tagged("t", "u")).toEqual(await tagged("u", "t"));
      expect(await tagged("t", "u")).toHaveLength(2);
      expect(await tagged("u", "v")).toEqual([]);
      const child = orderRow(account, "child", { parentOrderId: newer.orderId });
      await write(account, (repos) => repos.orders.insert(child));
      expect(await read((r) => r.orders.children(account, newer.orderId))).toEqual([child]);
      expect(await read((r) => r.orders.children(account, child.orderId))).toEqual([]);
      await write(account, async (repos) => {
        await repos.fills.remove(fill);
        await repos.orders.remove(account, order.orderId);
      });
      expect(await read((r) => r.fills.get(account, fill.fillId, false))).toBeNull();
      expect(await read((r) => r.orders.get(account, order.orderId))).toBeNull();
      expect(await read((r) => r.orders.get(account, newer.orderId))).toEqual(newer);
    });

    it("such as the last day of a contract is kept", async () => {
      const contract = () => read((r) => r.contracts.get(MES.contractId));
      const day = "2026-09-18" as NonNullable<typeof MES.lastTradingDay>;
      await write("global", (repos) => repos.contracts.setLastTradingDay(MES.contractId, day));
      expect(await contract()).toEqual({ ...MES, lastTradingDay: day });
      await write("global", (repos) => repos.contracts.setLastTradingDay(MES.contractId, null));
      expect(await contract()).toEqual(MES);
    });
  });
}
