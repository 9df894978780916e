import type { Command } from "commander";
import { plainPosition } from "../../domain/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import { addRowOptions, type RowOptions, rowFilter } from "../options.js";
import { printRows } from "../print.js";
import { POSITIONS } from "../views.js";

export function addPositionsCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("positions")
    .description(
      "List the positions that are open now; closed ones are `trades --level position`.",
    );
  addRowOptions(command, "positions opened").action(
    (options: RowOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ positions }) => {
        const rows = await positions.open(rowFilter(options));
        return printRows(cli, POSITIONS, rows.map(plainPosition), options);
      }),
  );
}
