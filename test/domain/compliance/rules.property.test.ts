import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/domain/compliance/evaluate.js";
import { floorOf } from "../../../src/domain/compliance/limits.js";
import type { RuleSet } from "../../../src/domain/compliance/rules.js";
import type { ComplianceEvent, ComplianceState } from "../../../src/domain/compliance/state.js";
import { rollTo, step } from "../../../src/domain/compliance/step.js";
import type { FillKey } from "../../../src/domain/ids.js";
import { addMoney, type Money, type Price, subtractMoney } from "../../../src/domain/money.js";
import { type TradingDay, tradingDay } from "../../../src/domain/trading-day.js";
import { DOLLAR, hoursInto, ruleSetOf, stateWith } from "./rule-ledger.js";

const FIRST = "2026-08-03" as TradingDay;
const START = 50_000;

const rules = fc
  .record({
    basis: fc.constantFrom("static", "eodBalance", "intradayBalance", "intradayEquity"),
    lockAt: fc.constantFrom(null, 0, 100),
    floorAfterPayout: fc.constantFrom(null, 0),
    breachAt: fc.constantFrom("lt", "lte"),
    breachOn: fc.constantFrom("equity", "balance"),
    enforcement: fc.constantFrom("realtime", "eod"),
    trailing: fc.boolean(),
  })
  .map(({ trailing, ...maxLoss }) =>
    ruleSetOf({
      firm: "Test",
      program: "Test",
      version: "1",
      maxLoss: { ...maxLoss, amount: 2_000 },
      dailyLoss: { amount: 1_000, trailing },
    }),
  );

interface Happening {
  readonly kind: "fill" | "mark" | "payout";
  readonly hours: number;
  readonly quantity: number;
  readonly cents: number;
}

const happenings = fc.array(
  fc.record<Happening>({
    kind: fc.constantFrom("fill", "fill", "mark", "payout"),
    hours: fc.integer({ min: 0, max: 9 }),
    quantity: fc.constantFrom(-2, -1, 1, 2),
    cents: fc.integer({ min: -90_000, max: 90_000 }),
  }),
  { maxLength: 60 },
);

/** What happens, hour by hour: prices go up and down by some dollars, positions are opened and closed. */
function eventsOf(list: readonly Happening[]): readonly ComplianceEvent[] {
  let hours = 1;
  let held = 0;
  let value = 0;
  return list.map(({ kind, hours: later, quantity, cents }, i) => {
    hours += later;
    const at = hoursInto(FIRST, hours);
    const price = ((10_000_00 + cents) * 10_000_000) as Price;
    const key = String(i).padStart(4, "0");
    if (kind === "payout") {
      return { kind: "cash", at, key, cash: "payout", amount: -100_000_000 as Money };
    }
    if (kind === "mark") return { kind, at, key, contract: DOLLAR, price };
    // Closing all that is held realises the difference to what was paid.
    const closes = held * quantity < 0;
    const filled = closes ? -held : quantity;
    const worth = (filled * price) / 1_000;
    const gross = closes ? -(value + worth) : 0;
    value = closes ? 0 : value + worth;
    held += filled;
    const money = { gross: (gross === 0 ? 0 : gross) as Money, costs: 500_000 as Money };
    return { kind, at, key: key as FillKey, contract: DOLLAR, quantity: filled, price, ...money };
  });
}

interface Run {
  readonly state: ComplianceState;
  readonly findings: readonly Finding[];
  readonly states: readonly ComplianceState[];
}

function run(events: readonly ComplianceEvent[], set: RuleSet, from?: ComplianceState): Run {
  let state = from ?? stateWith(START, FIRST);
  const findings: Finding[] = [];
  const states: ComplianceState[] = [];
  for (const event of events) {
    const stepped = step(state, () => set, event);
    state = stepped.state;
    findings.push(...stepped.findings);
    states.push(state);
  }
  return { state, findings, states };
}

describe("rules", () => {
  it("the floor never falls, but to where a payout sets it, and never passes its lock", () => {
    fc.assert(
      fc.property(rules, happenings, (set, list) => {
        const rule = set.maxLoss;
        if (!rule) throw new Error("a maximum loss");
        let before: ComplianceState | null = null;
        for (const state of run(eventsOf(list), set).states) {
          const floor = floorOf(state, rule)?.floor ?? 0;
          const last = before && (floorOf(before, rule)?.floor ?? 0);
          const paidOut = before !== null && state.payouts > before.payouts;
          if (last !== null && !(paidOut && rule.floorAfterPayout !== null)) {
            expect(floor).toBeGreaterThanOrEqual(last);
          }
          if (rule.lockAt !== null) {
            expect(floor).toBeLessThanOrEqual(addMoney(state.startingBalance, rule.lockAt));
          }
          before = state;
        }
      }),
    );
  });

  it("going on from a stored state gives what one run gives, wherever it is cut", () => {
    fc.assert(
      fc.property(rules, happenings, fc.nat(60), (set, list, cut) => {
        const events = eventsOf(list);
        const whole = run(events, set);
        const first = run(events.slice(0, cut), set);
        const stored: ComplianceState = JSON.parse(JSON.stringify(first.state));
        const rest = run(events.slice(cut), set, stored);
        expect(rest.state).toEqual(whole.state);
        expect([...first.findings, ...rest.findings]).toEqual(whole.findings);
      }),
    );
  });

  it("looking at the account in between changes nothing", () => {
    fc.assert(
      fc.property(rules, happenings, (set, list) => {
        const events = eventsOf(list);
        let state = stateWith(START, FIRST);
        for (const event of events) {
          rollTo(state, () => set, tradingDay(event.at));
          state = step(state, () => set, event).state;
        }
        expect(state).toEqual(run(events, set).state);
      }),
    );
  });

  it("a rule, level and day is found once", () => {
    fc.assert(
      fc.property(rules, happenings, (set, list) => {
        const { findings } = run(eventsOf(list), set);
        const causes = findings.map((f) => `${f.tradingDay} ${f.rule} ${f.level} ${f.threshold}`);
        expect(new Set(causes).size).toBe(causes.length);
        const failures = findings.filter(
          ({ rule, level }) => rule === "mll" && level === "violation",
        );
        expect(failures.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("the balance is start + gross - costs + cash, and the day's P&L has no cash in it", () => {
    fc.assert(
      fc.property(rules, happenings, (set, list) => {
        const events = eventsOf(list);
        const { state } = run(events, set);
        let expected = stateWith(START, FIRST).balance;
        for (const event of events) {
          if (event.kind === "fill") {
            expected = addMoney(expected, subtractMoney(event.gross, event.costs));
          }
          if (event.kind === "cash") expected = addMoney(expected, event.amount);
        }
        expect(state.balance).toBe(expected);
      }),
    );
  });
});
