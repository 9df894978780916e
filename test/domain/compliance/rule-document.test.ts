import { describe, expect, it } from "vitest";
import { plainRuleSet } from "../../../src/domain/compliance/plain-rules.js";
import { PRESETS, presetDocument } from "../../../src/domain/compliance/presets.js";
import { parseRuleSet } from "../../../src/domain/compliance/rule-document.js";

const least = { firm: "Firm", program: "Program", version: "1" };

describe("rule documents", () => {
  it("every preset is one, names its sources, and reads back from what is shown of it", () => {
    for (const [name, document] of Object.entries(PRESETS)) {
      const rules = parseRuleSet(document);
      expect(rules.sources[""], name).toBeTruthy();
      expect(parseRuleSet(JSON.parse(JSON.stringify(plainRuleSet(rules)))), name).toEqual(rules);
    }
  });

  it("the programs that were asked for are there", () => {
    const names = Object.keys(PRESETS);
    const sizes = ["50k", "100k", "150k"];
    for (const size of sizes) {
      const kinds = ["combine", "express", "live"].map((kind) => `topstep-${kind}-${size}`);
      expect(names).toEqual(expect.arrayContaining([...kinds, `topstep-combine-${size}-dll`]));
    }
    for (const firm of [
      "topstep-practice",
      "apex-legacy-50k",
      "apex-eod-50k",
      "mffu-starter-50k",
    ]) {
      expect(names).toContain(firm);
    }
    for (const firm of ["tradeify", "takeprofit-test", "bulenox-option1", "earn2trade-tcp"]) {
      expect(names).toContain(`${firm}-50k`);
    }
  });

  it("a limit whose amount no source tells is named unknown, and has none", () => {
    const practice = parseRuleSet(presetDocument("topstep-practice"));
    expect(practice.dailyLoss?.amount).toBeNull();
    expect(practice.unknown).toEqual(
      expect.arrayContaining(["dailyLoss.amount", "maxLoss.amount"]),
    );
  });

  it("what is left out is null, and the defaults are said", () => {
    const rules = parseRuleSet({
      ...least,
      maxLoss: { amount: 2000 },
      dailyLoss: { amount: "1e3" },
    });
    expect(plainRuleSet(rules)).toMatchObject({
      stage: "evaluation",
      maxLoss: { amount: 2000, basis: "eodBalance", lockAt: null, breachOn: "equity" },
      dailyLoss: { amount: 1000, at: "lte", action: "lock", includesFees: true },
      size: null,
      warnAt: [80],
    });
  });

  it.each([
    [null, "the rule set must be an object, was null"],
    [[], "the rule set must be an object, was []"],
    [{ ...least, firm: "" }, 'firm must be text, was ""'],
    [
      { ...least, stage: "demo" },
      'stage must be one of evaluation, funded, live, practice, was "demo"',
    ],
    [{ ...least, maxloss: {} }, "maxloss is no field of a rule set"],
    [{ ...least, maxLoss: 2000 }, "maxLoss must be an object, was 2000"],
    [{ ...least, maxLoss: { amount: -1 } }, "maxLoss.amount must be not negative, was -1"],
    [{ ...least, maxLoss: { amount: true } }, "maxLoss.amount must be a decimal, was true"],
    [{ ...least, maxLoss: { trail: "eod" } }, "maxLoss.trail is no field of a rule set"],
    [{ ...least, maxLoss: { lockWhenProfit: 1 } }, "maxLoss.lockWhenProfit needs a maxLoss.lockAt"],
    [
      { ...least, dailyLoss: { includesFees: 1 } },
      "dailyLoss.includesFees must be true or false, was 1",
    ],
    [
      { ...least, dailyLoss: { amount: 1, percentOfBase: 2 } },
      "dailyLoss.amount and dailyLoss.percentOfBase exclude each other",
    ],
    [{ ...least, consistency: {} }, "consistency.percent is missing"],
    [
      { ...least, consistency: { percent: 101 } },
      "consistency.percent must be a percentage from 0 to 100, was 101",
    ],
    [
      { ...least, size: { maxContracts: 0 } },
      "size.maxContracts must be a whole number from 1, was 0",
    ],
    [
      { ...least, size: { maxContracts: 5, scaling: [{ profit: 0 }] } },
      'size.scaling[0] needs a profit and maxContracts, was {"profit":0}',
    ],
    [
      {
        ...least,
        size: {
          maxContracts: 5,
          scaling: [
            { profit: 10, maxContracts: 1 },
            { profit: 10, maxContracts: 2 },
          ],
        },
      },
      "size.scaling[1].profit must be above the one before",
    ],
    [
      { ...least, session: { flatBy: "17:10" } },
      'session.flatBy must be a Chicago time before 17:00 as "15:10", was "17:10"',
    ],
    [{ ...least, warnAt: [0] }, "warnAt[0] must be above 0"],
    [{ ...least, warnAt: 80 }, "warnAt must be a list, was 80"],
    [{ ...least, unknown: [1] }, "unknown[0] must be the path of a fact, was 1"],
    [{ ...least, other: { news: 1 } }, "other.news must be text, was 1"],
  ])("refuses %j: %s", (document, message) => {
    expect(() => parseRuleSet(document)).toThrow(message);
  });

  it("an unknown name is not guessed", () => {
    expect(() => presetDocument("topstep")).toThrow('no rule set named "topstep"');
    expect(() => presetDocument("toString")).toThrow("no rule set named");
  });
});
