import { describe, expect, it } from "vitest";
import { fillId } from "../../src/domain/ids.js";
import { type Blotter, type RecordedEvent } from "../../src/index.js";
import { Desk } from "./desk.js";
import { money } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

const FROM = "2026-08-01";

export function describeModelledCosts(subject: Subject): void {
  describe("a fee table", () => {
    it("that an account asks for models what the broker does not tell, and is marked", async () => {
      const { desk, broker } = await deskWithFees(subject().blotter);
      await desk.blotter.fees.use(desk.account, broker);
      await desk.fill(1, "1", "in", "buy 2 @ 20000");
      const closed = await desk.fill(2, "2", "out", "sell 2 @ 20010", { commission: 1, fee: 1 });
      expect(closed).toMatchObject({
        fill: {
          commission: money("1"),
          modelledCommission: money("0.5"),
          modelledFee: money("0.72"),
        },
        trades: [
          {
            grossPnl: money("40"),
            commissions: money("1.5"),
            fees: money("1.72"),
            netPnl: money("36.78"),
            costsKnown: false,
            costsModelled: true,
          },
        ],
      });
      const [fill] = await desk.blotter.orders.fills({ account: desk.account });
      expect(fill).toMatchObject({ commission: null, modelledCommission: money("0.5"), fee: null });
      const [position] = await desk.blotter.positions.closed({ account: desk.account });
      expect(position).toMatchObject({ modelledMatches: 1, costsKnownMatches: 0 });
      expect(await desk.blotter.accounts.days(desk.account)).toMatchObject([
        { commissions: money("1.5"), fees: money("1.72"), unknownCostFills: 1 },
      ]);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("that nobody asked for models nothing", async () => {
      const { desk } = await deskWithFees(subject().blotter);
      const { fill } = await desk.fill(1, "1", "in", "buy 1 @ 20000");
      expect(fill).toMatchObject({ modelledCommission: null, modelledFee: null });
    });

    it("gives way to a true cost that comes late, which restates net and leaves a trace", async () => {
      const { desk, broker } = await deskWithFees(subject().blotter);
      await desk.blotter.fees.use(desk.account, broker);
      await desk.fill(1, "1", "in", "buy 1 @ 20000", { commission: 0, fee: 0 });
      expect(await desk.fill(2, "2", "out", "sell 1 @ 20010")).toMatchObject({
        trades: [{ netPnl: money("19.39"), costsKnown: false, costsModelled: true }],
      });
      const late = await desk.fill(2, "2", "out", "sell 1 @ 20010", {
        commission: "0.3",
        fee: "0.4",
      });
      expect(late).toMatchObject({
        outcome: "changed",
        fill: { commission: money("0.3"), modelledCommission: money("0.25") },
        trades: [{ netPnl: money("19.3"), costsKnown: true, costsModelled: false }],
      });
      const events = await eventsOf(desk);
      const restated = events.filter((event) => event.type === "fill.restated").at(-1);
      expect(restated?.payload).toMatchObject({ commission: 0.3, modelledCommission: 0.25 });
      const versions = await desk.blotter.store.read((repos) =>
        repos.fills.versions(desk.account, late.fill?.fillId ?? ("" as never), false),
      );
      expect(versions.map((version) => version.content.commission ?? null)).toEqual([
        null,
        money("0.3"),
      ]);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("of another firm costs a fill by the firm's rows, until the true cost comes", async () => {
      const desk = await Desk.open(subject().blotter);
      await desk.blotter.fees.use(desk.account, "lucid");
      const sold = "sell 2 @ 20010";
      await desk.fill(1, "1", "in", "buy 2 @ 20000", { commission: 0, fee: 0 });
      // 2 x 0.50, by rows that do not tell a fee beside it.
      expect(await desk.fill(2, "2", "out", sold)).toMatchObject({
        fill: { commission: null, modelledCommission: money("1"), modelledFee: null },
        trades: [{ netPnl: money("39"), costsKnown: false, costsModelled: true }],
      });
      const late = await desk.fill(2, "2", "out", sold, { commission: "1.1", fee: "0.7" });
      expect(late).toMatchObject({
        outcome: "changed",
        fill: { commission: money("1.1"), fee: money("0.7"), modelledCommission: money("1") },
        trades: [{ netPnl: money("38.2"), costsKnown: true, costsModelled: false }],
      });
      const versions = await desk.blotter.store.read((repos) =>
        repos.fills.versions(desk.account, fillId("2"), false),
      );
      expect(
        versions.map(({ content }) => [content.commission ?? null, content.fee ?? null]),
      ).toEqual([
        [null, null],
        [money("1.1"), money("0.7")],
      ]);
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("has entries for a type of accounts, which hold for accounts of that type alone", async () => {
      const { blotter } = subject();
      const { desk, broker } = await deskWithFees(blotter);
      const entry = { broker, root: "MNQ", validFrom: FROM, accountType: "funded" } as const;
      await blotter.fees.set({ ...entry, commissionPerSide: "0.5", feePerSide: "0.4" });
      for (const [accountType, commission, fee] of [
        ["practice", "0.25", "0.36"],
        ["evaluation", "0.25", "0.36"],
        ["funded", "0.5", "0.4"],
      ] as const) {
        const id = `${desk.account}-${accountType}`;
        const { accountId } = await blotter.accounts.open({ accountId: id, accountType });
        await blotter.fees.use(accountId, broker);
        const { fill } = await new Desk(blotter, accountId).fill(1, "1", "in", "buy 1 @ 20000");
        expect(fill).toMatchObject({
          modelledCommission: money(commission),
          modelledFee: money(fee),
        });
        const listed = await blotter.fees.list({ account: accountId });
        expect(listed.map((row) => row.accountType)).toEqual(
          accountType === "funded" ? [null, "funded"] : [null],
        );
        expect(await blotter.trades.verify(accountId)).toEqual([]);
      }
    });

    it("restates the fills so far when it is asked for, changed and given up", async () => {
      const { desk, broker } = await deskWithFees(subject().blotter);
      const { fees, trades } = desk.blotter;
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      await desk.fill(2, "2", "out", "sell 1 @ 20010");
      await desk.fill(3, "3", "in-2", "buy 1 @ 20010", { commission: 1, fee: 1 });
      const net = async () => (await trades.trades({ account: desk.account })).map((t) => t.netPnl);
      const account = { accounts: [desk.account] };

      expect(await fees.use(desk.account, broker)).toEqual({ ...account, fills: 3 });
      expect(await net()).toEqual([money("18.78")]);
      expect(await fees.use(desk.account, broker)).toEqual({ ...account, fills: 0 });
      const own = { broker, root: "MNQ", validFrom: "2026-08-19", account: desk.account };
      expect(await fees.set({ ...own, feePerSide: "1" })).toMatchObject({ ...account, fills: 3 });
      expect(await net()).toEqual([money("18")]);
      await fees.set({ ...own, validFrom: "2026-08-20", feePerSide: "5" });
      expect(await net()).toEqual([money("18")]);
      expect(await trades.verify(desk.account)).toEqual([]);
      const events = await eventsOf(desk);
      expect(events.some((event) => event.type === "trades.restated")).toBe(true);

      await fees.use(desk.account, null);
      expect(await net()).toEqual([money("20")]);
      const fills = await desk.blotter.orders.fills({ account: desk.account });
      expect(fills.map((fill) => fill.modelledFee)).toEqual([null, null, null]);
      expect(await trades.verify(desk.account)).toEqual([]);
    });

    it("follows a correction of quantity and instant, and void and held fills too", async () => {
      const { desk, broker } = await deskWithFees(subject().blotter);
      await desk.blotter.fees.use(desk.account, broker);
      await desk.fill(1, "1", "in", "buy 1 @ 20000");
      const corrected = await desk.correct("1", 1, { quantity: 3 });
      expect(corrected.fill?.modelledFee).toBe(money("1.08"));
      const earlier = await desk.correct("1", 2, { executedAt: "2026-07-31T15:00:00Z" });
      expect(earlier.fill?.modelledFee).toBe(null);
      await desk.fill(2, "2", "in", "buy 1 @ 20000");
      await desk.void("2");
      expect(await desk.blotter.trades.verify(desk.account)).toEqual([]);
    });

    it("has a damaged modelled cost named by verify, and mended by rebuild", async () => {
      const { desk, broker } = await deskWithFees(subject().blotter);
      const { store, trades } = desk.blotter;
      await desk.blotter.fees.use(desk.account, broker);
      const { fill } = await desk.fill(1, "1", "in", "buy 1 @ 20000");
      if (!fill) throw new Error("the fill is recorded");
      const damaged = { ...fill, modelledFee: money("9") };
      await store.write(desk.account, (repos) => repos.fills.update(damaged));
      const found = await trades.verify(desk.account);
      expect(found.map(({ table, key }) => `${table} ${key}`)).toContain("fills 1");
      await trades.rebuild(desk.account);
      expect(await trades.verify(desk.account)).toEqual([]);
      expect(await desk.blotter.orders.fills({ account: desk.account })).toEqual([fill]);
    });

    it("refuses a table, a root and an account that nobody has", async () => {
      const { desk, broker } = await deskWithFees(subject().blotter);
      const { fees } = desk.blotter;
      const entry = { broker, root: "MNQ", validFrom: FROM, feePerSide: 1 };
      await expect(fees.use(desk.account, "nobodys")).rejects.toThrow(/no fee table of "nobodys"/);
      await expect(fees.use("nobody", broker)).rejects.toMatchObject({ code: "not_found" });
      await expect(fees.set({ ...entry, root: "ZZZ" })).rejects.toThrow("no product has the root");
      await expect(fees.set({ ...entry, account: "nobody" })).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(fees.list({ account: desk.account })).rejects.toThrow("uses no fee table");
      await fees.use(desk.account, broker);
      const listed = await fees.list({ account: desk.account });
      expect(listed).toMatchObject([{ broker, root: "MNQ", feePerSide: money("0.36") }]);
    });
  });
}

/** An account, and a fee table of its own that it does not use yet: 0.25 and 0.36 for MNQ. */
async function deskWithFees(blotter: Blotter) {
  const desk = await Desk.open(blotter);
  const broker = `of-${desk.account}`;
  const figures = { commissionPerSide: "0.25", feePerSide: "0.36" };
  await blotter.fees.set({ broker, root: "MNQ", validFrom: FROM, ...figures });
  return { desk, broker };
}

function eventsOf({ blotter, account }: Desk): Promise<readonly RecordedEvent[]> {
  return blotter.store.read((repos) => repos.outbox.after(account, 0, 1_000));
}
