import type { Command } from "commander";
import { type CliDependencies, withBooks } from "../context.js";
import { instantValue, jsonOption, nonEmpty, type OutputOptions, priceValue } from "../options.js";
import { printJson } from "../print.js";
import { printable } from "../text.js";

interface MarkOptions extends OutputOptions {
  readonly account: string;
  readonly symbol: string;
  readonly price: string;
  readonly at: string;
}

export function addMarkCommand(program: Command, cli: CliDependencies): void {
  program
    .command("mark")
    .description("Tell a price of the market: what is open is worth it, and the rules look at it.")
    .requiredOption("--account <account>", "the account: its id or its exact name", nonEmpty)
    .requiredOption("--symbol <symbol>", "the contract: MNQU26 or CON.F.US.MNQ.U26", nonEmpty)
    .requiredOption("--price <price>", "the price in points", priceValue)
    .requiredOption("--at <instant>", "when it was seen", instantValue)
    .addOption(jsonOption())
    .action(
      (options: MarkOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ accounts, marks }) => {
          const { symbol, price, at } = options;
          const { accountId } = await accounts.get(options.account);
          const done = await marks.record({ contract: symbol, price, at }, accountId);
          const held = done.accounts.length > 0;
          const stored = done.stored.length > 0;
          if (options.json) {
            return printJson(cli, { accountId, symbol, price: Number(price), at, held, stored });
          }
          const what = `${printable(symbol)} at ${printable(price)}`;
          if (!held) return cli.out.write(`${printable(accountId)} does not hold ${what}\n`);
          const effect = stored ? "stored: a new extreme, or of weight for the rules" : "seen";
          return cli.out.write(`${what}: ${effect}\n`);
        }),
    );
}
