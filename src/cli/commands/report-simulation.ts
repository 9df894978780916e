import type { RuleSet } from "../../domain/compliance/rules.js";
import { simulationRulesOf } from "../../domain/compliance/simulation-rules.js";
import { type BlotterError, invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";
import { type Money, parseMoney } from "../../domain/money.js";
import type { Simulation, SimulationRules } from "../../domain/performance/bootstrap.js";
import { plainSimulation } from "../../domain/performance/plain.js";
import type { PerformanceFilter } from "../../ports/performance.js";
import type { Books, CliDependencies } from "../context.js";
import { type Figure, figureLines } from "../figures.js";
import type { OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { counted } from "../text.js";

/** The limits to live under, and how to draw. */
export interface SimulationFlags extends OutputOptions {
  readonly target?: string;
  readonly maxLoss?: string;
  readonly maxLossBasis?: "start" | "eod";
  readonly lockAt?: string;
  readonly dailyLoss?: string;
  readonly seed: number;
  readonly paths?: number;
  readonly horizon?: number;
}

/** The rules to live under, and the name of the rule set they are from. */
interface Asked {
  readonly rules: SimulationRules;
  readonly name: string | null;
}

/**
 * Draws a new account's future from the days there were, under the account's own rules but for what the flags say,
 * and says how and within what limits.
 */
export async function printSimulation(
  cli: CliDependencies,
  books: Books,
  filter: PerformanceFilter,
  flags: SimulationFlags,
): Promise<void> {
  const { seed, paths, horizon } = flags;
  const { rules, name } = await askedRules(books, filter, flags);
  const options = {
    seed,
    ...(paths !== undefined && { paths }),
    ...(horizon !== undefined && { horizonDays: horizon }),
  };
  const found = await books.performance.simulate(rules, options, filter);
  if (flags.json) return printJson(cli, found && { rules: name, ...plainSimulation(found) });
  if (found === null) return cli.out.write("no day was traded: there is nothing to draw from\n");
  return cli.out.write(textOf(found, name));
}

async function askedRules(
  books: Books,
  filter: PerformanceFilter,
  flags: SimulationFlags,
): Promise<Asked> {
  const all = filter.accounts ?? (await books.accounts.list()).map(({ accountId }) => accountId);
  const [account, ...others] = new Set<string>(all);
  const single = account !== undefined && others.length === 0 ? account : null;
  const status = single === null ? null : await books.compliance.status(single);
  const { startingBalance } = await books.performance.equity({ ...filter, from: undefined });
  const rules = underFlags(status?.rules ?? null, startingBalance, flags);
  const { profitTarget, maxLoss, dailyLoss } = rules;
  const name = status?.rulesName ?? null;
  if (profitTarget === null && maxLoss === null && dailyLoss === null) {
    throw nothingAsked(single, name);
  }
  return { rules, name };
}

function nothingAsked(account: string | null, rules: string | null): BlotterError {
  const flags = "--target, --max-loss or --daily-loss";
  if (account === null) {
    const one = "name one account that has rules with --account";
    return invalid(`nothing to simulate against: ${one}, or give ${flags}`);
  }
  const found =
    rules === null
      ? `account ${show(account)} has no rules: "blotter rules set" gives it some; or`
      : `${rules}, the rules of account ${show(account)}, tell neither target nor limit:`;
  return invalid(`nothing to simulate against: ${found} give ${flags}`);
}

/** The account's rules, and above them what the flags say. */
function underFlags(
  own: RuleSet | null,
  accountStart: Money,
  flags: SimulationFlags,
): SimulationRules {
  const target = amount(flags.target, "target");
  const most = amount(flags.maxLoss, "maximum loss");
  const daily = amount(flags.dailyLoss, "daily loss");
  const lockAt = amount(flags.lockAt, "lock");
  const rules = own
    ? simulationRulesOf(withAmounts(own, most, daily), accountStart)
    : { startingBalance: accountStart, profitTarget: null, maxLoss: null, dailyLoss: null };
  const maxLoss = rules.maxLoss ?? (most === null ? null : { ...PLAIN_MAX_LOSS, amount: most });
  if (maxLoss === null) requireMaxLoss(flags);
  const dailyLoss = rules.dailyLoss ?? (daily && { ...PLAIN_DAILY_LOSS, amount: daily });
  return {
    ...rules,
    profitTarget: target ?? rules.profitTarget,
    maxLoss: maxLoss && {
      ...maxLoss,
      basis: flags.maxLossBasis ?? maxLoss.basis,
      lockAt: lockAt ?? maxLoss.lockAt,
    },
    dailyLoss,
  };
}

function requireMaxLoss({ maxLossBasis, lockAt }: SimulationFlags): void {
  const idle = lockAt === undefined ? maxLossBasis && "--max-loss-basis" : "--lock-at";
  if (idle) throw invalid(`${idle} is of a maximum loss, and there is none: give --max-loss`);
}

const PLAIN_MAX_LOSS = {
  basis: "eod",
  lockAt: null,
  lockWhenProfit: null,
  breachAt: "lte",
} as const;
const PLAIN_DAILY_LOSS = { percentOfBase: null, at: "lte", action: "lock" } as const;

/** The rules with other amounts, where they have such a limit. */
function withAmounts(rules: RuleSet, maxLoss: Money | null, dailyLoss: Money | null): RuleSet {
  const { maxLoss: most, dailyLoss: daily } = rules;
  return {
    ...rules,
    maxLoss: most && { ...most, amount: maxLoss ?? most.amount },
    dailyLoss:
      daily && dailyLoss !== null ? { ...daily, amount: dailyLoss, percentOfBase: null } : daily,
  };
}

const amount = (text: string | undefined, what: string): Money | null =>
  text === undefined ? null : parseMoney(text, what);

/** A month of trading days: fewer say little of what days there can be. */
const FEWEST_DAYS = 20;

const FIGURES: readonly Figure[] = [
  ["profit target reached", "reachedTarget", "percent"],
  ["  days, median", "daysToTarget", "number"],
  ["maximum loss broken", "brokeMaxLoss", "percent"],
  ["  days, median", "daysToMaxLoss", "number"],
  ["daily loss limit hit", "hitDailyLoss", "percent"],
  ["  days, median", "daysToDailyLoss", "number"],
  ["account lost at the daily loss", "failedDailyLoss", "percent"],
  ["neither within the horizon", "undecided", "percent"],
  ["balance at the end, 5th percentile", "p5", "money"],
  ["balance at the end, median", "p50", "money"],
  ["balance at the end, 95th percentile", "p95", "money"],
];

function textOf(found: Simulation, name: string | null): string {
  const { endBalance, limits, method, ...plain } = plainSimulation(found);
  const { daysToTarget, daysToMaxLoss, daysToDailyLoss } = plain;
  const row = {
    ...endBalance,
    reachedTarget: plain.reachedTarget,
    brokeMaxLoss: plain.brokeMaxLoss,
    hitDailyLoss: plain.hitDailyLoss,
    failedDailyLoss: plain.failedDailyLoss,
    undecided: plain.undecided,
    daysToTarget: daysToTarget?.p50 ?? null,
    daysToMaxLoss: daysToMaxLoss?.p50 ?? null,
    daysToDailyLoss: daysToDailyLoss?.p50 ?? null,
  };
  const under = name === null ? "" : ` under ${name}`;
  const head = `A new account${under}, ${found.paths} times up to ${found.horizonDays} days, drawn from ${counted(found.sampleDays, "day")} in blocks of about ${found.blockDays} (seed ${found.seed})`;
  const few =
    found.sampleDays < FEWEST_DAYS
      ? [`warning: drawn from ${counted(found.sampleDays, "day")}: too few to trust`]
      : [];
  const told = limits.map((limit) => `- ${limit}`);
  return [head, ...few, figureLines(FIGURES, row), method, ...told, ""].join("\n");
}
