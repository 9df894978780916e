import type { Command } from "commander";
import { formatMoney } from "../../domain/money.js";
import { plainSnapshot } from "../../domain/plain.js";
import { snapshotDay } from "../../domain/snapshot.js";
import { type CliDependencies, withBooks } from "../context.js";
import { jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";

interface CloseOptions extends OutputOptions {
  readonly account: string;
  readonly day?: string;
}

export function addCloseDayCommand(program: Command, cli: CliDependencies): void {
  program
    .command("close-day")
    .description("Close a trading day that is over, which a running bot does on its own.")
    .requiredOption("--account <account>", "its id or its exact name", nonEmpty)
    .option("--day <YYYY-MM-DD>", "default: the newest weekday that is over", nonEmpty)
    .addOption(jsonOption())
    .action(
      ({ account, day, json }: CloseOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ accounts }) => {
          const { outcome, snapshot } = await accounts.closeDay(account, day);
          if (json) return printJson(cli, { outcome, ...plainSnapshot(snapshot) });
          const balance = formatMoney(snapshot.balance);
          const already = outcome === "known" ? " already" : "";
          return cli.out.write(
            `${snapshotDay(snapshot)} is closed${already}: balance ${balance}\n`,
          );
        }),
    );
}
