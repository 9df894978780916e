import { invalid } from "../errors.js";
import { show } from "../ids.js";
import { JsonFields, parsePercent } from "./json-fields.js";
import {
  BREACH_POINTS,
  type Consistency,
  type DailyLoss,
  type DayCounts,
  LIMIT_ACTIONS,
  type MaxLoss,
  type PayoutRules,
  type Percent,
  RULE_STAGES,
  type RuleSet,
  type SessionRule,
  type SizeLimit,
  TRAIL_BASES,
} from "./rules.js";
import { minuteOfDay } from "./session.js";

/** Warn at 80 % of a limit, where a rule set says nothing. */
const DEFAULT_WARNING = 8_000 as Percent;
const DEFAULT_MICRO_RATIO = 10;

/**
 * Reads a rule set's JSON document. Money is dollars, percentages are 0 to 100, a fact that is left out is null.
 *
 * @throws BlotterError `invalid` naming the path of what cannot be
 */
export function parseRuleSet(json: unknown): RuleSet {
  const fields = new JsonFields(json, "");
  const profitTarget = fields.amount("profitTarget");
  const rules: RuleSet = {
    firm: fields.text("firm"),
    program: fields.text("program"),
    stage: fields.oneOf(RULE_STAGES, "stage", "evaluation"),
    nominalSize: fields.amount("nominalSize"),
    version: fields.text("version"),
    startingBalance: fields.money("startingBalance"),
    maxLoss: fields.object("maxLoss", maxLoss),
    dailyLoss: fields.object("dailyLoss", dailyLoss),
    personalDailyLoss: fields.object("personalDailyLoss", dailyLoss),
    profitTarget,
    consistency: fields.object("consistency", (inner) => consistency(inner, profitTarget !== null)),
    days: fields.object("days", dayCounts),
    payout: fields.object("payout", payoutRules),
    size: fields.object("size", sizeLimit),
    session: fields.object("session", sessionRule),
    other: fields.texts("other"),
    warnAt: warnings(fields),
    sources: fields.texts("sources"),
    unknown: fields.list("unknown", knownText),
  };
  fields.done();
  return rules;
}

function maxLoss(fields: JsonFields): MaxLoss {
  const rule: MaxLoss = {
    amount: fields.amount("amount"),
    basis: fields.oneOf(TRAIL_BASES, "basis", "eodBalance"),
    lockAt: fields.money("lockAt"),
    lockWhenProfit: fields.amount("lockWhenProfit"),
    floorAfterPayout: fields.money("floorAfterPayout"),
    breachOn: fields.oneOf(["equity", "balance"], "breachOn", "equity"),
    breachAt: fields.oneOf(BREACH_POINTS, "breachAt", "lt"),
    enforcement: fields.oneOf(["realtime", "eod"], "enforcement", "realtime"),
    action: fields.oneOf(LIMIT_ACTIONS, "action", "fail"),
  };
  if (rule.lockWhenProfit !== null && rule.lockAt === null) {
    throw invalid(`${fields.pathOf("lockWhenProfit")} needs a ${fields.pathOf("lockAt")}`);
  }
  return rule;
}

function dailyLoss(fields: JsonFields): DailyLoss {
  const rule: DailyLoss = {
    amount: fields.amount("amount"),
    percentOfBase: fields.percent("percentOfBase"),
    base: fields.oneOf(["dayStartBalance", "dayStartEquity"], "base", "dayStartBalance"),
    includesUnrealised: fields.flag("includesUnrealised", true),
    includesFees: fields.flag("includesFees", true),
    at: fields.oneOf(BREACH_POINTS, "at", "lte"),
    action: fields.oneOf(LIMIT_ACTIONS, "action", "lock"),
    trailing: fields.flag("trailing", false),
  };
  if (rule.amount !== null && rule.percentOfBase !== null) {
    throw invalid(
      `${fields.pathOf("amount")} and ${fields.pathOf("percentOfBase")} exclude each other`,
    );
  }
  return rule;
}

function consistency(fields: JsonFields, hasTarget: boolean): Consistency {
  const percent = fields.percent("percent");
  if (percent === null) throw invalid(`${fields.pathOf("percent")} is missing`);
  const of = fields.oneOf(
    ["totalProfit", "targetOrTotal", "cycleProfit"],
    "of",
    hasTarget ? "targetOrTotal" : "totalProfit",
  );
  const blocks = fields.oneOf(["pass", "payout", "fail"], "blocks", "pass");
  return { percent, of, blocks };
}

function dayCounts(fields: JsonFields): DayCounts {
  return {
    winningDayNet: fields.amount("winningDayNet"),
    minWinningDays: fields.count("minWinningDays"),
    minTradingDays: fields.count("minTradingDays"),
  };
}

function payoutRules(fields: JsonFields): PayoutRules {
  return {
    percentOfProfit: fields.percent("percentOfProfit"),
    cap: fields.amount("cap"),
    buffer: fields.amount("buffer"),
    split: fields.percent("split"),
    resetsCycle: fields.flag("resetsCycle", false),
  };
}

function sizeLimit(fields: JsonFields): SizeLimit {
  const maxContracts = fields.count("maxContracts");
  if (maxContracts === null) throw invalid(`${fields.pathOf("maxContracts")} is missing`);
  const microRatio = fields.count("microRatio") ?? DEFAULT_MICRO_RATIO;
  const scaling = fields.list("scaling", scalingStep);
  const disorder = scaling.findIndex(
    (step, i) => i > 0 && step.profit <= (scaling[i - 1]?.profit ?? 0),
  );
  if (disorder > 0) {
    throw invalid(`${fields.pathOf("scaling")}[${disorder}].profit must be above the one before`);
  }
  return { maxContracts, microRatio, scaling };
}

function scalingStep(value: unknown, path: string): SizeLimit["scaling"][number] {
  const fields = new JsonFields(value, path);
  const profit = fields.money("profit");
  const maxContracts = fields.count("maxContracts");
  fields.done();
  if (profit === null || maxContracts === null) {
    throw invalid(`${path} needs a profit and maxContracts, was ${show(value)}`);
  }
  return { profit, maxContracts };
}

function sessionRule(fields: JsonFields): SessionRule {
  const flatBy = fields.text("flatBy");
  minuteOfDay(flatBy, fields.pathOf("flatBy"));
  return { flatBy };
}

function warnings(fields: JsonFields): readonly Percent[] {
  if (fields.value("warnAt") === null) return [DEFAULT_WARNING];
  const read = (value: unknown, path: string) => {
    const percent = parsePercent(value, path);
    if (percent === 0) throw invalid(`${path} must be above 0`);
    return percent;
  };
  return [...new Set(fields.list("warnAt", read))].sort((a, b) => a - b);
}

function knownText(value: unknown, path: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalid(`${path} must be the path of a fact, was ${show(value)}`);
}
