import { describe, expect, it } from "vitest";
import type { AdoptionInput } from "../../src/domain/adoption.js";
import { formatMoney } from "../../src/domain/money.js";
import { endsOf, win } from "./accounts-contract.js";
import { freshAccount } from "./fresh-account.js";
import type { Subject } from "./subject.js";

export function describeAdoption(subject: Subject): void {
  describe("an adopted account", () => {
    const adoption = (account: string, more: Partial<AdoptionInput> = {}): AdoptionInput => ({
      account,
      at: "2026-03-03T16:00:00Z",
      balance: 52_000,
      highestEodBalance: 52_500,
      ...more,
    });

    it("begins with what it was told; fills before are history, in any order", async () => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      await win(blotter, account, "2026-03-02T15:00:00Z", 100);
      await win(blotter, account, "2026-03-04T15:00:00Z", 10);
      await blotter.accounts.adopt(adoption(account));
      const late = await blotter.orders.recordFill({
        accountId: account,
        fillId: "late",
        orderId: "late",
        contract: "MNQU26",
        side: "BUY",
        quantity: 5,
        price: 20_000,
        executedAt: "2026-03-03T15:59:59.999999Z",
      });
      expect([late.outcome, late.fill?.state, late.position]).toEqual(["held", "held", null]);
      await win(blotter, account, "2026-03-03T16:00:00Z", 1);
      expect(await endsOf(blotter, account)).toEqual([
        ["2026-03-03", "52000", "52500", "0"],
        ["2026-03-04", "52018", "52500", "0"],
      ]);
      const { epoch, totals, openPositions } = await blotter.accounts.summary(account);
      expect([epoch.kind, totals.fillCount, openPositions]).toEqual(["adopted", 4, 0]);
      expect(await blotter.orders.fills({ account }, true)).toHaveLength(7);
      // The broker filled it as far as our fills explain: they are kept.
      expect(await blotter.orders.ordersWithMissingFills(account)).toEqual([]);
      expect(await blotter.trades.verify(account)).toEqual([]);
      await blotter.trades.rebuild(account);
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("closes its open lots by later fills, with costs that are not known", async () => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      const lot = { contract: "MNQU26", side: "BUY" as const, quantity: 2 };
      await blotter.accounts.adopt(
        adoption(account, {
          openLots: [
            { ...lot, price: "21000.333333333", openedAt: "2026-03-02T15:00:00Z" },
            { ...lot, quantity: 1, price: 21_010 },
          ],
        }),
      );
      await blotter.orders.recordFill({
        accountId: account,
        fillId: "exit",
        orderId: "exit",
        contract: "MNQU26",
        side: "SELL",
        quantity: 2,
        price: 21_001,
        commission: 0.5,
        fee: 0.5,
        executedAt: "2026-03-03T17:00:00Z",
      });
      const [trade] = await blotter.trades.trades({ account });
      expect(trade?.costsKnown).toBe(false);
      expect(trade && formatMoney(trade.grossPnl)).toBe("2.666667");
      const fills = await blotter.orders.fills({ account });
      expect(fills.map((fill) => [fill.origin, fill.commission, fill.state])).toEqual([
        ["adopted", null, "booked"],
        ["adopted", null, "booked"],
        ["broker", 500_000, "booked"],
      ]);
      const { balance } = await blotter.accounts.summary(account);
      expect(formatMoney(balance)).toBe("52001.666667");
      expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(1);
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("is adopted once with the same facts; others conflict, unless they correct", async () => {
      const { blotter } = subject();
      const { accounts } = blotter;
      const account = await freshAccount(blotter);
      await win(blotter, account, "2026-03-02T15:00:00Z", 100);
      const lot = { contract: "MNQU26", side: "BUY" as const, quantity: 1, price: 21_000 };
      const first = await accounts.adopt(adoption(account, { openLots: [lot] }));
      const again = await accounts.adopt(adoption(account, { openLots: [lot], reason: "again" }));
      expect([first.outcome, again.outcome]).toEqual(["recorded", "known"]);
      expect(again.adoption).toEqual(first.adoption);
      const other = adoption(account, { at: "2026-03-01T16:00:00Z", balance: 49_000 });
      await expect(accounts.adopt(other)).rejects.toMatchObject({ code: "conflict" });
      expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(1);
      const corrected = await accounts.adopt({ ...other, correct: true });
      expect([corrected.outcome, corrected.adoption.revision]).toEqual(["corrected", 1]);
      // The lot is gone, and Monday's fills count now.
      expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(0);
      expect((await endsOf(blotter, account)).at(-1)?.[1]).toBe("49198");
      const back = await accounts.adopt({
        ...adoption(account, { openLots: [lot] }),
        correct: true,
      });
      expect(back.adoption.revision).toBe(2);
      expect(await blotter.positions.netQuantity(account, "MNQU26")).toBe(1);
      expect(await blotter.trades.verify(account)).toEqual([]);
    });

    it("takes no cash from before, and does not know a highest balance that nobody told", async () => {
      const { blotter } = subject();
      const { accounts } = blotter;
      const account = await freshAccount(blotter);
      const payout = { account, type: "payout" as const, amount: 500 };
      await accounts.recordCash({ ...payout, at: "2026-03-03T15:00:00Z" });
      await accounts.recordCash({ ...payout, at: "2026-03-03T16:00:00Z" });
      await accounts.adopt(adoption(account, { highestEodBalance: null }));
      expect(await endsOf(blotter, account)).toEqual([["2026-03-03", "51500", null, "-500"]]);
      expect((await accounts.summary(account)).highestEodBalance).toBeNull();
      await expect(accounts.closeDay(account, "2026-03-02")).rejects.toThrow(/lies before/);
      await expect(
        accounts.recordSnapshot({ account, at: "2026-03-03T15:00:00Z" }),
      ).rejects.toThrow(/begin at 2026-03-03T16:00:00Z/);
    });

    it.each([
      [{ balance: "much" }, /balance/],
      [{ payouts: { count: -1, total: 0 } }, /number of payouts/],
      [
        {
          openLots: [
            {
              contract: "MNQU26",
              side: "BUY" as const,
              quantity: 1,
              price: 1,
              openedAt: "2026-03-03T16:00:00Z",
            },
          ],
        },
        /older than the adoption/,
      ],
    ])("is refused for %j", async (more, message) => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      await expect(blotter.accounts.adopt(adoption(account, more))).rejects.toThrow(message);
    });
  });
}
