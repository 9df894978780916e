import { expect, it } from "vitest";
import { ruleLedger, ruleSetOf } from "./rule-ledger.js";

const rulesWith = (maxLoss: object) => ({
  firm: "T",
  program: "T",
  version: "1",
  maxLoss: { amount: 2_000, ...maxLoss },
});

it.each([undefined, "fail"])(
  "a maximum loss whose action is %s is found once for good",
  (action) => {
    ruleLedger(
      50_000,
      rulesWith({ ...(action && { action }) }),
      `
    08-03  trade -2001   | found mll:violation
    08-04  trade -10     | found nothing`,
    );
  },
);

it.each(["lock", "warn"])("one whose action is %s is found again the next day", (action) => {
  ruleLedger(
    50_000,
    rulesWith({ action }),
    `
    08-03  trade -2001   | found mll:violation
    08-03  trade -10     | found nothing
    08-04  trade -10     | found mll:violation`,
  );
});

it("an action that is none is refused with its path", () => {
  expect(() => ruleSetOf(rulesWith({ action: "shout" }))).toThrow(/maxLoss\.action must be one of/);
});
