import { type Command, Option } from "commander";
import { ACCOUNT_TYPES, type AccountType } from "../../domain/account-type.js";
import { type PlainRow, plainAccount } from "../../domain/plain.js";
import type { AccountService } from "../../ports/account-service.js";
import { plainSummary } from "../../services/account-rows.js";
import { ACCOUNTS } from "../account-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  accountOption,
  addOutputOptions,
  jsonOption,
  moneyValue,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printRow, printRows } from "../print.js";

interface ListOptions extends OutputOptions {
  readonly account?: string;
}

interface AddOptions extends OutputOptions {
  readonly name?: string;
  readonly type?: AccountType;
  readonly startingBalance?: string;
}

export function addAccountsCommand(program: Command, cli: CliDependencies): void {
  const accounts = program.command("accounts").description("Show accounts, or open one.");
  addListCommand(accounts, cli);
  addAddCommand(accounts, cli);
}

function addListCommand(accounts: Command, cli: CliDependencies): void {
  const command = accounts
    .command("list", { isDefault: true })
    .description("List the accounts with their balance (what `accounts` alone does).")
    .addOption(accountOption());
  addOutputOptions(command).action(
    (options: ListOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const rows = await summaries(books.accounts, options.account);
        return printRows(cli, ACCOUNTS, rows, { ...options, limit: Number.MAX_SAFE_INTEGER });
      }),
  );
}

async function summaries(
  accounts: AccountService,
  only: string | undefined,
): Promise<readonly PlainRow[]> {
  const ids = only === undefined ? (await accounts.list()).map((a) => a.accountId) : [only];
  const rows: PlainRow[] = [];
  for (const id of ids) rows.push(plainSummary(await accounts.summary(id)));
  return rows;
}

function addAddCommand(accounts: Command, cli: CliDependencies): void {
  accounts
    .command("add")
    .description("Open an account, and book what waited in quarantine for it.")
    .argument("<id>", "the broker's account id", nonEmpty)
    .option("--name <name>", "the account's name (default: its id)", nonEmpty)
    .addOption(
      accountTypeOption(
        "--type <type>",
        "what kind of account it is (default: by its name, else practice)",
      ),
    )
    .option(
      "--starting-balance <dollars>",
      "balance before its first fill (default: 0)",
      moneyValue,
    )
    .addOption(jsonOption())
    .action(
      (accountId: string, options: AddOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const { name, type, startingBalance } = options;
          const input = { accountId, accountName: name, accountType: type, startingBalance };
          return printRow(cli, plainAccount(await books.accounts.open(input)), options);
        }),
    );
}

export function accountTypeOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(ACCOUNT_TYPES);
}
