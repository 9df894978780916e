import { describe, expect, it } from "vitest";
import { KNOWN_FEES } from "../../src/brokers/known-fees.js";
import { effectiveCosts } from "../../src/domain/cost.js";
import {
  compareFees,
  type FeeAccount,
  type FeeEntry,
  type FeeInput,
  feeEntryFor,
  modelledCosts,
  parseFeeEntry,
} from "../../src/domain/fees.js";
import { type AccountId, accountId } from "../../src/domain/ids.js";
import { formatMoney, type Money, parseMoney } from "../../src/domain/money.js";
import { parseTradingDay } from "../../src/domain/trading-day.js";

const PRAC: FeeAccount = {
  accountId: accountId("PRAC-1"),
  accountType: "practice",
  broker: "topstepx",
};

const shown = (money: Money | null) => (money === null ? "?" : formatMoney(money));

/** "commission + fee" of a fill, ? for what is unknown. */
function costs(schedule: readonly FeeEntry[], root: string, day: string, quantity = 1): string {
  const found = modelledCosts(schedule, PRAC, root, parseTradingDay(day), quantity);
  return `${shown(found.modelledCommission)} + ${shown(found.modelledFee)}`;
}

function entry(more: Partial<FeeInput>, forAccount: AccountId | null = null): FeeEntry {
  const input = { broker: "topstepx", root: "MNQ", validFrom: "2026-01-01", ...more };
  return parseFeeEntry(input, forAccount);
}

describe("the fee tables that come with Blotter", () => {
  it.each([
    ["MNQ", "2025-03-31", "? + ?"],
    ["MNQ", "2025-04-01", "? + 0.37"],
    ["MNQ", "2026-08-16", "? + 0.37"],
    ["MNQ", "2026-08-19", "0.25 + 0.36"],
    ["MES", "2026-04-13", "0.125 + 0.37"],
    ["MES", "2026-08-19", "? + 0.36"],
    ["ES", "2026-01-05", "? + 1.4"],
    ["MBT", "2026-04-13", "0.125 + 1.17"],
    ["CL", "2026-08-19", "? + ?"],
  ])("say of %s at TopstepX on %s: %s", (root, day, expected) => {
    expect(costs(KNOWN_FEES, root, day)).toBe(expected);
  });

  it("have each entry once, and a figure in each", () => {
    const keys = KNOWN_FEES.map(({ broker, root, validFrom }) => `${broker} ${root} ${validFrom}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { commissionPerSide, feePerSide, builtIn } of KNOWN_FEES) {
      expect(commissionPerSide ?? feePerSide).not.toBe(null);
      expect(builtIn).toBe(true);
    }
  });

  it("do not speak for another broker", () => {
    expect(feeEntryFor(KNOWN_FEES, { ...PRAC, broker: "other" }, "MNQ", day("2026-08-19"))).toBe(
      null,
    );
    const apex = { ...PRAC, broker: "apex-tradovate" };
    const found = modelledCosts(KNOWN_FEES, apex, "NQ", day("2026-02-01"), 2);
    expect(Object.values(found).map(shown)).toEqual(["3.1", "0"]);
  });
});

describe("the entry that holds", () => {
  const general = entry({ feePerSide: "1" });
  const later = entry({ feePerSide: "2", validFrom: "2026-02-01" });
  const practice = entry({ feePerSide: "3", accountType: "practice" });
  const own = entry({ feePerSide: "4" }, PRAC.accountId);
  const funded = entry({ feePerSide: "5", accountType: "funded" });
  const another = entry({ feePerSide: "6" }, accountId("OTHER"));

  it.each([
    ["the latest that is valid", [general, later], "? + 2"],
    ["one for its type before one for all", [practice, later], "? + 3"],
    ["one for itself before one for its type", [own, practice, later], "? + 4"],
    ["none for another type or account", [funded, another], "? + ?"],
    ["the user's before what comes with Blotter", [...KNOWN_FEES, general], "? + 1"],
  ])("is %s, in whatever order they stand", (_, schedule, expected) => {
    expect(costs(schedule, "MNQ", "2026-09-01")).toBe(expected);
    expect(costs([...schedule].reverse(), "MNQ", "2026-09-01")).toBe(expected);
  });

  it("is none before its day, and of another root", () => {
    expect(costs([later], "MNQ", "2026-01-31")).toBe("? + ?");
    expect(costs([later], "NQ", "2026-09-01")).toBe("? + ?");
  });

  it("counts for each contract, exactly", () => {
    const tiny = entry({ commissionPerSide: "0.333333", feePerSide: "-0.1" });
    expect(costs([tiny], "MNQ", "2026-09-01", 1_000_000)).toBe("333333 + -100000");
  });
});

describe("a fee", () => {
  it.each([
    [{}, "neither was given"],
    [{ feePerSide: "1000.000001" }, "fee per side must be at most 1000"],
    [{ feePerSide: "x" }, "fee per side must be a decimal"],
    [{ commissionPerSide: "1", broker: "Topstep X" }, "broker must be 1-32 of a-z"],
    [{ commissionPerSide: "1", validFrom: "2026-02-30" }, "day must be YYYY-MM-DD"],
  ])("%j is refused: %s", (input, message) => {
    expect(() => entry(input)).toThrow(message);
  });

  it("is for a type or for an account, not for both", () => {
    const both = { feePerSide: "1", accountType: "practice" } as const;
    expect(() => entry(both, PRAC.accountId)).toThrow("not for both");
  });

  it("is listed by broker, root and day, what comes with Blotter first", () => {
    const fees = [entry({ feePerSide: "1", validFrom: "2026-08-19" }), ...KNOWN_FEES];
    const names = fees
      .sort(compareFees)
      .filter((fee) => fee.root === "MNQ")
      .map(({ broker, validFrom, builtIn }) => `${broker} ${validFrom} ${builtIn}`);
    expect(names).toEqual([
      "apex-tradovate 2026-01-30 true",
      "lucid 1970-01-01 true",
      "takeprofit 1970-01-01 true",
      "topstepx 2025-04-01 true",
      "topstepx 2026-08-17 true",
      "topstepx 2026-08-19 true",
      "topstepx 2026-08-19 false",
    ]);
  });
});

describe("the cost of a fill", () => {
  const told = parseMoney("0.5", "cost");
  const table = parseMoney("0.25", "cost");

  it.each([
    [
      [null, null, null, null],
      [null, null, false],
    ],
    [
      [null, null, table, null],
      [table, null, true],
    ],
    [
      [told, null, table, table],
      [told, table, true],
    ],
    [
      [told, told, table, table],
      [told, told, false],
    ],
    [
      [0 as Money, null, table, null],
      [0, null, false],
    ],
  ])("told %j is %j", ([commission, fee, modelledCommission, modelledFee], expected) => {
    const costsOfFill = {
      commission: commission ?? null,
      fee: fee ?? null,
      modelledCommission: modelledCommission ?? null,
      modelledFee: modelledFee ?? null,
    };
    expect(Object.values(effectiveCosts(costsOfFill))).toEqual(expected);
  });
});

function day(text: string) {
  return parseTradingDay(text);
}
