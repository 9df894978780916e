import type { PresetDocuments } from "./preset-documents.js";

/** Where most amounts are from: a journal's list of plans, read in 2026; the firms' own pages were not. */
const PLANS = "deltalytix accounts/config.ts, 2026";

/** Name of a size, its dollars, profit target, maximum loss, and daily loss where the program has one. */
type Plan = readonly [
  name: string,
  size: number,
  target: number,
  maxLoss: number,
  dailyLoss?: number,
];

interface Program {
  readonly firm: string;
  readonly program: string;
  readonly maxLoss: object;
  readonly dailyLoss?: object;
  readonly consistency?: object;
  readonly minTradingDays?: number;
  readonly sources?: Readonly<Record<string, string>>;
  readonly unknown: readonly string[];
}

function evaluations(key: string, of: Program, plans: readonly Plan[]): PresetDocuments {
  const { firm, program, consistency = null, minTradingDays, sources, unknown } = of;
  const documents = plans.map(([name, size, profitTarget, maxLoss, dailyLoss]) => [
    `${key}-${name}`,
    {
      firm,
      program: `${program} ${name.toUpperCase()}`,
      stage: "evaluation",
      version: "2026-08",
      nominalSize: size,
      startingBalance: size,
      maxLoss: { ...of.maxLoss, amount: maxLoss },
      dailyLoss: dailyLoss === undefined ? null : { ...of.dailyLoss, amount: dailyLoss },
      profitTarget,
      consistency,
      days: minTradingDays === undefined ? null : { minTradingDays },
      sources: { "": PLANS, ...sources },
      unknown: ["size", "session", "payout", ...unknown],
    },
  ]);
  return Object.fromEntries(documents);
}

const APEX = {
  firm: "Apex Trader Funding",
  sources: {
    maxLoss: "damnpropfirms.com; deltalytix accounts/config.ts",
    "maxLoss.lockAt": "damnpropfirms.com: start + 100",
  },
};

const APEX_4 = {
  ...APEX,
  sources: {
    "": "open-prop-firm data/firms/futures/apex-funding: rules of 2026-03-01",
    "maxLoss.lockAt": "damnpropfirms.com: start + 100",
  },
};

export const FIRM_PRESETS: PresetDocuments = {
  ...evaluations(
    "apex-legacy",
    {
      ...APEX,
      program: "Legacy evaluation",
      maxLoss: { basis: "intradayEquity", lockAt: 100, breachAt: "lte" },
      minTradingDays: 7,
      unknown: ["maxLoss.breachAt"],
    },
    [
      ["25k", 25_000, 1_500, 1_500],
      ["50k", 50_000, 3_000, 2_500],
      ["150k", 150_000, 9_000, 5_000],
      ["250k", 250_000, 15_000, 6_500],
      ["300k", 300_000, 20_000, 7_500],
    ],
  ),
  ...evaluations(
    "apex-intraday",
    {
      ...APEX_4,
      program: "4.0 intraday trail",
      maxLoss: { basis: "intradayEquity", lockAt: 100, breachAt: "lte" },
      unknown: ["maxLoss.breachAt"],
    },
    [["50k", 50_000, 3_000, 2_000]],
  ),
  ...evaluations(
    "apex-eod",
    {
      ...APEX_4,
      program: "4.0 end-of-day trail",
      maxLoss: { basis: "eodBalance", lockAt: 100, breachAt: "lte" },
      dailyLoss: { at: "lte", action: "lock" },
      unknown: ["maxLoss.breachAt"],
    },
    [["50k", 50_000, 3_000, 2_000, 1_000]],
  ),
  ...evaluations(
    "mffu-starter",
    {
      firm: "MyFundedFutures",
      program: "Starter",
      maxLoss: { basis: "eodBalance", lockAt: 100 },
      dailyLoss: { action: "lock" },
      minTradingDays: 1,
      sources: { "maxLoss.lockAt": "about the start, perhaps + 100: not confirmed" },
      unknown: ["maxLoss.lockAt", "maxLoss.breachAt"],
    },
    [
      ["50k", 50_000, 3_000, 2_500, 1_200],
      ["100k", 100_000, 6_000, 3_500, 2_400],
      ["150k", 150_000, 9_000, 5_000, 3_600],
    ],
  ),
  ...evaluations(
    "mffu-expert",
    {
      firm: "MyFundedFutures",
      program: "Expert",
      maxLoss: { basis: "eodBalance", lockAt: 100 },
      minTradingDays: 1,
      sources: { "maxLoss.lockAt": "about the start, perhaps + 100: not confirmed" },
      unknown: ["maxLoss.lockAt", "maxLoss.breachAt"],
    },
    [
      ["50k", 50_000, 4_000, 2_000],
      ["100k", 100_000, 8_000, 3_000],
      ["150k", 150_000, 12_000, 4_500],
    ],
  ),
  ...evaluations(
    "tradeify",
    {
      firm: "Tradeify",
      program: "Straight to funded",
      maxLoss: { basis: "eodBalance" },
      dailyLoss: { action: "lock" },
      consistency: { percent: 20, of: "totalProfit", blocks: "payout" },
      sources: { "maxLoss.basis": "fundedwiki.com/tradeify: end-of-day value, enforced intraday" },
      unknown: ["maxLoss.lockAt", "maxLoss.breachAt"],
    },
    [
      ["25k", 25_000, 1_500, 1_000],
      ["50k", 50_000, 3_000, 2_000, 1_250],
      ["100k", 100_000, 6_000, 4_000, 2_500],
      ["150k", 150_000, 9_000, 6_000, 3_750],
    ],
  ),
  ...evaluations(
    "takeprofit-test",
    {
      firm: "Take Profit Trader",
      program: "Test",
      maxLoss: { basis: "eodBalance", lockAt: 0 },
      consistency: { percent: 50, of: "totalProfit", blocks: "pass" },
      minTradingDays: 5,
      sources: {
        "maxLoss.lockAt": "w1337-cyber prop-firms page: the start",
        dailyLoss: "w1337-cyber prop-firms page: none since January 2025",
      },
      unknown: ["maxLoss.breachAt"],
    },
    [
      ["25k", 25_000, 1_500, 1_500],
      ["50k", 50_000, 3_000, 2_000],
      ["75k", 75_000, 4_500, 2_500],
      ["100k", 100_000, 6_000, 3_000],
      ["150k", 150_000, 9_000, 4_500],
    ],
  ),
  ...evaluations(
    "bulenox-option1",
    {
      firm: "Bulenox",
      program: "Option 1",
      maxLoss: { basis: "intradayEquity", lockAt: 100 },
      consistency: { percent: 40, of: "totalProfit", blocks: "payout" },
      minTradingDays: 1,
      sources: {
        "maxLoss.basis": "propfirmcircle: real time (deltalytix says end of day)",
        "maxLoss.lockAt": "start + 100: not confirmed",
        consistency: "40 %: not confirmed",
      },
      unknown: ["maxLoss.lockAt", "maxLoss.breachAt", "consistency"],
    },
    [
      ["25k", 25_000, 1_500, 1_500],
      ["50k", 50_000, 3_000, 2_500],
      ["100k", 100_000, 6_000, 3_000],
      ["150k", 150_000, 9_000, 4_500],
      ["250k", 250_000, 15_000, 5_500],
    ],
  ),
  ...evaluations(
    "bulenox-option2",
    {
      firm: "Bulenox",
      program: "Option 2",
      maxLoss: { basis: "eodBalance", lockAt: 100 },
      dailyLoss: { action: "lock" },
      consistency: { percent: 40, of: "totalProfit", blocks: "payout" },
      minTradingDays: 1,
      sources: {
        "maxLoss.basis": "propfirmcircle; deltalytix accounts/config.ts",
        "maxLoss.lockAt": "start + 100: not confirmed",
        consistency: "40 %: not confirmed",
      },
      unknown: ["maxLoss.lockAt", "maxLoss.breachAt", "dailyLoss.action", "consistency"],
    },
    [
      ["25k", 25_000, 1_500, 1_500, 500],
      ["50k", 50_000, 3_000, 2_500, 1_100],
      ["100k", 100_000, 6_000, 3_000, 2_200],
      ["150k", 150_000, 9_000, 4_500, 3_300],
      ["250k", 250_000, 15_000, 5_500, 4_500],
    ],
  ),
  ...evaluations(
    "earn2trade-tcp",
    {
      firm: "Earn2Trade",
      program: "Trader Career Path",
      maxLoss: { basis: "eodBalance" },
      dailyLoss: { action: "fail" },
      consistency: { percent: 30, of: "totalProfit", blocks: "pass" },
      minTradingDays: 10,
      unknown: ["maxLoss.lockAt", "maxLoss.breachAt"],
    },
    [
      ["25k", 25_000, 1_750, 1_500, 550],
      ["50k", 50_000, 3_000, 2_000, 1_100],
      ["100k", 100_000, 6_000, 3_500, 2_200],
    ],
  ),
};
