import type { Command } from "commander";
import { type CliDependencies, withBooks } from "../context.js";
import { accountOption, jsonOption, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { counted } from "../text.js";

interface RebuildOptions extends OutputOptions {
  readonly account?: string;
}

export function addRebuildCommand(program: Command, cli: CliDependencies): void {
  program
    .command("rebuild")
    .description("Make lots, matches, trades, positions and day totals anew from the fills.")
    .addOption(accountOption())
    .addOption(jsonOption())
    .action(
      (options: RebuildOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const report = await books.trades.rebuild(options.account);
          if (options.json) return printJson(cli, report);
          const parts = [
            counted(report.fills, "fill"),
            counted(report.matches, "match", "matches"),
            counted(report.trades, "trade"),
            counted(report.positions, "position"),
          ];
          const accounts = counted(report.accounts, "account");
          return cli.out.write(`rebuilt ${accounts}: ${parts.join(", ")}\n`);
        }),
    );
}
