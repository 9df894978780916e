import { invalid } from "../../domain/errors.js";
import { parseMoney } from "../../domain/money.js";
import type { Simulation, SimulationRules } from "../../domain/performance/bootstrap.js";
import { plainSimulation } from "../../domain/performance/plain.js";
import type { PerformanceFilter } from "../../ports/performance.js";
import type { Books, CliDependencies } from "../context.js";
import { type Figure, figureLines } from "../figures.js";
import type { OutputOptions } from "../options.js";
import { printJson } from "../print.js";

/** The limits to live under, and how to draw. */
export interface SimulationFlags extends OutputOptions {
  readonly target?: string;
  readonly maxLoss?: string;
  readonly maxLossBasis: "start" | "eod";
  readonly lockAt?: string;
  readonly dailyLoss?: string;
  readonly seed: number;
  readonly paths?: number;
  readonly horizon?: number;
}

/** Draws a new account's future from the days there were, and says how and within what limits. */
export async function printSimulation(
  cli: CliDependencies,
  { performance }: Books,
  filter: PerformanceFilter,
  flags: SimulationFlags,
): Promise<void> {
  const { seed, paths, horizon } = flags;
  const { startingBalance } = await performance.equity({ ...filter, from: undefined });
  const rules = rulesOf(flags, startingBalance);
  const options = {
    seed,
    ...(paths !== undefined && { paths }),
    ...(horizon !== undefined && { horizonDays: horizon }),
  };
  const found = await performance.simulate(rules, options, filter);
  if (flags.json) return printJson(cli, found && plainSimulation(found));
  if (found === null) return cli.out.write("no day was traded: there is nothing to draw from\n");
  return cli.out.write(textOf(found));
}

function rulesOf(
  flags: SimulationFlags,
  startingBalance: SimulationRules["startingBalance"],
): SimulationRules {
  const { target, maxLoss, maxLossBasis, lockAt, dailyLoss } = flags;
  if (target === undefined && maxLoss === undefined && dailyLoss === undefined) {
    throw invalid("nothing to simulate against: give --target, --max-loss or --daily-loss");
  }
  const limit = (text: string | undefined, what: string) => {
    if (text === undefined) return null;
    const money = parseMoney(text, what);
    if (money <= 0) throw invalid(`${what} must be positive, was ${text}`);
    return money;
  };
  const amount = limit(maxLoss, "maximum loss");
  return {
    startingBalance,
    profitTarget: limit(target, "target"),
    maxLoss:
      amount === null
        ? null
        : {
            amount,
            basis: maxLossBasis,
            lockAt: lockAt === undefined ? null : parseMoney(lockAt, "lock"),
          },
    dailyLoss: limit(dailyLoss, "daily loss"),
  };
}

const FIGURES: readonly Figure[] = [
  ["profit target reached", "reachedTarget", "percent"],
  ["  days, median", "daysToTarget", "number"],
  ["maximum loss broken", "brokeMaxLoss", "percent"],
  ["  days, median", "daysToMaxLoss", "number"],
  ["daily loss limit hit", "hitDailyLoss", "percent"],
  ["  days, median", "daysToDailyLoss", "number"],
  ["neither within the horizon", "undecided", "percent"],
  ["balance at the end, 5th percentile", "p5", "money"],
  ["balance at the end, median", "p50", "money"],
  ["balance at the end, 95th percentile", "p95", "money"],
];

function textOf(found: Simulation): string {
  const { endBalance, limits, method, ...plain } = plainSimulation(found);
  const { daysToTarget, daysToMaxLoss, daysToDailyLoss } = plain;
  const row = {
    ...endBalance,
    reachedTarget: plain.reachedTarget,
    brokeMaxLoss: plain.brokeMaxLoss,
    hitDailyLoss: plain.hitDailyLoss,
    undecided: plain.undecided,
    daysToTarget: daysToTarget?.p50 ?? null,
    daysToMaxLoss: daysToMaxLoss?.p50 ?? null,
    daysToDailyLoss: daysToDailyLoss?.p50 ?? null,
  };
  const head = `A new account, ${found.paths} times up to ${found.horizonDays} days, drawn from ${found.sampleDays} days in blocks of about ${found.blockDays} (seed ${found.seed})`;
  return [head, figureLines(FIGURES, row), method, ...limits.map((limit) => `- ${limit}`), ""].join(
    "\n",
  );
}
