import type { Command } from "commander";
import type { EndedPosition } from "../../domain/expiry.js";
import type { PlainRow } from "../../domain/plain.js";
import { plainValued } from "../../services/plain-rows.js";
import { ENDED_POSITIONS } from "../broker-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import { addRowOptions, type RowOptions, rowFilter } from "../options.js";
import { printRows } from "../print.js";
import { POSITIONS } from "../views.js";

interface PositionsOptions extends RowOptions {
  readonly ended?: boolean;
}

export function addPositionsCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("positions")
    .description(
      "List the positions that are open now; closed ones are `trades --level position`.",
    );
  command.option("--ended", "only those of contracts that have ended: blotter settle closes them");
  addRowOptions(command, "positions opened").action(
    (options: PositionsOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ positions }) => {
        if (options.ended) {
          const ended = await positions.ended(rowFilter(options));
          return printRows(cli, ENDED_POSITIONS, ended.map(plainEnded), options);
        }
        const rows = await positions.valued(rowFilter(options));
        return printRows(cli, POSITIONS, rows.map(plainValued), options);
      }),
  );
}

function plainEnded({ position, end }: EndedPosition): PlainRow {
  const row = plainValued({ position, price: null });
  return { ...row, lastTradingDay: end.day, endKnownFrom: end.source };
}
