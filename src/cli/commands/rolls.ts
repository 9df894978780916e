import type { Command } from "commander";
import { plainContractUse, rollOver } from "../../domain/roll-over.js";
import { ROLLS } from "../broker-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import { accountOption, addOutputOptions, nonEmpty, type OutputOptions } from "../options.js";
import { printRows } from "../print.js";

interface RollsOptions extends OutputOptions {
  readonly account?: string;
  readonly root?: string;
}

export function addRollsCommand(contracts: Command, cli: CliDependencies): void {
  const command = contracts
    .command("rolls")
    .description(
      "Show by account and root what was done in each contract, and when it rolled over.",
    )
    .option("--root <root>", "only this root, as MNQ", nonEmpty)
    .addOption(accountOption());
  addOutputOptions(command).action(
    (options: RollsOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const root = options.root?.toUpperCase();
        const filter = { account: options.account, symbol: root };
        const contracts = await books.contracts.contracts();
        const uses = rollOver({
          contracts: contracts.filter((contract) => root === undefined || contract.root === root),
          fills: await books.orders.fills(filter),
          trades: await books.trades.trades(filter),
          positions: [
            ...(await books.positions.closed(filter)),
            ...(await books.positions.open(filter)),
          ],
        });
        const all = { ...options, limit: Number.MAX_SAFE_INTEGER };
        return printRows(cli, ROLLS, uses.map(plainContractUse), all);
      }),
  );
}
