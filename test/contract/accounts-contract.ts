import { describe, expect, it } from "vitest";
import type { AccountId } from "../../src/domain/ids.js";
import { formatMoney, type Money } from "../../src/domain/money.js";
import { snapshotDay } from "../../src/domain/snapshot.js";
import type { Blotter } from "../../src/index.js";
import { describeDayValues } from "./day-values-contract.js";
import { freshAccount } from "./fresh-account.js";
import type { Subject } from "./subject.js";

const dollars = (amount: Money | null): string | null =>
  amount === null ? null : formatMoney(amount);

let traded = 0;

/** Buys and sells one MNQ, one point (two dollars) apart for each point won; 1 dollar of costs a side. */
export async function win(
  { orders }: Blotter,
  accountId: AccountId,
  at: string,
  points: number,
): Promise<string> {
  traded += 1;
  const id = `${traded}`;
  const fill = { accountId, contract: "MNQU26", quantity: 1, executedAt: at };
  const costs = { commission: 0.4, fee: 0.6 };
  const [entry, exit] = [`${id}1`, `${id}2`];
  await orders.recordFill({
    ...fill,
    ...costs,
    fillId: entry,
    orderId: entry,
    side: "BUY",
    price: 21_000,
  });
  await orders.recordFill({
    ...fill,
    ...costs,
    fillId: exit,
    orderId: exit,
    side: "SELL",
    price: 21_000 + points,
  });
  return exit;
}

/** Day, balance, highest end-of-day balance and cash of each end of a day. */
export async function endsOf({ accounts }: Blotter, account: string, epoch?: number | "all") {
  const filter = { account, type: "eod" as const, ...(epoch !== undefined && { epoch }) };
  const rows = await accounts.snapshots(filter);
  return rows.map((row) => [
    snapshotDay(row),
    dollars(row.balance),
    dollars(row.highestEodBalance),
    dollars(row.cash),
  ]);
}

export function describeAccounts(subject: Subject): void {
  describeDayValues(subject);

  describe("the account's history", () => {
    it("is a row for each day with activity, which a late fill, a void and a payout restate", async () => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      await win(blotter, account, "2026-03-02T15:00:00Z", 100);
      await win(blotter, account, "2026-03-04T15:00:00Z", -51);
      expect(await endsOf(blotter, account)).toEqual([
        ["2026-03-02", "50198", "50198", "0"],
        ["2026-03-04", "50094", "50198", "0"],
      ]);
      const late = await win(blotter, account, "2026-03-03T15:00:00Z", 20);
      const payout = { account, type: "payout" as const, amount: 1_000 };
      await blotter.accounts.recordCash({ ...payout, at: "2026-03-03T16:00:00Z" });
      expect(await endsOf(blotter, account)).toEqual([
        ["2026-03-02", "50198", "50198", "0"],
        ["2026-03-03", "49236", "50198", "-1000"],
        ["2026-03-04", "49132", "50198", "-1000"],
      ]);
      await blotter.orders.voidFill({ accountId: account, fillId: late });
      expect((await endsOf(blotter, account)).map(([, balance]) => balance)).toEqual([
        "50198",
        "49197",
        "49093",
      ]);
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("counts a movement once, keeps a void one on record, and refuses other facts of its id", async () => {
      const { blotter } = subject();
      const { accounts } = blotter;
      const account = await freshAccount(blotter);
      const deposit = {
        account,
        type: "deposit" as const,
        amount: "0.01",
        at: "2026-03-02T15:00:00Z",
      };
      const first = await accounts.recordCash(deposit);
      const again = await accounts.recordCash({ ...deposit, amount: 0.01, reason: "told twice" });
      expect([first.outcome, again.outcome]).toEqual(["recorded", "known"]);
      expect(again.movement).toEqual(first.movement);
      const { movementId } = first.movement;
      await expect(
        accounts.recordCash({ ...deposit, movementId, amount: 1 }),
      ).rejects.toMatchObject({ code: "conflict" });
      expect(dollars((await accounts.summary(account)).balance)).toBe("50000.01");
      const gone = await accounts.voidCash(account, movementId, "not ours");
      expect([gone.outcome, gone.movement.voidReason]).toEqual(["voided", "not ours"]);
      expect((await accounts.voidCash(account, movementId)).outcome).toBe("known");
      expect((await accounts.recordCash(deposit)).outcome).toBe("known");
      expect(dollars((await accounts.summary(account)).balance)).toBe("50000");
      expect(await accounts.cash({ account })).toEqual([]);
      expect(await accounts.cash({ account }, true)).toEqual([gone.movement]);
      await expect(accounts.voidCash(account, "none")).rejects.toMatchObject({ code: "not_found" });
    });

    it("begins a new epoch with a reset in the middle of a day, and keeps the old one readable", async () => {
      const { blotter } = subject();
      const { accounts } = blotter;
      const account = await freshAccount(blotter);
      await win(blotter, account, "2026-03-02T15:00:00Z", 100);
      await win(blotter, account, "2026-03-03T15:00:00Z", -200);
      await win(blotter, account, "2026-03-03T18:00:00Z", 10);
      await accounts.recordCash({ account, type: "reset", at: "2026-03-03T16:00:00Z" });
      expect(await endsOf(blotter, account)).toEqual([["2026-03-03", "50018", "50018", "0"]]);
      expect((await endsOf(blotter, account, 0))[0]).toEqual(["2026-03-02", "50198", "50198", "0"]);
      const { balance, totals, epoch } = await accounts.summary(account);
      expect([dollars(balance), dollars(totals.netPnl), epoch.kind]).toEqual([
        "50018",
        "18",
        "reset",
      ]);
      const before = await accounts.days(account, 0);
      expect(before.map((day) => [day.tradingDay, dollars(day.netPnl)])).toEqual([
        ["2026-03-02", "198"],
        ["2026-03-03", "-402"],
      ]);
      expect(await accounts.days(account, "all")).toHaveLength(2);
      await expect(accounts.days(account, 2)).rejects.toMatchObject({ code: "invalid" });
      // Late, into the old epoch and into the new one.
      await win(blotter, account, "2026-03-03T15:30:00Z", 1_000);
      expect((await endsOf(blotter, account))[0]?.[1]).toBe("50018");
      await win(blotter, account, "2026-03-03T17:00:00Z", 5);
      expect((await endsOf(blotter, account))[0]?.[1]).toBe("50026");
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("closes a day once, tells of it, and says so when a late fill restates it", async () => {
      const { blotter } = subject();
      const { accounts, events } = blotter;
      const account = await freshAccount(blotter);
      const heard: string[] = [];
      const hearing = events.subscribe(`days of ${account}`, (event) => {
        const days = event.type === "day.closed" || event.type === "day.restated";
        if (!days || event.accountId !== account) return;
        heard.push(`${event.type} ${event.payload.tradingDay} ${event.payload.balance}`);
      });
      await win(blotter, account, "2026-03-02T15:00:00Z", 100);
      const closed = await accounts.closeDay(account, "2026-03-02");
      const again = await accounts.closeDay(account, "2026-03-02");
      const quiet = await accounts.closeDay(account, "2026-03-03");
      expect([closed, again, quiet].map((done) => done.outcome)).toEqual([
        "recorded",
        "known",
        "recorded",
      ]);
      expect(again.snapshot).toEqual(closed.snapshot);
      expect(dollars(quiet.snapshot.balance)).toBe("50198");
      await win(blotter, account, "2026-03-02T16:00:00Z", 1);
      await events.drain();
      await hearing.unsubscribe();
      expect(heard.slice(0, 2)).toEqual([
        "day.closed 2026-03-02 50198",
        "day.closed 2026-03-03 50198",
      ]);
      expect(heard.slice(-2)).toEqual([
        "day.restated 2026-03-02 50198",
        "day.restated 2026-03-03 50198",
      ]);
      await expect(accounts.closeDay(account, "2999-01-04")).rejects.toThrow(/is not over/);
      expect(await blotter.trades.verify(account)).toEqual([]);
      await blotter.trades.rebuild(account);
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("keeps what was open at the ends of days, also when it changes late", async () => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      const fill = { accountId: account, contract: "MNQU26", quantity: 2 };
      const at = (day: number) => `2026-03-0${day}T15:00:00Z`;
      const record = (id: string, side: "BUY" | "SELL", day: number, price: number, more = {}) =>
        blotter.orders.recordFill({
          ...fill,
          side,
          price,
          fillId: id,
          orderId: id,
          executedAt: at(day),
          ...more,
        });
      await record("1", "BUY", 2, 21_000);
      await record("3", "SELL", 4, 21_010);
      await record("4", "BUY", 5, 21_020);
      const held = async () =>
        (await blotter.accounts.positionSnapshots({ account })).map((row) => [
          snapshotDay({ at: row.at, type: "eod" }),
          row.side,
          row.quantity,
          row.entryPrice / 1e9,
        ]);
      // Wednesday is over since Thursday's fill; it ended flat.
      expect(await held()).toEqual([["2026-03-02", "LONG", 2, 21_000]]);
      await record("2", "BUY", 3, 21_006, { quantity: 1 });
      expect(await held()).toEqual([
        ["2026-03-02", "LONG", 2, 21_000],
        ["2026-03-03", "LONG", 3, 21_002],
        ["2026-03-04", "LONG", 1, 21_006],
      ]);
      await blotter.accounts.closeDay(account, "2026-03-05");
      expect((await held()).at(-1)).toEqual(["2026-03-05", "LONG", 3, 21_015.333333333]);
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("tells when the broker's balance drifts by a cent, and keeps no equal reports", async () => {
      const { blotter } = subject();
      const { accounts, events } = blotter;
      const account = await freshAccount(blotter);
      const drifts: unknown[] = [];
      const hearing = events.subscribe(`drift of ${account}`, (event) => {
        if (event.type === "account.drift" && event.accountId === account) {
          drifts.push(event.payload.drift);
        }
      });
      const reports = ["50000.009999", "50000.01", 50_000.01, "49999.5", "50000"];
      for (const balance of reports) await accounts.report(account, { balance, canTrade: null });
      await events.drain();
      await hearing.unsubscribe();
      expect(drifts).toEqual([0.01, -0.5, 0]);
      const kept = await accounts.snapshots({ account, type: "intraday" });
      expect(kept.map((row) => dollars(row.brokerBalance))).toEqual([
        "50000.009999",
        "50000.01",
        "49999.5",
        "50000",
      ]);
      expect((await accounts.summary(account)).lastReport).toEqual(kept.at(-1));
    });

    it("observes a moment of the past as it then was, once", async () => {
      const { blotter } = subject();
      const { accounts } = blotter;
      const account = await freshAccount(blotter);
      await win(blotter, account, "2026-03-02T15:00:00Z", 100);
      await win(blotter, account, "2026-03-02T15:00:01Z", 1);
      const moment = { account, at: "2026-03-02T15:00:00Z", brokerBalance: 50_200 };
      const seen = await accounts.recordSnapshot(moment);
      expect([dollars(seen.balance), dollars(seen.drift), seen.type]).toEqual([
        "50198",
        "2",
        "manual",
      ]);
      expect(await accounts.recordSnapshot(moment)).toEqual(seen);
      await expect(accounts.recordSnapshot({ ...moment, brokerBalance: 1 })).rejects.toMatchObject({
        code: "conflict",
      });
    });
  });
}
