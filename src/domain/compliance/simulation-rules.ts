import { addMoney, type Money } from "../money.js";
import type { DailyLossRule, MaxLossRule, SimulationRules } from "../performance/bootstrap.js";
import type { DailyLoss, MaxLoss, RuleSet } from "./rules.js";

/**
 * A rule set as a simulation of whole days can play it. What it cannot play, or plays otherwise, is named in
 * `unseen`.
 *
 * @param accountStart what the account starts with where the rule set does not say
 */
export function simulationRulesOf(rules: RuleSet, accountStart: Money): SimulationRules {
  const startingBalance = rules.startingBalance ?? accountStart;
  return {
    startingBalance,
    profitTarget: rules.profitTarget,
    maxLoss: maxLossOf(rules.maxLoss, startingBalance),
    dailyLoss: dailyLossOf(rules.dailyLoss),
    unseen: [
      ...unseenOfMaxLoss(rules.maxLoss),
      ...unseenOfDailyLoss(rules.dailyLoss),
      ...unseenOfTheRest(rules),
    ],
  };
}

function maxLossOf(rule: MaxLoss | null, start: Money): MaxLossRule | null {
  if (rule === null || rule.amount === null) return null;
  const { amount, basis, lockAt, lockWhenProfit, breachAt } = rule;
  return {
    amount,
    basis: basis === "static" ? "start" : "eod",
    lockAt: lockAt === null ? null : addMoney(start, lockAt),
    lockWhenProfit,
    breachAt,
  };
}

function dailyLossOf(rule: DailyLoss | null): DailyLossRule | null {
  if (rule === null || (rule.amount === null && rule.percentOfBase === null)) return null;
  const { amount, percentOfBase, at, action } = rule;
  return { amount, percentOfBase, at, action };
}

function unseenOfMaxLoss(rule: MaxLoss | null): readonly string[] {
  if (rule === null) return [];
  if (rule.amount === null && rule.floorAfterPayout === null) {
    return ["The amount of the maximum loss is not known: none is simulated."];
  }
  const told: string[] = [];
  if (rule.basis === "intradayBalance" || rule.basis === "intradayEquity") {
    const high = rule.basis === "intradayBalance" ? "balance" : "equity";
    told.push(
      `The maximum loss follows the highest ${high} within the day; here it follows the ends of days, so it ` +
        "breaks more rarely than in truth.",
    );
  }
  if (rule.breachOn === "equity" && rule.enforcement === "realtime") {
    told.push("Open losses count for the maximum loss while trading; here only ends of days do.");
  }
  if (rule.floorAfterPayout !== null) {
    told.push("Payouts are not simulated, nor what the first one does to the floor.");
  }
  return told;
}

function unseenOfDailyLoss(rule: DailyLoss | null): readonly string[] {
  if (rule === null) return [];
  if (rule.amount === null && rule.percentOfBase === null) {
    return ["The amount of the daily loss is not known: none is simulated."];
  }
  const told: string[] = [];
  if (rule.trailing) {
    told.push(
      "The daily loss counts from the day's highest result; here it counts from the day's start.",
    );
  }
  if (!rule.includesFees) told.push("The daily loss leaves costs out; here they count.");
  if (rule.base === "dayStartEquity") {
    told.push("The daily loss goes by the equity at the day's start; here it goes by the balance.");
  }
  return told;
}

/** Rules that whole days drawn from the past cannot tell of. */
function unseenOfTheRest(rules: RuleSet): readonly string[] {
  const { days } = rules;
  const names = [
    rules.personalDailyLoss && "the personal daily loss",
    rules.consistency && "consistency (the best day's share)",
    days && (days.minTradingDays ?? days.minWinningDays) !== null && "numbers of days to trade",
    rules.payout && "payouts",
    rules.size && "the size limit",
    rules.session && "the time to be flat by",
    ...Object.keys(rules.other),
  ].filter((name) => typeof name === "string");
  const told = names.length === 0 ? [] : [`Not simulated: ${names.join(", ")}.`];
  if (rules.unknown.length === 0) return told;
  return [...told, `No source tells ${rules.unknown.join(", ")} of these rules.`];
}
