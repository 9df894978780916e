import { describe, expect, it } from "vitest";
import { parseAccount } from "../../src/domain/account.js";
import { readAccountName } from "../../src/domain/account-name.js";
import { parseInstant } from "../../src/domain/instant.js";

/** The names of the firm's accounts that were seen; the numbers in them are made up. */
describe("the name of an account", () => {
  it.each([
    ["S1AUG1415926", "evaluation", "combine", null, null],
    ["50KTC-V2-14159-2653589", "evaluation", "combine", 50_000, false],
    ["100KTC-V2-14159-2653589", "evaluation", "combine", 100_000, false],
    ["150KTC-V2-14159-2653589", "evaluation", "combine", 150_000, false],
    ["50KTC-V2-DLL-14159-2653589", "evaluation", "combine", 50_000, true],
    ["EXPRESSAUG1415926", "funded", "express", null, null],
    ["EXPRESS-V2-14159-2653589", "funded", "express", null, null],
    ["PRACTICEAUG1415926", "practice", "practice", null, null],
    ["prac-v2-14159-2653589", "practice", "practice", null, null],
    ["TOPX1415926", "funded", "live", null, null],
  ])("%s is %s, %s", (name, accountType, stage, size, dailyLossLimit) => {
    expect(readAccountName(name)).toEqual({ accountType, stage, size, dailyLossLimit });
  });

  it.each(["S1", "S1X", "75KTC-V2", "50KTCX", "TOPX", "PRACTISING", "My EXPRESS", "1234567", ""])(
    "%j tells nothing",
    (name) => {
      expect(readAccountName(name)).toBeNull();
    },
  );

  it("gives an account its type, unless it is said", () => {
    const now = parseInstant("2026-08-19T13:30:00Z", "now");
    const typeOf = (more: object) =>
      parseAccount({ accountId: "1", accountName: "50KTC-V2-1", ...more }, now).accountType;
    expect([typeOf({}), typeOf({ accountType: "funded" }), typeOf({ accountName: "1" })]).toEqual([
      "evaluation",
      "funded",
      "practice",
    ]);
    expect(parseAccount({ accountId: "EXPRESS-V2-1" }, now).accountType).toBe("funded");
  });
});
