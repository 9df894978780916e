import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/domain/compliance/evaluate.js";
import type { ComplianceState } from "../../../src/domain/compliance/state.js";
import { step } from "../../../src/domain/compliance/step.js";
import type { FillKey } from "../../../src/domain/ids.js";
import { parseInstant } from "../../../src/domain/instant.js";
import { parseMoney, parsePrice } from "../../../src/domain/money.js";
import { tradingDay } from "../../../src/domain/trading-day.js";
import { DOLLAR, ruleLedger, ruleSetOf, stateWith } from "./rule-ledger.js";

/** What other programs get wrong about these limits, each as a ledger that shows it right. */
describe("mistakes that others make", () => {
  it("a floor that does not stop: highest end of day less the limit, whatever the start", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  trade +5000   | balance 55000
      08-04  wait          | floor 50000
      08-04  trade -4000   | balance 51000 found nothing`,
    );
  });

  it("an intraday high where the rule says end of day", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  trade +1500   | floor 48000
      08-03  trade -1500   | balance 50000 floor 48000
      08-03  open 1        | floor 48000
      08-03  mark +1900    | floor 48000
      08-03  close 0       | floor 48000
      08-04  wait          | high 50000 floor 48000`,
    );
  });

  it.each([
    ["summer", "2026-08-03T21:59:59.999999Z", "2026-08-03T22:00:00Z"],
    ["winter", "2026-12-01T22:59:59.999999Z", "2026-12-01T23:00:00Z"],
    ["the Sunday when clocks go forward", "2026-03-08T21:59:59Z", "2026-03-08T22:00:00Z"],
    ["the Sunday when clocks go back", "2026-11-01T22:59:59Z", "2026-11-01T23:00:00Z"],
  ])("midnight instead of 17:00 in Chicago, in %s", (_, before, after) => {
    const rules = ruleSetOf("topstep-combine-50k-dll");
    const losing = (at: string, state: ComplianceState) =>
      [1, -1].reduce(
        ({ state, findings }, quantity) => {
          const stepped = step(state, () => rules, {
            kind: "fill",
            at: parseInstant(at, "at"),
            key: `${at} ${quantity}` as FillKey,
            contract: DOLLAR,
            quantity,
            price: parsePrice(quantity > 0 ? 2_000 : 1_000, "price"),
            gross: parseMoney(quantity > 0 ? 0 : -1_000, "gross"),
            costs: parseMoney(0, "costs"),
          });
          return { state: stepped.state, findings: [...findings, ...stepped.findings] };
        },
        { state, findings: [] as readonly Finding[] },
      );
    const locks = (findings: readonly Finding[]) =>
      findings.filter(({ rule }) => rule === "dll").map(({ level, lock }) => [level, lock]);
    const first = losing(before, stateWith(50_000, tradingDay(parseInstant(before, "at"))));
    expect(locks(first.findings)).toEqual([["violation", parseInstant(after, "at")]]);
    const second = losing(after, first.state);
    expect(locks(second.findings).map(([level]) => level)).toEqual(["violation"]);
    expect(second.state.day.gross).toBe(parseMoney(-1_000, "gross"));
  });

  it("a daily loss that leaves the day's winners out", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k-dll",
      `
      08-03  trade +600    | day 600 used 0 remaining 1000
      08-03  trade -1500   | day -900 used 900 remaining 100 found dll:warning:8000
      08-03  trade -99.99  | used 999.99 found nothing`,
    );
  });

  it("a daily loss that leaves costs, or what is open, out", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k-dll",
      `
      08-03  trade -700    | used 700
      08-03  cost 50       | used 750
      08-03  open 1        | used 750
      08-03  mark -249.99  | used 999.99
      08-03  mark -250     | used 1000 found dll:violation`,
    );
  });

  it("a breach that is forgotten when the balance recovers", () => {
    const state = ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  open 1        | found nothing
      08-03  mark -2000.01 | found mll:violation
      08-03  close +5000   | balance 55000 found nothing`,
    );
    expect(state.foundForGood).toContain("mll:violation");
    expect(state.failedAt).not.toBeNull();
  });

  it("a daily loss that is never reset", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k-dll",
      `
      08-03  trade -600    | used 600
      08-04  trade -600    | used 600 found nothing
      08-05  trade -600    | used 600 found mll:warning:8000`,
    );
  });

  it("a payout that lowers the high, and with it the floor; or counts as a loss of the day", () => {
    const rules = {
      firm: "Test",
      program: "Test",
      version: "1",
      maxLoss: { amount: 2_000, basis: "eodBalance" },
      dailyLoss: { amount: 1_000, action: "lock" },
    };
    ruleLedger(
      50_000,
      rules,
      `
      08-03  trade +3000   | floor 48000
      08-04  payout 1500   | balance 51500 high 53000 floor 51000 day 0 used 0
      08-05  wait          | high 53000 floor 51000`,
    );
  });

  it("a limit that is judged on the balance although positions are open", () => {
    ruleLedger(
      50_000,
      "topstep-combine-50k",
      `
      08-03  open 2        | found nothing
      08-03  mark -1000.01 | balance 50000 equity 47999.98 found mll:violation`,
    );
  });
});
