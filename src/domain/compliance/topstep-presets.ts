import type { PresetDocuments } from "./preset-documents.js";

const HELP = "help.topstep.com, as stored in 2026";
const SOURCES = {
  "": HELP,
  "maxLoss.amount": "propfirmapp.com/prop-firms/topstep; deltalytix accounts/config.ts",
  "maxLoss.basis":
    "help.topstep.com 8284204: balance high at the end of the trading day (two blogs say intraday)",
  "maxLoss.lockAt": "help.topstep.com 8284204: stops at the initial starting balance",
  "maxLoss.breachOn": "help.topstep.com 8284204: judged while trading, open results count",
  "maxLoss.breachAt": "help.topstep.com 8284204: falls below; at equality it is not spelled out",
  "dailyLoss.amount": "propfirmapp.com/prop-firms/topstep; deltalytix accounts/config.ts",
  "dailyLoss.at": "help.futures.topstep.com 8808125387923: should hit or exceed",
  "dailyLoss.includesFees": "help.futures.topstep.com 8808125387923: net P&L",
  size: "propfirmapp.com/prop-firms/topstep; micros 10:1 on TopstepX",
  session: "intercom.help/topstep-llc 8284206: flat by 15:10 CT",
};

interface Size {
  readonly name: string;
  readonly size: number;
  readonly target: number;
  readonly maxLoss: number;
  readonly dailyLoss: number;
  readonly contracts: number;
  readonly liveDailyLoss: number;
}

const SIZES: readonly Size[] = [
  size("50k", 50_000, 3_000, 2_000, 1_000, 5, 2_000),
  size("100k", 100_000, 6_000, 3_000, 2_000, 10, 3_000),
  size("150k", 150_000, 9_000, 4_500, 3_000, 15, 4_500),
];

function size(
  name: string,
  nominal: number,
  target: number,
  maxLoss: number,
  dailyLoss: number,
  contracts: number,
  liveDailyLoss: number,
): Size {
  return { name, size: nominal, target, maxLoss, dailyLoss, contracts, liveDailyLoss };
}

const shared = {
  firm: "Topstep",
  version: "2026-08",
  session: { flatBy: "15:10" },
  other: { overnight: "no position between 15:10 and 17:00 CT" },
};

const lockUntilRoll = (amount: number) => ({ amount, at: "lte", action: "lock" });

function combine(of: Size, withDailyLoss: boolean) {
  return {
    ...shared,
    program: `Trading Combine ${of.name.toUpperCase()}${withDailyLoss ? " with DLL" : ""}`,
    stage: "evaluation",
    nominalSize: of.size,
    startingBalance: of.size,
    maxLoss: { amount: of.maxLoss, basis: "eodBalance", lockAt: 0, breachAt: "lt" },
    dailyLoss: withDailyLoss ? lockUntilRoll(of.dailyLoss) : null,
    profitTarget: of.target,
    consistency: { percent: 50, of: "targetOrTotal", blocks: "pass" },
    days: { minTradingDays: 2 },
    size: { maxContracts: of.contracts },
    sources: {
      ...SOURCES,
      dailyLoss:
        "help.futures.topstep.com 9772296: none on TopstepX since 2024-08-25 but as an option",
      consistency:
        "help.topstep.com: best day below 50 %; as a target: deltalytix account-metrics.ts",
      days: "deltalytix accounts/config.ts",
    },
    unknown: ["maxLoss.breachAt"],
  };
}

/** Contracts by end-of-day profit; only those of the 50K account were found. */
const SCALING_50K = [
  { profit: 0, maxContracts: 2 },
  { profit: 1_500, maxContracts: 3 },
  { profit: 2_000, maxContracts: 5 },
];

function express(of: Size) {
  const scaled = of.size === 50_000;
  return {
    ...shared,
    program: `Express Funded ${of.name.toUpperCase()}`,
    stage: "funded",
    nominalSize: of.size,
    startingBalance: 0,
    maxLoss: {
      amount: of.maxLoss,
      basis: "eodBalance",
      lockAt: 0,
      floorAfterPayout: 0,
      breachAt: "lt",
    },
    dailyLoss: null,
    days: { winningDayNet: 150, minWinningDays: 5 },
    payout: { percentOfProfit: 50, cap: 5_000, split: 90, resetsCycle: true },
    size: { maxContracts: of.contracts, scaling: scaled ? SCALING_50K : [] },
    sources: {
      ...SOURCES,
      "maxLoss.floorAfterPayout":
        "fundedtraderfieldguide.pages.dev topstep-mll-after-first-payout, quoting the help pages",
      days: "third parties citing help.topstep.com 8284233, 2026-05 (Standard path)",
      payout: "help.topstep.com 10404863 (cap); third parties citing 8284233 (Standard path)",
      "size.scaling": "h2tfunding.com/topstep-scaling-plan",
    },
    unknown: ["maxLoss.breachAt", ...(scaled ? [] : ["size.scaling"])],
  };
}

function live(of: Size) {
  return {
    ...shared,
    program: `Live Funded ${of.name.toUpperCase()}`,
    stage: "live",
    nominalSize: of.size,
    startingBalance: null,
    maxLoss: { basis: "eodBalance" },
    dailyLoss: lockUntilRoll(of.liveDailyLoss),
    sources: {
      ...SOURCES,
      "dailyLoss.amount":
        "intercom.help/topstep-llc 11748475: the first tier; it rises with profit after 10 days",
    },
    unknown: [
      "startingBalance",
      "maxLoss.amount",
      "maxLoss.lockAt",
      "maxLoss.breachAt",
      "size",
      "payout",
    ],
  };
}

const practice = {
  ...shared,
  program: "Practice",
  stage: "practice",
  startingBalance: null,
  maxLoss: { basis: "eodBalance" },
  dailyLoss: { at: "lte", action: "lock" },
  sources: {
    ...SOURCES,
    dailyLoss: "help.futures.topstep.com 9772296: practice accounts have a daily loss limit",
  },
  unknown: [
    "startingBalance",
    "maxLoss.amount",
    "maxLoss.lockAt",
    "maxLoss.breachAt",
    "dailyLoss.amount",
    "size",
  ],
};

export const TOPSTEP_PRESETS: PresetDocuments = {
  ...Object.fromEntries(
    SIZES.flatMap((of) => [
      [`topstep-combine-${of.name}`, combine(of, false)],
      [`topstep-combine-${of.name}-dll`, combine(of, true)],
    ]),
  ),
  ...Object.fromEntries(SIZES.map((of) => [`topstep-express-${of.name}`, express(of)])),
  ...Object.fromEntries(SIZES.map((of) => [`topstep-live-${of.name}`, live(of)])),
  "topstep-practice": practice,
};
