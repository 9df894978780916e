import { type Command, Option } from "commander";
import type { ClosedRows } from "../../ports/queries.js";
import { plainClosedRows } from "../../services/plain-rows.js";
import { type Books, type CliDependencies, withBooks } from "../context.js";
import { withMadeAs } from "../made-as.js";
import { addRowOptions, type RowOptions } from "../options.js";
import { printRows } from "../print.js";
import { rowFilter } from "../row-filter.js";
import type { View } from "../view.js";
import { CLOSED_POSITIONS, MATCHES, TRADES } from "../views.js";
import {
  addWrittenOptions,
  requireRiskRange,
  type WrittenOptions,
  writtenFilter,
} from "../written-options.js";

const LEVELS = ["match", "trade", "position"] as const;

interface TradesOptions extends RowOptions, WrittenOptions {
  readonly level: (typeof LEVELS)[number];
}

export function addTradesCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("trades")
    .description("List closed trades with their profit and loss, by the moment they were closed.")
    .addOption(
      new Option(
        "--level <level>",
        "match: entry fill x exit fill; trade: entry order x exit order; position: flat to flat",
      )
        .choices(LEVELS)
        .default("trade"),
    );
  addWrittenOptions(addRowOptions(command, "trades closed")).action(
    (options: TradesOptions, self: Command): Promise<void> => {
      requireRiskRange(self, options);
      return withBooks(cli, self, (books) => printTrades(cli, books, options));
    },
  );
}

async function printTrades(
  cli: CliDependencies,
  books: Books,
  options: TradesOptions,
): Promise<void> {
  const filter = { ...rowFilter(options), ...writtenFilter(options) };
  // The fields for programs are settled; the order ids among them tell what no broker told.
  const print = async (view: View, closed: ClosedRows) => {
    const rows = plainClosedRows(closed, await books.contracts.contracts());
    const shown = options.json || options.csv ? rows : await withMadeAs(books, closed, rows);
    return printRows(cli, view, shown, options);
  };
  const { level } = options;
  switch (level) {
    case "match":
      return print(MATCHES, { level, rows: await books.trades.matches(filter) });
    case "trade":
      return print(TRADES, { level, rows: await books.trades.trades(filter) });
    case "position":
      return print(CLOSED_POSITIONS, { level, rows: await books.positions.closed(filter) });
  }
}
