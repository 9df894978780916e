import { type Command, Option } from "commander";
import { plainClosedPosition, plainTrade } from "../../domain/plain.js";
import { plainMatches } from "../../services/plain-rows.js";
import { type Books, type CliDependencies, withBooks } from "../context.js";
import { addRowOptions, type RowOptions, rowFilter } from "../options.js";
import { printRows } from "../print.js";
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
  switch (options.level) {
    case "match":
      return printRows(
        cli,
        MATCHES,
        plainMatches(await books.trades.matches(filter), await books.contracts.contracts()),
        options,
      );
    case "trade":
      return printRows(cli, TRADES, (await books.trades.trades(filter)).map(plainTrade), options);
    case "position": {
      const closed = await books.positions.closed(filter);
      return printRows(cli, CLOSED_POSITIONS, closed.map(plainClosedPosition), options);
    }
  }
}
