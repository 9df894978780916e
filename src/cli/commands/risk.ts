import type { Command } from "commander";
import { FOR_GOOD } from "../../domain/compliance/log.js";
import { formatInstant, type Instant } from "../../domain/instant.js";
import { formatMoney, type Money } from "../../domain/money.js";
import type { ComplianceStatus } from "../../ports/compliance.js";
import { plainRisk } from "../../services/plain-risk.js";
import { type CliDependencies, withBooks } from "../context.js";
import { instantValue, jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { pairsText } from "../table.js";

interface RiskOptions extends OutputOptions {
  readonly account: string;
  readonly at?: string;
}

export function addRiskCommand(program: Command, cli: CliDependencies): void {
  program
    .command("risk")
    .description("Show where an account stands under its rules, and where each number comes from.")
    .requiredOption("--account <account>", "the account: its id or its exact name", nonEmpty)
    .option("--at <instant>", "as it was then (default: now)", instantValue)
    .addOption(jsonOption())
    .action(
      (options: RiskOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ compliance }) => {
          const status = await compliance.status(options.account, options.at);
          if (options.json) return printJson(cli, plainRisk(status));
          return cli.out.write(riskText(status));
        }),
    );
}

type Line = readonly [name: string, value: string];

function riskText(status: ComplianceStatus): string {
  const { rules, rulesName } = status;
  const program = rules ? `${rules.firm} ${rules.program} (${rulesName})` : "none";
  const source = rules ? "" : ' - set them with "blotter rules set"';
  const lines: Line[] = [
    ["account", status.accountId],
    [
      "trading day",
      `${status.tradingDay} - until 17:00 in Chicago, at ${formatInstant(status.at)}`,
    ],
    ["rules", `${program}${source}`],
    ["balance", line(status.balance, "start or adopted balance + realised - known costs + cash")],
    ["equity", line(status.equity, "balance + open positions at the last price seen")],
    [
      "start of day",
      line(
        status.startOfDayBalance,
        "balance at the last 17:00 in Chicago, or at its opening since; of an adoption, as told",
      ),
    ],
    ["highest end of day", line(status.highestEodBalance, "highest balance at a 17:00 so far")],
    ["day's P&L", line(status.dailyPnl, "realised - costs of the day + open result, without cash")],
    ...dailyLines("daily loss limit", status.dll, "dailyLoss", status),
    ...dailyLines("personal daily limit", status.personalDll, "personalDailyLoss", status),
    ...maxLossLines(status),
    ...otherLines(status),
    ["can trade", status.canTrade ? "yes" : `no: ${status.reason}`],
    ...brokerLines(status),
    ...status.locks.map((lock): Line => ["lock", `${lock.eventKey}, ${lockEnd(lock.lockedUntil)}`]),
  ];
  return pairsText(lines);
}

function line(value: Money, origin: string): string {
  return `${formatMoney(value)} - ${origin}`;
}

function dailyLines(
  name: string,
  dll: ComplianceStatus["dll"],
  path: string,
  { rules }: ComplianceStatus,
): readonly Line[] {
  if (!dll) return [];
  const amounts = `${formatMoney(dll.limit)}: used ${formatMoney(dll.used)}, remaining ${formatMoney(dll.remaining)}`;
  const until = dll.lockedUntil === null ? "" : ` until ${formatInstant(dll.lockedUntil)}`;
  const broken = dll.violated ? `, violated${until}` : "";
  return [[name, `${amounts}${broken} - ${sourceOf(rules, path)}`]];
}

function maxLossLines({ mll, rules }: ComplianceStatus): readonly Line[] {
  if (!mll) return [];
  const rule = rules?.maxLoss;
  const following = mll.lockedFloor ? "it has stopped rising" : `it follows ${rule?.basis}`;
  const broken = mll.violated ? ", violated" : "";
  const floor = `${formatMoney(mll.floor)}: remaining ${formatMoney(mll.remaining)}${broken}`;
  const limit = `${formatMoney(mll.limit)} - ${sourceOf(rules, "maxLoss")}`;
  return [
    ["maximum loss limit", limit],
    ["floor", `${floor} - ${following}; judged on ${rule?.breachOn}`],
  ];
}

function otherLines(status: ComplianceStatus): readonly Line[] {
  const { size, profitTarget, consistency, rules } = status;
  const lines: Line[] = [];
  if (size) lines.push(["contracts", `${size.held} of ${size.allowed} minis held`]);
  if (profitTarget) {
    const { profit, target } = profitTarget;
    lines.push(["profit target", `${formatMoney(profit)} of ${formatMoney(target)}`]);
  }
  if (consistency) {
    const { bestDay, allowed } = consistency;
    const most = allowed === null ? "no profit yet" : `at most ${formatMoney(allowed)}`;
    lines.push(["best day", `${formatMoney(bestDay)}, ${most}`]);
  }
  if (rules?.days) {
    const { trading, winning } = status.days;
    lines.push(["days", `${trading} traded, ${winning} won`]);
  }
  for (const path of rules?.unknown ?? []) lines.push(["not known", path]);
  for (const name of status.untold) {
    lines.push([
      "not told",
      `${name}: counted from the adoption on - "blotter adopt --correct" tells it`,
    ]);
  }
  return lines;
}

function brokerLines({ broker }: ComplianceStatus): readonly Line[] {
  if (broker === null) return [];
  return [
    [
      "broker says",
      `${broker.canTrade ? "can trade" : "cannot trade"}, at ${formatInstant(broker.at)}`,
    ],
  ];
}

/** Where the fact behind a number is from: the nearest path that has a source. */
function sourceOf(rules: ComplianceStatus["rules"], path: string): string {
  const { sources = {} } = rules ?? {};
  return sources[`${path}.amount`] ?? sources[path] ?? sources[""] ?? "the rule set";
}

function lockEnd(until: Instant | null): string {
  if (until === null || until === FOR_GOOD) return "until it is lifted";
  return `until ${formatInstant(until)}`;
}
