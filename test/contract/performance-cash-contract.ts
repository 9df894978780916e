import { describe, expect, it } from "vitest";
import type { Blotter, CashInput, PerformanceSummary } from "../../src/index.js";
import { win } from "./accounts-contract.js";
import { freshAccount } from "./fresh-account.js";
import type { Subject } from "./subject.js";

const usd = (dollars: number) => Math.round(dollars * 1e6);

/** Opened with $50,000. Days of +$98, -$22 and +$48, net of $2 a trade. */
async function tradedAccount(blotter: Blotter) {
  const account = await freshAccount(blotter);
  await win(blotter, account, "2026-03-02T15:00:00Z", 50);
  await win(blotter, account, "2026-03-04T15:00:00Z", -10);
  await win(blotter, account, "2026-03-06T15:00:00Z", 25);
  return account;
}

const curveOf = async ({ performance }: Blotter, accounts: readonly string[]) =>
  (await performance.equity({ accounts })).points.map(({ tradingDay, netPnl, cash, balance }) => [
    tradingDay.slice(5),
    ...[netPnl, cash, balance].map((amount) => amount / 1e6),
  ]);

/** Summary and curve end where the accounts stand. */
async function expectBalance(blotter: Blotter, accounts: readonly string[]) {
  let balance = 0;
  for (const account of accounts) balance += (await blotter.accounts.summary(account)).balance;
  const { endingBalance } = await blotter.performance.summary({ accounts });
  const { points, startingBalance } = await blotter.performance.equity({ accounts });
  expect([endingBalance, points.at(-1)?.balance ?? startingBalance]).toEqual([balance, balance]);
}

/** What cash must leave alone. */
const results = ({
  trades,
  days,
  ledgerNet,
  maxDrawdown,
  currentDrawdown,
}: PerformanceSummary) => ({
  trades,
  ledgerNet,
  counted: [days.days, days.winningDays, days.losingDays, days.flatDays, days.meanDay],
  falls: [maxDrawdown, currentDrawdown].map((fall) => fall && [fall.depth, fall.length]),
});

export function describePerformanceWithCash(subject: Subject): void {
  describe("cash in the performance", () => {
    it("moves the balance on its day, and neither profit nor loss nor drawdown", async () => {
      const { blotter } = subject();
      const account = await tradedAccount(blotter);
      const summary = async () => blotter.performance.summary({ accounts: [account] });
      const before = await summary();
      const cash = (type: CashInput["type"], amount: number, at: string) =>
        blotter.accounts.recordCash({ account, type, amount, at });
      await cash("payout", 200, "2026-03-03T15:00:00Z");
      await cash("adjustment", -5, "2026-03-04T18:00:00Z");
      await cash("deposit", 50, "2026-03-09T15:00:00Z");
      const mistaken = await cash("payout", 300, "2026-03-10T15:00:00Z");
      const { movementId } = mistaken.movement;
      await blotter.accounts.voidCash(account, movementId, "told of another account");
      expect(await curveOf(blotter, [account])).toEqual([
        ["03-02", 98, 0, 50_098],
        ["03-03", 0, -200, 49_898],
        ["03-04", -22, -5, 49_871],
        ["03-06", 48, 0, 49_919],
        ["03-09", 0, 50, 49_969],
      ]);
      await expectBalance(blotter, [account]);
      const after = await summary();
      expect(results(after)).toEqual(results(before));
      expect([after.cash, before.cash]).toEqual([usd(-155), 0]);
      expect([after.firstDay, after.lastDay]).toEqual(["2026-03-02", "2026-03-09"]);
      const { underwater } = await blotter.performance.drawdown({ accounts: [account] });
      expect(underwater.map(({ depth }) => depth / 1e6)).toEqual([0, 0, -22, 0, 0]);
      const late = await blotter.performance.equity({ accounts: [account], from: "2026-03-04" });
      expect([late.startingBalance, late.points.length]).toEqual([usd(49_898), 3]);
      const early = await blotter.performance.summary({ accounts: [account], to: "2026-03-03" });
      expect([early.endingBalance, early.lastDay]).toEqual([usd(50_098), "2026-03-02"]);
      const days = await blotter.performance.calendar({ accounts: [account] });
      expect(days.map(({ ledgerNet }) => ledgerNet)).toEqual([98, -22, 48].map(usd));
    });

    it("a return is measured by the balance after the cash of the days before it", async () => {
      const { blotter } = subject();
      const account = await tradedAccount(blotter);
      await blotter.accounts.recordCash({
        account,
        type: "payout",
        amount: 49_878,
        at: "2026-03-03T15:00:00Z",
      });
      const { days } = await blotter.performance.summary({ accounts: [account] });
      // 98 of 50,000, -22 of 220, 48 of 198.
      const growth = (1 + 98 / 50_000) * (1 - 22 / 220) * (1 + 48 / 198);
      expect((days.cagr ?? 0) / (growth ** (252 / 3) - 1)).toBeCloseTo(1, 9);
    });

    it("begins with an adoption, and with each reset anew", async () => {
      const { blotter } = subject();
      const { accounts } = blotter;
      const account = await tradedAccount(blotter);
      const other = await tradedAccount(blotter);
      await accounts.recordCash({ account, type: "payout", amount: 9, at: "2026-03-01T15:00:00Z" });
      await accounts.adopt({ account, at: "2026-03-04T12:00:00Z", balance: 300 });
      expect(await curveOf(blotter, [account])).toEqual([
        ["03-04", -22, 0, 278],
        ["03-06", 48, 0, 326],
      ]);
      await expectBalance(blotter, [account]);
      // The result of the 6th is older than the reset, the one of the 6th at 18:00 is not.
      await win(blotter, account, "2026-03-06T18:00:00Z", 2);
      await accounts.recordCash({
        account,
        type: "deposit",
        amount: 7,
        at: "2026-03-06T15:30:00Z",
      });
      const reset = { account, type: "reset", amount: 1_000 } as const;
      await accounts.recordCash({ ...reset, at: "2026-03-06T16:00:00Z" });
      await accounts.recordCash({
        account,
        type: "payout",
        amount: 100,
        at: "2026-03-06T19:00:00Z",
      });
      expect(await curveOf(blotter, [account])).toEqual([
        ["03-04", -22, 0, 278],
        ["03-06", 50, 574, 902],
      ]);
      await expectBalance(blotter, [account]);
      await accounts.recordCash({ ...reset, amount: 250, at: "2026-03-08T16:00:00Z" });
      await expectBalance(blotter, [account]);
      await expectBalance(blotter, [account, other]);
      const { startingBalance } = await blotter.performance.summary({
        accounts: [account],
        sides: ["LONG"],
      });
      expect(startingBalance).toBe(usd(300));
    });

    it("is shown of an account that never traded", async () => {
      const { blotter } = subject();
      const account = await freshAccount(blotter);
      await blotter.accounts.recordCash({
        account,
        type: "deposit",
        amount: 25,
        at: "2026-03-03T15:00:00Z",
      });
      expect(await curveOf(blotter, [account])).toEqual([["03-03", 0, 25, 50_025]]);
      await expectBalance(blotter, [account]);
      const { days, maxDrawdown } = await blotter.performance.summary({ accounts: [account] });
      expect([days.days, days.cagr, maxDrawdown]).toEqual([0, null, null]);
    });
  });
}
