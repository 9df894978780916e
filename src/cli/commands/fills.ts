import type { Command } from "commander";
import { plainFill, plainFillWithBookkeeping } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import { withOrigin } from "../made-as.js";
import { addRowOptions, type RowOptions } from "../options.js";
import { printRows } from "../print.js";
import { rowFilter } from "../row-filter.js";
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
        const plain = rows.map(options.all ? plainFillWithBookkeeping : plainFill);
        const forPeople = !options.json && !options.csv;
        const shown = forPeople ? plain.map(withOrigin) : plain;
        return printRows(cli, options.all ? ALL_FILLS : FILLS, shown, options);
      }),
  );
}
