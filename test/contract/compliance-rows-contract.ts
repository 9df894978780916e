import { describe, expect, it } from "vitest";
import { type ComplianceEntry, FOR_GOOD } from "../../src/domain/compliance/log.js";
import { freshBaseline, initialState } from "../../src/domain/compliance/state.js";
import type { Money } from "../../src/domain/money.js";
import type { TradingDay } from "../../src/domain/trading-day.js";
import { freshAccount } from "./fresh-account.js";
import { moment, money } from "./made-up-rows.js";
import type { Subject } from "./subject.js";

const [MONDAY, TUESDAY] = ["2026-08-03", "2026-08-04"] as [TradingDay, TradingDay];

function entry(
  more: Partial<ComplianceEntry> & Pick<ComplianceEntry, "accountId">,
): ComplianceEntry {
  return {
    eventKey: "2026-08-03:dll:violation",
    eventType: "dll_violation",
    severity: "violation",
    rule: "dll",
    tradingDay: MONDAY,
    threshold: null,
    at: moment(1),
    recordedAt: moment(2),
    lockedUntil: moment(100),
    refersTo: null,
    message: "lost",
    balance: money("49000.000001"),
    equity: money("-999999999.999999"),
    dailyPnl: money("-1000"),
    startOfDayBalance: money("50000"),
    highestEodBalance: money("50000"),
    floor: money("48000"),
    dllLimit: money("1000"),
    dllRemaining: money("0"),
    mllLimit: money("2000"),
    mllRemaining: money("1000"),
    trailingLoss: money("1000"),
    ...more,
  };
}

export function describeComplianceRows(subject: Subject): void {
  describe("compliance rows", () => {
    it("rule sets come by the day they hold from, then as they were set", async () => {
      const { store } = subject().blotter;
      const accountId = await freshAccount(subject().blotter);
      const set = (name: string, validFrom: TradingDay) => {
        return { accountId, validFrom, name, document: `{"firm":"${name}"}`, createdAt: moment(1) };
      };
      const [a, b, c] = [set("a", TUESDAY), set("b", MONDAY), set("c", TUESDAY)];
      await store.write(accountId, async (repos) => {
        for (const rules of [a, b, c]) await repos.compliance.addRules(rules);
      });
      expect(await store.read((repos) => repos.compliance.rules(accountId))).toEqual([b, a, c]);
    });

    it("days are saved, replaced, found up to a day, and cleared from one on", async () => {
      const { store } = subject().blotter;
      const accountId = await freshAccount(subject().blotter);
      const day = (tradingDay: TradingDay, floor: Money | null) => {
        const opening = initialState(freshBaseline(null, money("50000")), tradingDay);
        const state = { ...opening, balance: money("49999.999999") };
        return { accountId, tradingDay, opening, state, floor };
      };
      const [monday, tuesday] = [day(MONDAY, null), day(TUESDAY, money("-0.000001"))];
      const look = () =>
        store.read(async ({ compliance }) => [
          await compliance.day(accountId, null),
          await compliance.day(accountId, MONDAY),
          await compliance.days(accountId),
        ]);
      expect(await look()).toEqual([null, null, []]);
      await store.write(accountId, async ({ compliance }) => {
        for (const row of [tuesday, day(MONDAY, money("1")), monday]) await compliance.saveDay(row);
      });
      expect(await look()).toEqual([tuesday, monday, [monday, tuesday]]);
      await store.write(accountId, ({ compliance }) => compliance.clearDays(accountId, TUESDAY));
      expect(await look()).toEqual([monday, monday, [monday]]);
      await store.write(accountId, ({ compliance }) => compliance.clearDays(accountId, null));
      expect(await look()).toEqual([null, null, []]);
    });

    it("log rows come back as they were written, filtered, and locks that hold and nobody lifted", async () => {
      const { store } = subject().blotter;
      const accountId = await freshAccount(subject().blotter);
      const first = entry({ accountId });
      const second = entry({
        accountId,
        eventKey: "2026-08-04:mll:violation",
        tradingDay: TUESDAY,
        at: moment(9),
        lockedUntil: FOR_GOOD,
      });
      const lifted = entry({
        accountId,
        eventKey: `${first.eventKey}:lifted`,
        eventType: "lifted",
        severity: "info",
        at: moment(5),
        lockedUntil: null,
        refersTo: first.eventKey,
        balance: null,
        equity: null,
      });
      const locks = (after: number) =>
        store.read(({ compliance }) => compliance.locks(accountId, moment(after)));
      await store.write(accountId, async ({ compliance }) => {
        await compliance.append(second);
        await compliance.append(first);
      });
      expect(await locks(99)).toEqual([second, first]);
      expect(await locks(100)).toEqual([second]);
      await store.write(accountId, ({ compliance }) => compliance.append(lifted));
      expect(await locks(4)).toEqual([second, first]);
      expect(await locks(5)).toEqual([second]);
      const log = (query = {}) =>
        store.read(({ compliance }) => compliance.log({ accountId, ...query }));
      expect(await log()).toEqual([first, lifted, second]);
      expect(await log({ newest: 2 })).toEqual([lifted, second]);
      expect(await log({ severity: "violation", to: moment(9) })).toEqual([first]);
      expect(await log({ from: moment(6) })).toEqual([second]);
      const found = await store.read(async ({ compliance }) => ({
        from: await compliance.logFrom(accountId, TUESDAY),
        all: await compliance.logFrom(accountId, MONDAY),
        one: await compliance.entry(accountId, lifted.eventKey),
        none: await compliance.entry(accountId, "none"),
        lifts: await compliance.lifts(accountId),
      }));
      expect(found).toEqual({
        from: [second],
        all: [second, first, lifted],
        one: lifted,
        none: null,
        lifts: [{ at: moment(5), entry: first }],
      });
      const again = store.write(accountId, ({ compliance }) => compliance.append(first));
      await expect(again).rejects.toMatchObject({ code: "conflict" });
    });
  });
}
