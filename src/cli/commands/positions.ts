import type { Command } from "commander";
import type { EndedPosition } from "../../domain/expiry.js";
import type { PlainRow } from "../../domain/plain.js";
import type { Position } from "../../domain/position.js";
import { plainValued } from "../../ports/position-prices.js";
import { ENDED_POSITIONS } from "../broker-views.js";
import { type Books, type CliDependencies, withBooks } from "../context.js";
import { withMadeAs } from "../made-as.js";
import { addRowOptions, type RowOptions } from "../options.js";
import { printRows } from "../print.js";
import { rowFilter } from "../row-filter.js";
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
      withBooks(cli, self, async (books) => {
        const { positions } = books;
        if (options.ended) {
          const ended = await positions.ended(rowFilter(options));
          const rows = await marked(books, ended, ended.map(plainEnded));
          return printRows(cli, ENDED_POSITIONS, rows, options);
        }
        const rows = await positions.valued(rowFilter(options));
        const shown = await marked(books, rows, rows.map(plainValued));
        return printRows(cli, POSITIONS, shown, options);
      }),
  );
}

function marked(
  books: Books,
  found: readonly { readonly position: Position }[],
  rows: readonly PlainRow[],
): Promise<readonly PlainRow[]> {
  const positions = found.map(({ position }) => position);
  return withMadeAs(books, { level: "position", rows: positions }, rows);
}

function plainEnded({ position, end }: EndedPosition): PlainRow {
  const row = plainValued({ position, price: null });
  return { ...row, lastTradingDay: end.day, endKnownFrom: end.source };
}
