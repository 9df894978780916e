import type { Command } from "commander";
import type { ComputedOrder, ComputedTrade } from "../../domain/computed-rows.js";
import { invalid } from "../../domain/errors.js";
import { parseInstant } from "../../domain/instant.js";
import type { PlainRow } from "../../domain/plain.js";
import {
  compareOrders,
  compareTrades,
  type RowComparison,
  type RowDifference,
  type SumsCompared,
  type TradeComparison,
} from "../../domain/row-comparison.js";
import { ROW_DIFFERENCES } from "../broker-views.js";
import { type Books, type CliDependencies, withBooks } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { fileText } from "../input-files.js";
import {
  accountOption,
  instantValue,
  jsonOption,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printJson } from "../print.js";
import { tableText } from "../table.js";
import { moneyText } from "../text.js";

interface CompareOptions extends OutputOptions {
  readonly orders?: string;
  readonly trades?: string;
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
}

const COLUMNS = `
Columns are named in snake_case or camelCase; what a row leaves out or empty is not compared.
  orders: order_id, symbol, side, order_type, quantity, limit_price, stop_price, status,
          filled_quantity, average_fill_price, created_at, account_id
  trades: trade_id, symbol, side, quantity, entry_price, entry_timestamp (or entry_time),
          exit_price, exit_timestamp (or exit_time), gross_pnl, commissions, fees,
          net_pnl (or pnl), entry_order_id, exit_order_id, account_id
Sides, types and statuses are names, or the codes of the tables. Instants without an offset are UTC
and compared to the second. Exit code 3: the two differ.`;

export function addCompareCommand(program: Command, cli: CliDependencies): void {
  program
    .command("compare")
    .description(
      "Compare what an old program computed, as JSON or CSV, with the books, row by row.",
    )
    .option("--orders <file>", "its orders; - is stdin", nonEmpty)
    .option("--trades <file>", "its consolidated trades; - is stdin", nonEmpty)
    .addOption(accountOption("only this account of ours: its id or its exact name"))
    .option("--from <instant>", "only orders created, trades closed at or after", instantValue)
    .option("--to <instant>", "only orders created, trades closed before", instantValue)
    .addOption(jsonOption())
    .addHelpText("after", COLUMNS)
    .action(async (options: CompareOptions, self: Command): Promise<void> => {
      const { orders, trades } = options;
      if (orders === undefined && trades === undefined) {
        self.error("error: name a file with --orders, with --trades, or with both");
      }
      if (orders === "-" && trades === "-") throw invalid("stdin (-) can be read only once");
      const text = (path: string) => fileText(path, () => cli.stdin());
      const files = {
        orders: orders === undefined ? null : cli.oldProgram.orders(await text(orders)),
        trades: trades === undefined ? null : cli.oldProgram.trades(await text(trades)),
      };
      const done = await withBooks(cli, self, (books) => compared(books, files, options));
      await print(cli, done, options);
      const found = [done.orders, done.trades].some((part) => part && part.differences.length > 0);
      if (found) cli.setExitCode(EXIT.differences);
    });
}

interface Compared {
  readonly orders: RowComparison | null;
  readonly trades: TradeComparison | null;
}

interface OldRows {
  readonly orders: readonly ComputedOrder[] | null;
  readonly trades: readonly ComputedTrade[] | null;
}

async function compared(books: Books, files: OldRows, options: CompareOptions): Promise<Compared> {
  const { account, from, to } = options;
  const filter = { account, from, to };
  const only = account === undefined ? null : (await books.accounts.get(account)).accountId;
  const isAsked = (row: { readonly accountId: string | null }, at: number | null) =>
    (only === null || row.accountId === null || row.accountId === only) &&
    (at === null || from === undefined || at >= parseInstant(from, "from")) &&
    (at === null || to === undefined || at < parseInstant(to, "to"));
  const orders =
    files.orders === null
      ? null
      : compareOrders(
          await books.orders.orders(filter),
          files.orders.filter((row) => isAsked(row, row.createdAt)),
        );
  const trades =
    files.trades === null
      ? null
      : compareTrades(
          await books.trades.trades(filter),
          files.trades.filter((row) => isAsked(row, row.exitTimestamp)),
        );
  return { orders, trades };
}

async function print(cli: CliDependencies, done: Compared, options: OutputOptions): Promise<void> {
  if (options.json) return printJson(cli, done);
  const { orders, trades } = done;
  const found = [...(orders?.differences ?? []), ...(trades?.differences ?? [])];
  if (found.length > 0) {
    await cli.out.write(tableText(ROW_DIFFERENCES.columns, found.map(plainDifference)));
  }
  if (orders) await cli.out.write(countText("orders", orders));
  if (trades) {
    await cli.out.write(countText("trades", trades));
    await cli.out.write(sumText("gross", trades.grossPnl) + sumText("net", trades.netPnl));
  }
}

function plainDifference(difference: RowDifference): PlainRow {
  return { ...difference };
}

function countText(what: string, part: RowComparison): string {
  const { ours, theirs, equal, differing, onlyOurs, onlyTheirs } = part;
  const found = `${equal} equal, ${differing} differ, ${onlyOurs} only ours, ${onlyTheirs} only theirs`;
  return `${what}: ours ${ours}, theirs ${theirs}: ${found}\n`;
}

function sumText(what: string, { ours, theirs, difference }: SumsCompared): string {
  if (theirs === null || difference === null) return `${what}: ours ${moneyText(ours)}\n`;
  const gap = `difference ${moneyText(difference)}`;
  return `${what}: ours ${moneyText(ours)}, theirs ${moneyText(theirs)}, ${gap}\n`;
}
