import { type Command, Option } from "commander";
import { CASH_TYPES, type CashType } from "../../domain/cash.js";
import { plainCash } from "../../domain/plain.js";
import { CASH } from "../account-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  accountOption,
  addLimitOption,
  addOutputOptions,
  instantValue,
  moneyValue,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printJson, printRows, rowsToRead } from "../print.js";
import { printable } from "../text.js";

interface CashOptions extends OutputOptions {
  readonly account?: string;
  readonly type?: CashType;
  readonly amount?: string;
  readonly at?: string;
  readonly id?: string;
  readonly void?: string;
  readonly reason?: string;
  readonly all?: boolean;
  readonly limit?: number;
}

export function addCashCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("cash")
    .description("List cash movements, or record a payout, deposit, adjustment or reset.")
    .addOption(accountOption())
    .addOption(new Option("--type <type>", "record one of this type").choices(CASH_TYPES))
    .option(
      "--amount <dollars>",
      "a payout's is positive; a reset's is the new balance",
      moneyValue,
    )
    .option("--at <instant>", "when it happened", instantValue)
    .option("--id <id>", "its id (default: made of what it says)", nonEmpty)
    .addOption(
      new Option("--void <id>", "take a mistaken one out again")
        .argParser(nonEmpty)
        .conflicts("type"),
    )
    .option("--reason <text>", "why, for the record")
    .option("--all", "list the void ones too");
  addOutputOptions(addLimitOption(command)).action(
    (options: CashOptions, self: Command): Promise<void> => {
      if (options.type !== undefined) return record(cli, self, options, options.type);
      if (options.void !== undefined) return takeOut(cli, self, options, options.void);
      return list(cli, self, options);
    },
  );
}

function list(cli: CliDependencies, self: Command, options: CashOptions): Promise<void> {
  return withBooks(cli, self, async ({ accounts }) => {
    const filter = { account: options.account, limit: rowsToRead(options) };
    const rows = await accounts.cash(filter, options.all ?? false);
    return printRows(cli, CASH, rows.map(plainCash), options);
  });
}

function record(
  cli: CliDependencies,
  self: Command,
  options: CashOptions,
  type: CashType,
): Promise<void> {
  const { account, amount, at, id: movementId, reason } = options;
  if (account === undefined) self.error("error: --account says whose cash it is");
  if (at === undefined) self.error("error: --at says when it happened");
  return withBooks(cli, self, async ({ accounts }) => {
    const input = { account, type, amount, at, movementId, reason, source: "cli" };
    const { outcome, movement } = await accounts.recordCash(input);
    if (options.json) return printJson(cli, { outcome, ...plainCash(movement) });
    const id = printable(movement.movementId);
    const text = outcome === "known" ? `${type} ${id} was recorded already; nothing changed` : null;
    return cli.out.write(`${text ?? `${type} ${id} recorded`}\n`);
  });
}

function takeOut(
  cli: CliDependencies,
  self: Command,
  options: CashOptions,
  id: string,
): Promise<void> {
  const { account, reason } = options;
  if (account === undefined) self.error("error: --account says whose cash it is");
  return withBooks(cli, self, async ({ accounts }) => {
    const { outcome, movement } = await accounts.voidCash(account, id, reason);
    if (options.json) return printJson(cli, { outcome, ...plainCash(movement) });
    const already = outcome === "known" ? " already; nothing changed" : "";
    return cli.out.write(`${movement.type} ${printable(id)} is void${already}\n`);
  });
}
