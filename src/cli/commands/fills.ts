import type { Command } from "commander";
import { plainFill, plainFillWithBookkeeping } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import { addRowOptions, type RowOptions, rowFilter } from "../options.js";
import { printRows } from "../print.js";
import { ALL_FILLS, FILLS } from "../views.js";

interface FillsOptions extends RowOptions {
  readonly all?: boolean;
}

export function addFillsCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("fills")
    .description("List the fills in the books, oldest first.")
    .option("--all", "also void, held and withdrawn fills, with their bookkeeping");
  addRowOptions(command, "fills executed").action(
    (options: FillsOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ orders }) => {
        const rows = await orders.fills(rowFilter(options), options.all);
        return options.all
          ? printRows(cli, ALL_FILLS, rows.map(plainFillWithBookkeeping), options)
          : printRows(cli, FILLS, rows.map(plainFill), options);
      }),
  );
}
