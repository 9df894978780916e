import { describe, expect, it } from "vitest";
import { type AccountId, orderId } from "../../src/domain/ids.js";
import type { Order } from "../../src/domain/order.js";
import type { OrderEvent } from "../../src/ports/repositories.js";
import { freshAccount } from "./fresh-account.js";
import { MES, MNQ, moment, orderRow, price } from "./made-up-rows.js";
import { shortcuts } from "./shortcuts.js";
import type { Subject } from "./subject.js";

/** Every column that may be null told, each with a value that is hard to keep. */
function fullOrder(account: AccountId, id: string): Order {
  return orderRow(account, id, {
    side: "SELL",
    orderType: "JOIN_ASK",
    quantity: 1_000_000,
    limitPrice: price("999999.999999999"),
    stopPrice: price("-999999.999999999"),
    trailAmount: price("0.0000005"),
    status: "EXPIRED",
    filledQuantity: 7,
    remainingQuantity: 999_993,
    averageFillPrice: price("0.000000001"),
    parentOrderId: orderId("p'"),
    linkedOrderId: orderId('l"'),
    stopLossOrderId: orderId("s\\"),
    takeProfitOrderId: orderId("t%_"),
    submittedAt: moment(1),
    filledAt: moment(999_999),
    cancelledAt: moment(-1),
    customTag: "TradingBot-v1-strategy-größe 'q' \"d\" \\ 📈\n",
    strategy: "größe",
    rejectionReason: "",
    notes: "a note",
    bookedQuantity: 6,
    brokerFilledQuantity: 7,
    brokerAveragePrice: price("0"),
    brokerFilledAt: moment(2),
    standInQuantity: 3,
    asOf: -2_244_000_000_000_000,
    olderFields: '{"limitPrice":1}',
  });
}

export function describeOrderRows(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  describe("orders", () => {
    it("come back as they were written and rewritten, nulls as nulls", async () => {
      const account = await freshAccount(subject().blotter);
      const bare = orderRow(account, "bare");
      const full = fullOrder(account, "o".repeat(64));
      await write(account, async (repos) => {
        await repos.orders.insert(bare);
        await repos.orders.insert(full);
      });
      expect(await read((r) => r.orders.get(account, bare.orderId))).toEqual(bare);
      expect(await read((r) => r.orders.get(account, full.orderId))).toEqual(full);
      const { accountId, orderId: id, contractId, symbol, root, side } = bare;
      const rewritten = { ...full, accountId, orderId: id, contractId, symbol, root, side };
      await write(account, (repos) => repos.orders.update(rewritten));
      expect(await read((r) => r.orders.get(account, id))).toEqual(rewritten);
      await write(account, (repos) => repos.orders.update(bare));
      expect(await read((r) => r.orders.get(account, id))).toEqual(bare);
      expect(await read((r) => r.orders.get(account, orderId("none")))).toBe(null);
    });

    it("are listed by creation, then id, and filtered", async () => {
      const account = await freshAccount(subject().blotter);
      const other = { contractId: MES.contractId, symbol: MES.symbol, root: MES.root };
      const rows = [
        orderRow(account, "B", { createdAt: moment(1) }),
        orderRow(account, "a", { createdAt: moment(1), strategy: "s" }),
        orderRow(account, "z", { createdAt: moment(2), ...other }),
        orderRow(account, "y", { createdAt: moment(3), strategy: "S" }),
      ];
      await write(account, async (repos) => {
        for (const row of [...rows].reverse()) await repos.orders.insert(row);
      });
      const ids = async (query: object) =>
        (await read((r) => r.orders.list({ accountId: account, ...query }))).map((o) => o.orderId);
      expect(await ids({})).toEqual(["B", "a", "z", "y"]);
      expect(await ids({ newest: 2 })).toEqual(["z", "y"]);
      expect(await ids({ newest: 3, from: moment(1), to: moment(3) })).toEqual(["B", "a", "z"]);
      expect(await ids({ from: moment(2) })).toEqual(["z", "y"]);
      expect(await ids({ to: moment(2) })).toEqual(["B", "a"]);
      expect(await ids({ from: moment(2), to: moment(2) })).toEqual([]);
      expect(await ids({ newest: 0 })).toEqual([]);
      expect(await ids({ strategy: "s" })).toEqual(["a"]);
      expect(await ids({ contractIds: [MES.contractId, MNQ.contractId] })).toHaveLength(4);
      expect(await ids({ contractIds: [MES.contractId] })).toEqual(["z"]);
      expect(await ids({ contractIds: [] })).toEqual([]);
    });

    it("are paged by id, and those with missing fills are found", async () => {
      const account = await freshAccount(subject().blotter);
      const ids = ["C", "a", "b", "d"];
      await write(account, async (repos) => {
        for (const [i, id] of [...ids].reverse().entries()) {
          await repos.orders.insert(orderRow(account, id, { brokerFilledQuantity: i % 2 }));
        }
      });
      const page = async (after: string | null, limit: number) =>
        (await read((r) => r.orders.page(account, after as Order["orderId"], limit))).map(
          (order) => order.orderId,
        );
      expect(await page(null, 3)).toEqual(["C", "a", "b"]);
      expect(await page("a", 3)).toEqual(["b", "d"]);
      expect(await page("d", 3)).toEqual([]);
      const missing = async (limit: number) =>
        (await read((r) => r.orders.withMissingFills(account, limit))).map((o) => o.orderId);
      expect(await missing(9)).toEqual(["C", "b"]);
      expect(await missing(1)).toEqual(["C"]);
    });
  });
}

export function describeOrderHistory(subject: Subject): void {
  const { write, read } = shortcuts(subject);

  it("events of an order come in the order they were recorded; repeats are one", async () => {
    const account = await freshAccount(subject().blotter);
    const event = (eventKey: string, id = "o"): OrderEvent => ({
      accountId: account,
      orderId: orderId(id),
      eventKey,
      changes: `{"status":[null,"ÖFFEN"]}`,
      refused: eventKey === "k1" ? "FILLED -> WORKING" : null,
      source: "test",
    });
    await write(account, async (repos) => {
      for (const key of ["k3", "k1", "k2", "k1"]) await repos.orders.addEvent(event(key));
      await repos.orders.addEvent({ ...event("k3"), changes: "{}" });
      await repos.orders.addEvent(event("k1", "another"));
    });
    const events = await read((r) => r.orders.events(account, orderId("o")));
    expect(events).toEqual([event("k3"), event("k1"), event("k2")]);
    expect(await read((r) => r.orders.events(account, orderId("none")))).toEqual([]);
  });
}
