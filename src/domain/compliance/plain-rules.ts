import { type Money, moneyToNumber } from "../money.js";
import { percentToNumber } from "./plain-compliance.js";
import type { DailyLoss, MaxLoss, Percent, RuleSet } from "./rules.js";

const money = (value: Money | null): number | null =>
  value === null ? null : moneyToNumber(value);
const percent = (value: Percent | null): number | null =>
  value === null ? null : percentToNumber(value);

/** A rule set as its JSON document, with every field; `parseRuleSet` reads it back to the same. */
export function plainRuleSet(rules: RuleSet) {
  const { consistency, days, payout, size } = rules;
  return {
    firm: rules.firm,
    program: rules.program,
    stage: rules.stage,
    version: rules.version,
    nominalSize: money(rules.nominalSize),
    startingBalance: money(rules.startingBalance),
    maxLoss: rules.maxLoss && plainMaxLoss(rules.maxLoss),
    dailyLoss: rules.dailyLoss && plainDailyLoss(rules.dailyLoss),
    personalDailyLoss: rules.personalDailyLoss && plainDailyLoss(rules.personalDailyLoss),
    profitTarget: money(rules.profitTarget),
    consistency: consistency && { ...consistency, percent: percent(consistency.percent) },
    days: days && { ...days, winningDayNet: money(days.winningDayNet) },
    payout: payout && {
      percentOfProfit: percent(payout.percentOfProfit),
      cap: money(payout.cap),
      buffer: money(payout.buffer),
      split: percent(payout.split),
      resetsCycle: payout.resetsCycle,
    },
    size: size && {
      ...size,
      scaling: size.scaling.map((step) => ({ ...step, profit: money(step.profit) })),
    },
    session: rules.session,
    other: rules.other,
    warnAt: rules.warnAt.map(percentToNumber),
    sources: rules.sources,
    unknown: rules.unknown,
  };
}

function plainMaxLoss(rule: MaxLoss) {
  return {
    ...rule,
    amount: money(rule.amount),
    lockAt: money(rule.lockAt),
    lockWhenProfit: money(rule.lockWhenProfit),
    floorAfterPayout: money(rule.floorAfterPayout),
  };
}

function plainDailyLoss(rule: DailyLoss) {
  return { ...rule, amount: money(rule.amount), percentOfBase: percent(rule.percentOfBase) };
}
