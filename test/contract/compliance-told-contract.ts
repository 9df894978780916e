import { describe, expect, it } from "vitest";
import type { AdoptionInput } from "../../src/domain/adoption.js";
import { formatInstant, type Instant } from "../../src/domain/instant.js";
import { freshAccount } from "./fresh-account.js";
import { figures, RiskDesk } from "./risk-desk.js";
import type { Subject } from "./subject.js";

const NOON = "2026-08-03T17:00:00Z";
const LATER = "2026-08-03T18:00:00Z";
const NEXT_DAY = "2026-08-03T22:00:00Z";

/** What a person told of the day in which an account was adopted. */
export function describeAdoptedDay(subject: Subject): void {
  describe("adopted in the middle of a day", () => {
    const at = "2026-08-03T14:30:00Z";
    const adopted = async (name: string, told: Partial<AdoptionInput>) => {
      const { blotter } = subject();
      const desk = new RiskDesk(blotter, await freshAccount(blotter));
      await blotter.rules.set(desk.account, { name });
      await blotter.accounts.adopt({ account: desk.account, at, balance: 49_100, ...told });
      return desk;
    };
    const room = async (desk: RiskDesk, when: string) => {
      const wish = { contract: "MNQU26", stopTicks: 20 };
      return (await desk.blotter.compliance.headroom(desk.account, wish, when)).contracts;
    };

    it("counts what was lost in that day before, when it is told how the day began", async () => {
      const desk = await adopted("topstep-combine-50k-dll", {
        startOfDayBalance: 50_000,
        highestEodBalance: 50_500,
      });
      const status = await desk.status("2026-08-03T14:31:00Z");
      expect(figures(status)).toMatchObject({ day: -900, used: 900, floor: 48_500 });
      expect(status.startOfDayBalance).toBe(50_000e6);
      // 20 ticks of MNQ are 10 dollars.
      expect(await room(desk, "2026-08-03T14:31:00Z")).toBe(9);
      await desk.trade(NOON, -100);
      // The buy that opens finds that 900 are 90 % of the limit.
      expect(await desk.keys()).toEqual([
        "2026-08-03:dll:warning:8000",
        "2026-08-03:dll:violation",
      ]);
      expect(figures(await desk.status(LATER))).toMatchObject({ used: 1_000, canTrade: false });
      expect(figures(await desk.status(NEXT_DAY))).toMatchObject({ used: 0, canTrade: true });
      expect(await desk.verify()).toEqual([]);
    });

    it("counts that day with its whole result, whichever the first fact after it, and lots from days before", async () => {
      const desk = await adopted("topstep-express-50k", {
        startOfDayBalance: 48_900,
        bestDay: 120,
        tradingDays: 3,
        winningDays: 2,
        payouts: { count: 0, total: 0 },
        openLots: [
          {
            contract: "MNQU26",
            side: "buy",
            quantity: 1,
            price: 20_000,
            openedAt: "2026-07-30T15:00:00Z",
          },
        ],
      });
      expect(figures(await desk.status(LATER))).toMatchObject({ day: 200, balance: 49_100 });
      await desk.fill("2026-08-05T15:00:00Z", "sell", 20_010);
      const status = await desk.status("2026-08-06T15:00:00Z");
      expect(status.days).toEqual({ trading: 5, winning: 3 });
      const [first] = await desk.days();
      expect(first?.tradingDay).toBe("2026-08-03");
      const last = (await desk.days()).at(-1)?.opening;
      expect(last?.cycle).toMatchObject({ bestDay: 200e6, tradingDays: 4, profit: 49_100e6 });
      const before = await desk.days();
      await desk.blotter.trades.rebuild(desk.account);
      expect(await desk.days()).toEqual(before);
      expect(await desk.verify()).toEqual([]);
    });

    it("has a floor that follows the highest equity it was told", async () => {
      const desk = await adopted("apex-legacy-50k", {
        highestEodBalance: 50_500,
        intradayPeak: 51_200,
        tradingDays: 2,
      });
      const { mll, untold } = await desk.status(LATER);
      expect([mll?.floor, untold]).toEqual([48_700e6, []]);
      await desk.trade(NOON, -400);
      expect(await desk.keys()).toContain("2026-08-03:mll:violation");
      expect(await desk.verify()).toEqual([]);
    });

    it("says what its rules need and nobody told, until it is corrected or over", async () => {
      const desk = await adopted("topstep-combine-50k-dll", {});
      const untold = async (when: string) => (await desk.status(when)).untold;
      expect(await untold(LATER)).toEqual([
        "startOfDayBalance",
        "highestEodBalance",
        "bestDay",
        "tradingDays",
      ]);
      expect(await untold(NEXT_DAY)).toEqual(["highestEodBalance", "bestDay", "tradingDays"]);
      const told = { highestEodBalance: 50_500, bestDay: 0, tradingDays: 1 };
      const again = { account: desk.account, at, balance: 49_100, ...told };
      const { adoption } = await desk.blotter.accounts.adopt({ ...again, correct: true });
      expect(adoption.before).toMatchObject({ startOfDayBalance: null, bestDay: 0 });
      expect(await untold(LATER)).toEqual(["startOfDayBalance"]);
      await desk.cash("2026-08-03T20:00:00Z", "reset", 50_000);
      expect(await untold("2026-08-03T20:00:00Z")).toEqual([]);
    });

    it.each([
      [{ startOfDayBalance: "many" }, /start of the day/],
      [{ at: "2026-08-02T22:00:00Z", startOfDayBalance: 50_000 }, /then is 49100, not 50000/],
      [{ highestEodBalance: 50_500, intradayPeak: 50_499.99 }, /peak 50499.99 is below the/],
      [{ bestDay: -0.01 }, /best day must be 0 or more, was -0.01/],
      [{ tradingDays: 1.5 }, /number of trading days/],
      [{ tradingDays: 1, winningDays: 2 }, /2 winning days are more than the 1 trading days/],
    ])("is refused for %j", async (told, message) => {
      await expect(adopted("none", told)).rejects.toThrow(message);
    });
  });
}

/** What the broker tells of the account itself. */
export function describeBrokersWord(subject: Subject): void {
  it("an account that the broker locks cannot trade until the broker lets it again", async () => {
    const desk = await RiskDesk.open(subject().blotter);
    const { blotter, account } = desk;
    const heard: unknown[] = [];
    const hearing = blotter.events.subscribe(
      `word of ${account}`,
      ({ type, accountId, payload }) => {
        if (accountId !== account || type !== "account.trading") return;
        heard.push(payload.brokerCanTrade);
      },
    );
    const now = async () => blotter.compliance.status(account);
    expect([(await now()).canTrade, (await now()).broker]).toEqual([true, null]);
    const words = [true, null, false, false, null, true, false];
    for (const canTrade of words)
      await blotter.accounts.report(account, { balance: null, canTrade });
    await blotter.accounts.report(account, { balance: 50_000, canTrade: false });
    const told = await blotter.accounts.snapshots({ account, type: "intraday" });
    expect(told.map((row) => [row.brokerCanTrade, row.brokerBalance])).toEqual([
      [true, null],
      [false, null],
      [true, null],
      [false, null],
      [false, 50_000e6],
    ]);
    const at = told[4]?.at ?? (0 as Instant);
    const reason = `the broker does not let the account trade, as it said at ${formatInstant(at)}`;
    expect(await now()).toMatchObject({ canTrade: false, reason, broker: { canTrade: false, at } });
    const wish = { contract: "MNQU26", stopTicks: 4 };
    expect(await blotter.compliance.headroom(account, wish)).toMatchObject({
      contracts: 0,
      limitedBy: "lock",
    });
    // As it was then.
    const [, , free] = told;
    expect((await desk.status(formatInstant(free?.at ?? at))).canTrade).toBe(true);
    await blotter.events.drain();
    await hearing.unsubscribe();
    expect(heard).toEqual([false, true, false]);
    // The new life of a reset account has no such word yet.
    await desk.cash(formatInstant((at + 1) as Instant), "reset", 50_000);
    expect(await now()).toMatchObject({ canTrade: true, broker: null });
    // The same word in it is a new one.
    await blotter.accounts.report(account, { balance: null, canTrade: false });
    expect(await now()).toMatchObject({ canTrade: false, broker: { canTrade: false } });
  });

  it("a broker's word that is neither yes nor no is refused", async () => {
    const { account, blotter } = await RiskDesk.open(subject().blotter);
    const word = { account, brokerCanTrade: JSON.parse('"no"') };
    await expect(blotter.accounts.recordSnapshot(word)).rejects.toThrow(/true or false, was "no"/);
  });
}
