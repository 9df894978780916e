import { expect, it } from "vitest";
import { strategyOfTag, strategyRule } from "../../src/domain/strategy.js";

it.each([
  ["TradingBot-v1-strategy-overnight_range-17", "overnight_range"],
  ["bot-strategy-alpha", "alpha"],
  ["bot-strategy-alpha.2-SL", "alpha.2"],
  ["bot-strategy--17", null],
  ["strategy-alpha", null],
  ["bot-strategic-alpha", null],
  ["", null],
])("the tag %j names the strategy %j", (tag, strategy) => {
  expect(strategyOfTag(tag)).toBe(strategy);
});

it("a rule of one's own takes the first group of its pattern", () => {
  const rule = strategyRule(/^([a-z]+)\//);
  expect(rule("scalper/17")).toBe("scalper");
  expect(rule("17/scalper")).toBeNull();
  expect(strategyRule(/scalper/)("scalper")).toBeNull();
});

it.each(["", "g", "y", "gi"])("a rule is the same with the flags %j, tag after tag", (flags) => {
  const rule = strategyRule(new RegExp("([a-z]+)-1", flags));
  expect([rule("a-1"), rule("b-1"), rule("c-1 d-1")]).toEqual(["a", "b", "c"]);
});
