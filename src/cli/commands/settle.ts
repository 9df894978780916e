import type { Command } from "commander";
import { plainFill, plainTrade } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  instantValue,
  jsonOption,
  moneyValue,
  nonEmpty,
  type OutputOptions,
  priceValue,
} from "../options.js";
import { printJson } from "../print.js";
import { counted, printable } from "../text.js";

interface SettleOptions extends OutputOptions {
  readonly account: string;
  readonly price: string;
  readonly at: string;
  readonly commission?: string;
  readonly fee?: string;
}

export function addSettleCommand(program: Command, cli: CliDependencies): void {
  program
    .command("settle")
    .description("Close what is open of a contract that has ended, at its settlement price.")
    .argument("<symbol>", "MNQU26 or CON.F.US.MNQ.U26", nonEmpty)
    .requiredOption("--account <account>", "the account: its id or its exact name", nonEmpty)
    .requiredOption("--price <points>", "the settlement price", priceValue)
    .requiredOption("--at <instant>", "when it was settled, ISO-8601 with an offset", instantValue)
    .option("--commission <dollars>", "of the settlement (default: unknown)", moneyValue)
    .option("--fee <dollars>", "of the settlement (default: unknown)", moneyValue)
    .addOption(jsonOption())
    .action(
      (symbol: string, options: SettleOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ accounts, orders }) => {
          const { accountId } = await accounts.get(options.account);
          const { json, csv: _, account: __, ...told } = options;
          const contract = symbol.toUpperCase();
          const { outcome, fill, trades } = await orders.settleContract({
            ...told,
            accountId,
            contract,
          });
          if (json) {
            const row = fill && plainFill(fill);
            return printJson(cli, { outcome, fill: row, trades: trades.map(plainTrade) });
          }
          if (outcome === "known" || fill === null) {
            return cli.out.write(`${printable(contract)} was settled already; nothing changed\n`);
          }
          const done = `${fill.side} ${fill.quantity} at ${told.price}`;
          const made = counted(trades.length, "trade");
          return cli.out.write(`${fill.symbol} is settled: ${done}, ${made} made or changed\n`);
        }),
    );
}
