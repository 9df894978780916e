import { describe, expect, it } from "vitest";
import { moneyToNumber } from "../../src/domain/money.js";
import { plainOrder, plainPosition } from "../../src/domain/plain.js";
import type { Desk } from "./desk.js";
import { secondsAfterOpen } from "./desk.js";
import type { Subject } from "./subject.js";
import { deskWithBroker, historyFill } from "./told-broker.js";

const told = async (desk: Desk) => {
  const fills = await desk.blotter.orders.fills({ account: desk.account });
  return fills.map((fill) => `${fill.fillId} ${fill.side} ${fill.quantity}`);
};

/** One comparison with the broker, and the books are the broker's. */
export function describeReconciliation(subject: Subject): void {
  describe("a comparison with the broker", () => {
    it("brings what was missed, says so, and does nothing the second time", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      const { reconciler, trades } = desk.blotter;
      const rows = [
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000"),
        historyFill(desk, 2, "2", "b", "sell 1 @ 20001"),
        historyFill(desk, 3, "3", "c", "buy 1 @ 20002"),
        historyFill(desk, 4, "4", "d", "sell 1 @ 20003"),
      ];
      broker.fillRows.push(...rows);
      broker.balances = broker.balances.map((row) => ({ ...row, balance: 50_000 + 4 - 4 * 0.61 }));
      for (const row of [rows[0], rows[3]]) if (row) await desk.blotter.orders.recordFill(row);
      const gap = { from: secondsAfterOpen(2), to: secondsAfterOpen(3) };
      const report = await reconciler.sync(desk.account, { reason: "reconnect", gap });
      expect(report.differences.map(({ kind, subject: of, healed }) => [kind, of, healed])).toEqual(
        [
          ["missing_fill", "2", true],
          ["missing_fill", "3", true],
        ],
      );
      expect(report.run).toMatchObject({ state: "complete", newFills: 2, reason: "reconnect" });
      expect(report.run.gapFrom).not.toBeNull();
      expect(await trades.trades({ account: desk.account })).toHaveLength(2);
      expect(await reconciler.differences(desk.account)).toEqual([]);
      expect(await reconciler.differences(desk.account, true)).toHaveLength(2);

      const before = await told(desk);
      const again = await reconciler.sync(desk.account);
      expect(again.differences).toEqual([]);
      expect(again.run).toMatchObject({ newFills: 0, changedFills: 0, differences: 0 });
      expect(await told(desk)).toEqual(before);
      expect(await reconciler.runs(desk.account)).toHaveLength(2);
      expect(await trades.verify(desk.account)).toEqual([]);
    });

    it("keeps a known cost where the broker's history is silent, and learns one it tells", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000", { fee: "0.36", commission: "0.25" });
      await desk.fill(2, "2", "b", "sell 1 @ 20001", { fee: null, commission: "0.25" });
      broker.fillRows.push(
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000", { commission: null }),
        historyFill(desk, 2, "2", "b", "sell 1 @ 20001", { commission: null }),
      );
      const { differences } = await desk.blotter.reconciler.sync(desk.account);
      expect(differences.filter(({ kind }) => kind !== "balance")).toMatchObject([
        { kind: "changed_fill", subject: "2", ours: '{"fee":null}', theirs: '{"fee":0.36}' },
      ]);
      const fills = await desk.blotter.orders.fills({ account: desk.account });
      expect(fills.map((row) => row.commission)).toEqual([250_000, 250_000]);
    });

    it("takes back what the broker voided, and settles what was told in two ways", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      await desk.fill(2, "2", "b", "sell 1 @ 20001");
      await desk.fill(3, "3", "c", "buy 1 @ 20002");
      expect(await desk.fill(3, "3", "c", "buy 1 @ 20002.25")).toMatchObject({
        outcome: "quarantined",
      });
      broker.fillRows.push(
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000"),
        historyFill(desk, 2, "2", "b", "sell 1 @ 20001", { voided: true }),
        historyFill(desk, 3, "3", "c", "buy 1 @ 20002.25"),
      );
      broker.positionRows = [
        {
          accountId: desk.account,
          contract: "MNQU26",
          side: "LONG",
          quantity: 2,
          averagePrice: 20_001.125,
          openedAt: secondsAfterOpen(1),
          brokerPositionId: "9",
        },
      ];
      const { differences } = await desk.blotter.reconciler.sync(desk.account);
      const kinds = differences.map(({ kind, healed }) => `${kind} ${healed}`);
      expect(kinds).toContain("voided_fill true");
      expect(kinds).toContain("conflicting_fill true");
      expect(kinds.filter((kind) => kind.startsWith("position"))).toEqual([]);
      const fills = await desk.blotter.orders.fills({ account: desk.account });
      expect(fills.map((row) => `${row.fillId} @ ${row.price / 1e9}`)).toEqual([
        "1 @ 20000",
        "3 @ 20002.25",
      ]);
      const waiting = await desk.blotter.quarantine.list();
      expect(waiting.filter((entry) => entry.accountId === desk.account)).toEqual([]);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("flags what only we have, and what only differs, until it is no more", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { reconciler } = desk.blotter;
      await desk.fill(1, "1", "a", "buy 1 @ 20000", { fee: 0, commission: 0 });
      const first = await reconciler.sync(desk.account);
      expect(first.differences.map(({ kind, subject: of, healed }) => [kind, of, healed])).toEqual([
        ["unknown_fill", "1", false],
        ["position", "MNQU26", false],
      ]);
      await reconciler.sync(desk.account);
      const counted = await reconciler.differences(desk.account);
      expect(counted.map((row) => [row.kind, row.count]).sort()).toEqual([
        ["position", 2],
        ["unknown_fill", 2],
      ]);
      broker.balances = broker.balances.map((row) => ({ ...row, balance: 50_000.01 }));
      broker.fillRows.push(
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000", { fee: 0, commission: 0 }),
      );
      broker.positionRows = [positionRow(desk, 1, 20_000)];
      clock.turnTo(7_200);
      const last = await reconciler.sync(desk.account);
      expect(last.differences).toMatchObject([
        { kind: "balance", ours: "50000", theirs: "50000.01", healed: false },
      ]);
      const open = await reconciler.differences(desk.account);
      expect(open.map(({ kind }) => kind).sort()).toEqual(["balance", "unknown_fill"]);
    });

    it("takes no offence at an answer that is older than what the stream told meanwhile", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      const { orders, reconciler } = desk.blotter;
      const at = secondsAfterOpen(1);
      const told = { accountId: desk.account, orderId: "a", contract: "MNQU26", createdAt: at };
      broker.orderRows.push({
        ...told,
        side: "buy",
        quantity: 1,
        status: "working",
        updatedAt: at,
      });
      await orders.recordOrder({
        ...told,
        side: "buy",
        quantity: 1,
        status: "cancelled",
        updatedAt: secondsAfterOpen(2),
      });
      expect((await reconciler.sync(desk.account)).differences).toEqual([]);
      broker.orderRows[0] = { ...told, side: "buy", quantity: 1, status: "rejected" };
      const { differences } = await reconciler.sync(desk.account);
      expect(differences).toMatchObject([{ kind: "changed_order", healed: false }]);
    });

    it("moves its cursor only when orders and fills have landed, and goes on from there", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { reconciler, store } = desk.blotter;
      broker.fillRows.push(historyFill(desk, 1, "1", "a", "buy 1 @ 20000"));
      const stop = new AbortController();
      let answers = 0;
      broker.before = () => {
        answers += 1;
        if (answers === 5) stop.abort();
      };
      const cut = await reconciler.sync(desk.account, { signal: stop.signal });
      expect(cut.run.state).toBe("interrupted");
      const cursor = await store.read((repos) => repos.sync.cursor(desk.account));
      expect(cursor).toBe(broker.asked[4]?.[1]);
      broker.before = () => {
        throw new Error("half a response");
      };
      clock.turnTo(3_601);
      await expect(reconciler.sync(desk.account)).rejects.toThrow("half a response");
      expect(await store.read((repos) => repos.sync.cursor(desk.account))).toBe(cursor);
      expect((await reconciler.runs(desk.account, 1))[0]).toMatchObject({ state: "failed" });
      broker.before = () => {};
      const done = await reconciler.sync(desk.account);
      expect(done.run).toMatchObject({ state: "complete", newFills: 1 });
      expect(await desk.net()).toBe(1);
    });

    it("asks in smaller stretches where an answer may have been cut", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      for (let i = 0; i < 2_500; i += 1) {
        const at = secondsAfterOpen(i);
        const input = {
          accountId: desk.account,
          orderId: `${i}`,
          contract: "MNQU26",
          createdAt: at,
        };
        broker.orderRows.push({ ...input, side: "buy", status: "cancelled", quantity: 1 });
      }
      const seen: number[] = [];
      const report = await desk.blotter.reconciler.sync(desk.account, {
        onProgress: (progress) => seen.push(progress.orders),
      });
      expect(report.run.newOrders).toBe(2_500);
      expect(report.differences).toEqual([]);
      expect(seen[seen.length - 1]).toBe(2_500);
      expect(broker.asked.some(([from, to]) => to !== null && to - from < 3_600_000_000)).toBe(
        true,
      );
    });

    it("only compares when it is asked to", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      broker.fillRows.push(
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000"),
        historyFill(desk, 2, "2", "b", "sell 1 @ 20001"),
      );
      broker.unreadable.push({
        kind: "unreadable",
        input: { message: "no id", text: `{"of":"${desk.account}"}`, source: "test" },
      });
      const before = await told(desk);
      const report = await desk.blotter.reconciler.sync(desk.account, { heal: "nothing" });
      expect(report.differences.map(({ kind, healed }) => [kind, healed])).toContainEqual([
        "missing_fill",
        false,
      ]);
      expect(report.differences.map(({ kind }) => kind)).toContain("unreadable_row");
      expect(await told(desk)).toEqual(before);
      expect(await desk.blotter.store.read((r) => r.sync.cursor(desk.account))).toBeNull();
    });

    it("names each difference once, and settles nothing, when it only compares", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { orders, reconciler } = desk.blotter;
      const order = { contract: "MNQU26", side: "buy", orderType: "market", quantity: 1 } as const;
      const lost = async () => {
        throw new Error("socket hang up");
      };
      await orders.submit({ accountId: desk.account, customTag: "t", ...order }, lost);
      await desk.fill(1, "1", "a", "buy 1 @ 20000");
      broker.fillRows.push(
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000"),
        historyFill(desk, 3_590, "2", "b", "buy 1 @ 20000"),
      );
      broker.positionRows = [positionRow(desk, 2, 20_000)];
      clock.turnTo(3_700);
      const report = await reconciler.sync(desk.account, { heal: "nothing" });
      const kinds = report.differences.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "missing_fill")).toHaveLength(1);
      expect(report.run.differences).toBe(kinds.length);
      expect(report.intents).toEqual([]);
      expect(await orders.intents(desk.account)).toMatchObject([{ state: "unknown" }]);
    });

    it("looks further back, once, where the balance differs and no newer row says why", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { reconciler } = desk.blotter;
      const day = 86_400;
      const early = [
        historyFill(desk, 1, "1", "a", "buy 1 @ 20000"),
        historyFill(desk, 2, "2", "b", "sell 1 @ 20001"),
      ];
      broker.fillRows.push(...early);
      const worth = (balance: number) => {
        broker.balances = broker.balances.map((row) => ({ ...row, balance }));
      };
      worth(50_000 + 2 - 2 * 0.61);
      clock.turnTo(9 * day);
      expect((await reconciler.sync(desk.account)).run.differences).toBe(0);
      // The broker busts both, nine days later.
      broker.fillRows.splice(0, 2, ...early.map((row) => ({ ...row, voided: true })));
      worth(50_000);
      clock.turnTo(9 * day + 60);
      const healed = await reconciler.sync(desk.account);
      expect(healed.differences.map(({ kind, healed: done }) => [kind, done])).toEqual([
        ["voided_fill", true],
        ["voided_fill", true],
      ]);
      expect(await told(desk)).toEqual([]);
      // A difference that nothing explains is looked into once, not at each comparison.
      worth(50_000.5);
      const asked = async () => {
        broker.asked.length = 0;
        await reconciler.sync(desk.account);
        return Math.min(...broker.asked.map(([from]) => from));
      };
      const [deep, shallow] = [await asked(), await asked()];
      expect(shallow - deep).toBe(30 * day * 1_000_000);
    });

    it("asks again for the fills that opened what is held: the broker may restate them", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { reconciler, accounts } = desk.blotter;
      const worth = (balance: number) => {
        broker.balances = broker.balances.map((row) => ({ ...row, balance }));
      };
      // History from before the account was taken over is in its balance, and was not missed.
      await accounts.adopt({ account: desk.account, at: secondsAfterOpen(0), balance: 50_000 });
      broker.fillRows.push(
        historyFill(desk, -10, "1", "x", "buy 1 @ 19000"),
        historyFill(desk, -9, "2", "y", "sell 1 @ 19000"),
        historyFill(desk, 1, "3", "a", "buy 1 @ 20000"),
      );
      broker.positionRows = [positionRow(desk, 1, 20_000)];
      worth(50_000 - 0.61);
      clock.turnTo(9 * 86_400);
      expect((await reconciler.sync(desk.account)).differences).toEqual([]);
      broker.fillRows.pop();
      broker.fillRows.push(historyFill(desk, 1, "3", "a", "buy 1 @ 20000.25"));
      clock.turnTo(9 * 86_400 + 60);
      const { differences } = await reconciler.sync(desk.account);
      expect(differences).toMatchObject([
        {
          kind: "conflicting_fill",
          subject: "3",
          ours: expect.stringMatching(/"price":20000[,}]/),
          healed: true,
        },
      ]);
      expect((await reconciler.sync(desk.account)).differences).toEqual([]);
    });

    it("finds a submitted order by its tag, and one the broker never heard of was never sent", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { orders, reconciler } = desk.blotter;
      const intent = {
        accountId: desk.account,
        contract: "MNQU26",
        side: "buy" as const,
        orderType: "market" as const,
        quantity: 1,
      };
      const lost = async () => {
        throw new Error("socket hang up");
      };
      await orders.submit({ ...intent, customTag: "heard" }, lost);
      await orders.submit({ ...intent, customTag: "lost" }, lost);
      broker.orderRows.push({
        ...intent,
        orderId: "501",
        status: "filled",
        customTag: "heard",
        createdAt: secondsAfterOpen(3_601),
      });
      broker.fillRows.push(historyFill(desk, 3_602, "1", "501", "buy 1 @ 20000"));
      clock.turnTo(3_610);
      const soon = await reconciler.sync(desk.account);
      expect(soon.intents.map((row) => [row.customTag, row.state])).toEqual([
        ["heard", "accepted"],
      ]);
      clock.turnTo(3_700);
      const later = await reconciler.sync(desk.account);
      expect(later.intents.map((row) => [row.customTag, row.state])).toEqual([
        ["lost", "never_sent"],
      ]);
      expect(await desk.net()).toBe(1);
    });
  });
}

function positionRow(desk: Desk, quantity: number, averagePrice: number, at = 1) {
  return {
    accountId: desk.account,
    contract: "MNQU26",
    side: "LONG" as const,
    quantity,
    averagePrice,
    openedAt: secondsAfterOpen(at),
    brokerPositionId: "9",
  };
}

/** A position that no fill explains: flagged, explained when asked to, withdrawn when real fills come. */
export function describeExplanations(subject: Subject): void {
  const synthetic = async (desk: Desk) => {
    const fills = await desk.blotter.orders.fills({ account: desk.account });
    return fills.filter((fill) => fill.origin === "synthetic").map((fill) => fill.quantity);
  };

  describe("a position that no fill explains", () => {
    it("is flagged, and explained by a synthetic fill only when asked to", async () => {
      const { desk, broker } = await deskWithBroker(subject().blotter);
      const { reconciler, trades } = desk.blotter;
      broker.positionRows = [positionRow(desk, 3, 20_000.123)];
      const flagged = await reconciler.sync(desk.account);
      expect(flagged.differences).toMatchObject([{ kind: "position", healed: false }]);
      expect(await synthetic(desk)).toEqual([]);
      const explained = await reconciler.sync(desk.account, { heal: "everything" });
      expect(explained.differences).toMatchObject([{ kind: "position", healed: true }]);
      expect(await synthetic(desk)).toEqual([3]);
      expect(await desk.net()).toBe(3);
      const [fill] = await desk.blotter.orders.fills({ account: desk.account });
      expect(fill).toMatchObject({ price: 20_000_123_000_000, commission: null, fee: null });
      expect(fill?.fillId).toMatch(/^synthetic-[0-9a-f]{16}$/);
      const [order] = await desk.blotter.orders.orders({ account: desk.account });
      const [position] = await desk.blotter.positions.open({ account: desk.account });
      expect(order && plainOrder(order)).toMatchObject({ origin: "synthetic" });
      expect(position && plainPosition(position)).toMatchObject({ origin: "synthetic" });
      const again = await reconciler.sync(desk.account, { heal: "everything" });
      expect(again.differences).toEqual([]);
      expect(await synthetic(desk)).toEqual([3]);
      expect(await trades.verify(desk.account)).toEqual([]);
    });

    it("gives way as its real fills come, in any order, and leaves no trace in the books", async () => {
      const { desk, broker, clock } = await deskWithBroker(subject().blotter);
      const { reconciler, orders, trades } = desk.blotter;
      broker.positionRows = [positionRow(desk, 3, 20_000)];
      await reconciler.sync(desk.account, { heal: "everything" });
      clock.turnTo(4_000);
      await desk.fill(3_900, "9", "z", "sell 1 @ 20010");
      expect(await desk.net()).toBe(2);
      await desk.fill(20, "2", "b", "buy 2 @ 20001");
      expect(await synthetic(desk)).toEqual([1]);
      expect(await desk.net()).toBe(2);
      expect(await trades.verify(desk.account)).toEqual([]);
      await desk.blotter.intake.handle({
        kind: "fill",
        input: historyFill(desk, 10, "1", "a", "buy 1 @ 20000"),
      });
      expect(await synthetic(desk)).toEqual([]);
      expect(await desk.net()).toBe(2);
      expect(await told(desk)).toEqual(["1 BUY 1", "2 BUY 2", "9 SELL 1"]);
      const all = await orders.orders({ account: desk.account });
      expect(all.map((order) => order.orderId).sort()).toEqual(["a", "b", "z"]);
      expect(await trades.verify(desk.account)).toEqual([]);
      const [row] = await desk.blotter.store.read((r) => r.explanations.list(desk.account));
      expect(row).toMatchObject({ missing: 0 });
      expect(row?.explainedAt).not.toBeNull();
    });

    it("that the broker has closed is left for a person: its price is unknown", async () => {
      const { desk } = await deskWithBroker(subject().blotter);
      await desk.fill(1, "1", "a", "buy 2 @ 20000");
      const report = await desk.blotter.reconciler.sync(desk.account, { heal: "everything" });
      const position = report.differences.find(({ kind }) => kind === "position");
      expect(position).toMatchObject({ healed: false });
      expect(position?.remedy).toMatch(/price is unknown/);
      expect(await desk.net()).toBe(2);
    });

    it("of a contract that has ended is closed by its settlement, once", async () => {
      const { desk } = await deskWithBroker(subject().blotter);
      const { orders, trades } = desk.blotter;
      await desk.fill(1, "1", "a", "sell 2 @ 20000", { fee: 0, commission: 0 });
      const settlement = {
        accountId: desk.account,
        contract: "MNQU26",
        price: "19990.13",
        at: "2026-09-18T13:30:00Z",
      };
      expect(await orders.settleContract(settlement)).toMatchObject({ outcome: "recorded" });
      expect(await orders.settleContract(settlement)).toMatchObject({ outcome: "known" });
      expect(await desk.net()).toBe(0);
      const [trade] = await trades.trades({ account: desk.account });
      expect(trade && moneyToNumber(trade.grossPnl)).toBe(39.48);
      expect(trade?.exitOrderId).toBe("settlement-MNQU26");
      const other = { ...settlement, contract: "MESU26" };
      await expect(orders.settleContract(other)).rejects.toMatchObject({ code: "invalid" });
      expect(await trades.verify(desk.account)).toEqual([]);
    });
  });
}
