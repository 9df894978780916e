import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { plainRuleSet } from "../../domain/compliance/plain-rules.js";
import type { RuleSet } from "../../domain/compliance/rules.js";
import { invalid } from "../../domain/errors.js";
import { show } from "../../domain/ids.js";
import { formatMoney, moneyToNumber } from "../../domain/money.js";
import type { PlainRow } from "../../domain/plain.js";
import type { AccountSummary } from "../../ports/account-service.js";
import type { AssignedRules, RuleAssignmentInput } from "../../ports/compliance.js";
import { RULE_SETS } from "../account-views.js";
import { type CliDependencies, note, withBooks } from "../context.js";
import {
  accountOption,
  addOutputOptions,
  jsonOption,
  nonEmpty,
  type OutputOptions,
  tradingDayValue,
} from "../options.js";
import { printJson, printRow, printRows } from "../print.js";
import { pairsText } from "../table.js";
import { printable } from "../text.js";

interface ListOptions extends OutputOptions {
  readonly account?: string;
}

interface SetOptions extends OutputOptions {
  readonly from?: string;
}

export function addRulesCommand(program: Command, cli: CliDependencies): void {
  const rules = program
    .command("rules")
    .description("Show prop firms' rule sets, or put an account under one.");
  addListCommand(rules, cli);
  addShowCommand(rules, cli);
  addSetCommand(rules, cli);
}

function addListCommand(rules: Command, cli: CliDependencies): void {
  const command = rules
    .command("list", { isDefault: true })
    .description("List the rule sets that come with Blotter, or an account's.")
    .addOption(accountOption("the rule sets of this account: its id or its exact name"));
  addOutputOptions(command).action(
    (options: ListOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const rows =
          options.account === undefined
            ? books.rules.presets().map(({ name, rules: set }) => summary(name, null, set))
            : (await books.rules.of(options.account)).map(assigned);
        return printRows(cli, RULE_SETS, rows, { ...options, limit: Number.MAX_SAFE_INTEGER });
      }),
  );
}

function addShowCommand(rules: Command, cli: CliDependencies): void {
  rules
    .command("show")
    .description("Show one rule set with the source of each fact, and what no source tells.")
    .argument("<name>", "a name from `rules list`, or an account: its newest rule set", nonEmpty)
    .addOption(jsonOption())
    .action(
      (name: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const isPreset = books.rules.presets().some((preset) => preset.name === name);
          const set = isPreset ? books.rules.preset(name) : await newest(name);
          const document = plainRuleSet(set);
          if (options.json) return printJson(cli, document);
          return cli.out.write(pairsText(linesOf(document)));

          async function newest(account: string): Promise<RuleSet> {
            const last = (await books.rules.of(account)).at(-1);
            if (last) return last.rules;
            throw invalid(
              `account ${show(account)} has no rules: "blotter rules set" gives it some`,
            );
          }
        }),
    );
}

function addSetCommand(rules: Command, cli: CliDependencies): void {
  rules
    .command("set")
    .description("Put an account under rules; days before them stay as they were judged.")
    .argument("<account>", "the account: its id or its exact name", nonEmpty)
    .argument("<rules>", "a name from `rules list` (`none` ends them), or a JSON file", nonEmpty)
    .option(
      "--from <day>",
      "the first trading day, YYYY-MM-DD (default: the account's first for its first rules, else today)",
      tradingDayValue,
    )
    .addOption(jsonOption())
    .action(
      async (account: string, name: string, options: SetOptions, self: Command): Promise<void> => {
        const document = await documentOf(name);
        await withBooks(cli, self, async (books) => {
          const input: RuleAssignmentInput = { name, document, from: options.from };
          const set = await books.rules.set(account, input);
          await warnOfStart(cli, await books.accounts.summary(account), set.rules);
          const row = assigned(set);
          const nothingUnknown = !options.json && row.unknown === "";
          return printRow(cli, nothingUnknown ? { ...row, unknown: null } : row, options);
        });
      },
    );
}

/** Levels are dollars above the start: of rules for 50,000, an account that began with 0 has a floor below 0. */
async function warnOfStart(
  cli: CliDependencies,
  { account, adoption }: AccountSummary,
  rules: RuleSet,
): Promise<void> {
  const { startingBalance: start } = rules;
  const { accountId, startingBalance: began } = account;
  // Of an adopted account, levels count from what its rules start with.
  if (start === null || start === began || adoption !== null) return;
  await note(
    cli,
    `the rules are for an account that begins with ${formatMoney(start)}; ${printable(accountId)} began with ` +
      `${formatMoney(began)}, and its floor and target are measured from there`,
  );
}

/** A name with a dot or a slash is a file's: presets have neither. */
async function documentOf(name: string): Promise<unknown> {
  if (!/[./\\]/.test(name)) return undefined;
  const text = await readFile(name, "utf8").catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw invalid(`cannot read ${show(name)}: ${why}`);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid(`${name} is no JSON: ${why}`);
  }
}

function assigned({ assignment, rules }: AssignedRules): PlainRow {
  return summary(assignment.name, assignment.validFrom, rules);
}

function summary(name: string, validFrom: string | null, rules: RuleSet): PlainRow {
  const { maxLoss, dailyLoss, profitTarget, size } = rules;
  const money = (value: RuleSet["profitTarget"]) => (value === null ? null : moneyToNumber(value));
  return {
    name,
    validFrom,
    firm: rules.firm,
    program: rules.program,
    stage: rules.stage,
    startingBalance: money(rules.startingBalance),
    maxLoss: money(maxLoss?.amount ?? null),
    basis: maxLoss?.basis ?? null,
    dailyLoss: money(dailyLoss?.amount ?? null),
    profitTarget: money(profitTarget),
    maxContracts: size?.maxContracts ?? null,
    unknown: rules.unknown.join(" "),
  };
}

/** A document as paths and values: `maxLoss.amount  2000`. */
function linesOf(document: object, path = ""): [string, string][] {
  return Object.entries(document).flatMap(([name, value]: [string, unknown]) => {
    const here = path === "" ? name : `${path}.${name}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return linesOf(value, here);
    }
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return [[here, text]];
  });
}
