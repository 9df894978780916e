import { describe, expect, it } from "vitest";
import { PRESETS } from "../../../src/domain/compliance/presets.js";
import { parseRuleSet } from "../../../src/domain/compliance/rule-document.js";
import { simulationRulesOf } from "../../../src/domain/compliance/simulation-rules.js";
import { moneyToNumber, parseMoney } from "../../../src/domain/money.js";
import type { SimulationRules } from "../../../src/domain/performance/bootstrap.js";

const START = parseMoney(50_000, "start");

const played = (document: object): SimulationRules =>
  simulationRulesOf(parseRuleSet({ firm: "F", program: "P", version: "1", ...document }), START);

/** Target, maximum loss and daily loss on one line, as a trader would say them. */
function told({ startingBalance, profitTarget, maxLoss, dailyLoss }: SimulationRules): string {
  const dollars = (amount: typeof profitTarget) => amount && moneyToNumber(amount);
  const most = maxLoss && [
    dollars(maxLoss.amount),
    maxLoss.basis,
    maxLoss.lockAt === null ? "no lock" : `lock ${dollars(maxLoss.lockAt)}`,
    maxLoss.breachAt,
  ];
  const daily = dailyLoss && [dollars(dailyLoss.amount), dailyLoss.at, dailyLoss.action];
  return [
    `from ${moneyToNumber(startingBalance)}`,
    `target ${dollars(profitTarget)}`,
    `max ${most?.join(" ") ?? "none"}`,
    `daily ${daily?.join(" ") ?? "none"}`,
  ].join(", ");
}

/** Every preset of which the limits that a simulation plays are known, but for what happens at equality. */
const EXPECTED: Readonly<Record<string, string>> = {
  "topstep-combine-50k": "from 50000, target 3000, max 2000 eod lock 50000 lt, daily none",
  "topstep-combine-50k-dll":
    "from 50000, target 3000, max 2000 eod lock 50000 lt, daily 1000 lte lock",
  "topstep-combine-100k": "from 100000, target 6000, max 3000 eod lock 100000 lt, daily none",
  "topstep-combine-100k-dll":
    "from 100000, target 6000, max 3000 eod lock 100000 lt, daily 2000 lte lock",
  "topstep-combine-150k": "from 150000, target 9000, max 4500 eod lock 150000 lt, daily none",
  "topstep-combine-150k-dll":
    "from 150000, target 9000, max 4500 eod lock 150000 lt, daily 3000 lte lock",
  "topstep-express-50k": "from 0, target null, max 2000 eod lock 0 lt, daily none",
  "topstep-express-100k": "from 0, target null, max 3000 eod lock 0 lt, daily none",
  "topstep-express-150k": "from 0, target null, max 4500 eod lock 0 lt, daily none",
  // Intraday trails are played by ends of days, which "unseen" says.
  "apex-legacy-25k": "from 25000, target 1500, max 1500 eod lock 25100 lte, daily none",
  "apex-legacy-50k": "from 50000, target 3000, max 2500 eod lock 50100 lte, daily none",
  "apex-legacy-150k": "from 150000, target 9000, max 5000 eod lock 150100 lte, daily none",
  "apex-legacy-250k": "from 250000, target 15000, max 6500 eod lock 250100 lte, daily none",
  "apex-legacy-300k": "from 300000, target 20000, max 7500 eod lock 300100 lte, daily none",
  "apex-intraday-50k": "from 50000, target 3000, max 2000 eod lock 50100 lte, daily none",
  "apex-eod-50k": "from 50000, target 3000, max 2000 eod lock 50100 lte, daily 1000 lte lock",
  "takeprofit-test-25k": "from 25000, target 1500, max 1500 eod lock 25000 lt, daily none",
  "takeprofit-test-50k": "from 50000, target 3000, max 2000 eod lock 50000 lt, daily none",
  "takeprofit-test-75k": "from 75000, target 4500, max 2500 eod lock 75000 lt, daily none",
  "takeprofit-test-100k": "from 100000, target 6000, max 3000 eod lock 100000 lt, daily none",
  "takeprofit-test-150k": "from 150000, target 9000, max 4500 eod lock 150000 lt, daily none",
};

describe("a rule set as a simulation plays it", () => {
  it.each(Object.entries(EXPECTED))("%s", (name, expected) => {
    expect(told(simulationRulesOf(parseRuleSet(PRESETS[name]), START))).toBe(expected);
  });

  it("covers each preset whose limits are fully known", () => {
    const known = Object.keys(PRESETS).filter((name) => {
      const { unknown, maxLoss } = parseRuleSet(PRESETS[name]);
      const open = unknown.filter((path) => path !== "maxLoss.breachAt");
      const limits = open.filter((path) => /^(maxLoss|dailyLoss|startingBalance)/.test(path));
      return limits.length === 0 && maxLoss !== null && maxLoss.amount !== null;
    });
    expect(Object.keys(EXPECTED).sort()).toEqual(known.sort());
  });

  it("names in every preset what is not simulated, and what no source tells", () => {
    for (const name of Object.keys(PRESETS)) {
      const rules = parseRuleSet(PRESETS[name]);
      const unseen = (simulationRulesOf(rules, START).unseen ?? []).join("\n");
      for (const path of rules.unknown) expect(unseen, name).toContain(path);
      if (rules.consistency) expect(unseen, name).toContain("consistency");
      if (rules.session) expect(unseen, name).toContain("flat by");
      if (rules.size) expect(unseen, name).toContain("size limit");
      if (rules.payout) expect(unseen, name).toContain("payouts");
      if (rules.maxLoss?.basis === "intradayEquity") {
        expect(unseen, name).toContain("follows the highest equity within the day");
      }
    }
  });

  it("starts from the account where the rules do not say, with levels above that start", () => {
    const rules = played({
      maxLoss: {
        amount: 2_000,
        basis: "static",
        lockAt: 100,
        lockWhenProfit: 2_600,
        breachAt: "lte",
      },
      dailyLoss: { percentOfBase: 2, at: "lt", action: "fail" },
    });
    expect(rules).toMatchObject({
      startingBalance: START,
      maxLoss: { basis: "start", lockAt: 50_100e6, lockWhenProfit: 2_600e6, breachAt: "lte" },
      dailyLoss: { amount: null, percentOfBase: 200, at: "lt", action: "fail" },
    });
  });

  it("plays no limit whose amount is not known, and says so", () => {
    const { maxLoss, dailyLoss, unseen } = played({
      maxLoss: { basis: "eodBalance" },
      dailyLoss: { action: "lock" },
    });
    expect([maxLoss, dailyLoss]).toEqual([null, null]);
    expect(unseen).toEqual([
      "The amount of the maximum loss is not known: none is simulated.",
      "The amount of the daily loss is not known: none is simulated.",
    ]);
  });

  it("says what a daily loss and a floor after a payout mean otherwise", () => {
    const { unseen } = played({
      maxLoss: { amount: 1, basis: "intradayBalance", floorAfterPayout: 0, breachOn: "balance" },
      dailyLoss: { amount: 1, trailing: true, includesFees: false, base: "dayStartEquity" },
      days: { minTradingDays: 2 },
      other: { overnight: "none" },
    });
    expect(unseen?.map((sentence) => sentence.slice(0, 50))).toEqual([
      "The maximum loss follows the highest balance withi",
      "Payouts are not simulated, nor what the first one ",
      "The daily loss counts from the day's highest resul",
      "The daily loss leaves costs out; here they count.",
      "The daily loss goes by the equity at the day's sta",
      "Not simulated: numbers of days to trade, overnight",
    ]);
  });
});
