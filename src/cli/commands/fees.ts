import type { Command } from "commander";
import type { AccountType } from "../../domain/account-type.js";
import { type FeeEntry, parseFeeBroker } from "../../domain/fees.js";
import { moneyToNumber } from "../../domain/money.js";
import type { PlainRow } from "../../domain/plain.js";
import { parseTradingDay } from "../../domain/trading-day.js";
import type { Restated } from "../../ports/fees.js";
import { FEE_ACCOUNTS, FEES } from "../account-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  accountOption,
  addOutputOptions,
  checked,
  jsonOption,
  moneyValue,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printJson, printRows } from "../print.js";
import { counted, printable } from "../text.js";
import { accountTypeOption } from "./accounts.js";

interface ListOptions extends OutputOptions {
  readonly broker?: string;
  readonly account?: string;
  readonly accounts?: boolean;
}

interface SetOptions extends OutputOptions {
  readonly broker: string;
  readonly accountType?: AccountType;
  readonly account?: string;
  readonly from: string;
  readonly commission?: string;
  readonly fee?: string;
  readonly source?: string;
}

export function addFeesCommand(program: Command, cli: CliDependencies): void {
  const fees = program
    .command("fees")
    .description(
      "Show, change and choose fee tables, which model costs that a broker does not tell.",
    );
  addListCommand(fees, cli);
  addSetCommand(fees, cli);
  addUseCommand(fees, cli);
}

function addListCommand(fees: Command, cli: CliDependencies): void {
  const command = fees
    .command("list", { isDefault: true })
    .description("List what a contract costs per side, by broker, root and first day.")
    .option("--broker <broker>", "only this fee table", brokerName)
    .addOption(accountOption("only what may hold for this account, which uses a fee table"))
    .option("--accounts", "which accounts use which table, instead");
  addOutputOptions(command).action(
    (options: ListOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const { broker, account } = options;
        const all = { ...options, limit: Number.MAX_SAFE_INTEGER };
        if (!options.accounts) {
          const entries = await books.fees.list({ broker, account });
          return printRows(cli, FEES, entries.map(plainFee), all);
        }
        const users = (await books.fees.accounts()).filter(
          (user) => broker === undefined || user.broker === broker,
        );
        return printRows(
          cli,
          FEE_ACCOUNTS,
          users.map(({ ...row }) => row),
          all,
        );
      }),
  );
}

function addSetCommand(fees: Command, cli: CliDependencies): void {
  fees
    .command("set")
    .description(
      "Say what a contract costs per side from a day on, and restate accounts that use it.",
    )
    .argument("<root>", "a product's root: MNQ", nonEmpty)
    .requiredOption(
      "--broker <broker>",
      "the fee table: topstepx, or a name of your own",
      brokerName,
    )
    .addOption(accountTypeOption("--account-type <type>", "only for accounts of this type"))
    .addOption(accountOption("only for this account").conflicts("accountType"))
    .requiredOption("--from <day>", "the first trading day, YYYY-MM-DD", dayValue)
    .option("--commission <dollars>", "per contract and side (default: unknown)", moneyValue)
    .option("--fee <dollars>", "per contract and side (default: unknown)", moneyValue)
    .option("--source <text>", "where the figures come from (default: user)", nonEmpty)
    .addOption(jsonOption())
    .action(
      (root: string, options: SetOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const { broker, accountType, account, from, source } = options;
          const figures = { commissionPerSide: options.commission, feePerSide: options.fee };
          const input = { root, broker, accountType, account, validFrom: from, source };
          const done = await books.fees.set({ ...input, ...figures });
          if (options.json) {
            return printJson(cli, { ...plainFee(done.entry), ...plainRestated(done) });
          }
          const text = `${printable(root)} of ${broker} from ${from}`;
          return cli.out.write(`set ${text}: ${restatedText(done)}\n`);
        }),
    );
}

function addUseCommand(fees: Command, cli: CliDependencies): void {
  fees
    .command("use")
    .description("Choose an account's fee table, or none, and restate the account.")
    .argument("<account>", "its id or its exact name", nonEmpty)
    .argument("<broker>", "a table of `fees list`, or none", brokerName)
    .addOption(jsonOption())
    .action(
      (account: string, broker: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const table = broker === "none" ? null : broker;
          const done = await books.fees.use(account, table);
          if (options.json) return printJson(cli, { broker: table, ...plainRestated(done) });
          const uses = table === null ? "uses no fee table" : `uses the fees of ${table}`;
          return cli.out.write(`${printable(account)} ${uses}: ${restatedText(done)}\n`);
        }),
    );
}

function brokerName(text: string): string {
  return checked(text, () => parseFeeBroker(text));
}

function dayValue(text: string): string {
  return checked(text, () => parseTradingDay(text));
}

function plainFee(entry: FeeEntry): PlainRow {
  const { commissionPerSide, feePerSide } = entry;
  return {
    broker: entry.broker,
    root: entry.root,
    validFrom: entry.validFrom,
    commissionPerSide: commissionPerSide === null ? null : moneyToNumber(commissionPerSide),
    feePerSide: feePerSide === null ? null : moneyToNumber(feePerSide),
    accountType: entry.accountType,
    accountId: entry.accountId,
    source: entry.source,
    builtIn: entry.builtIn,
  };
}

function plainRestated({ accounts, fills }: Restated) {
  return { restatedAccounts: accounts, restatedFills: fills };
}

function restatedText({ accounts, fills }: Restated): string {
  const where = counted(accounts.length, "account", "accounts");
  return `restated ${counted(fills, "fill", "fills")} of ${where}`;
}
