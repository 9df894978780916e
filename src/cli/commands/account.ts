import type { Command } from "commander";
import { plainStanding } from "../../services/account-rows.js";
import { type CliDependencies, withBooks } from "../context.js";
import { jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printRow } from "../print.js";

export function addAccountCommand(program: Command, cli: CliDependencies): void {
  program
    .command("account")
    .description("Show where an account stands, and where each number comes from.")
    .argument("<account>", "its id or its exact name", nonEmpty)
    .addOption(jsonOption())
    .action(
      (account: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ accounts }) =>
          printRow(cli, plainStanding(await accounts.summary(account)), options),
        ),
    );
}
