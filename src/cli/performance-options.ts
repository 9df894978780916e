import { type Command, InvalidArgumentError, Option } from "commander";
import type { PositionSide } from "../domain/codes.js";
import { BlotterError } from "../domain/errors.js";
import { RESULT_LEVELS, type ResultLevel } from "../domain/performance/result.js";
import { parseTradingDay } from "../domain/trading-day.js";
import type { PerformanceFilter } from "../ports/performance.js";
import { addOutputOptions, collected, type OutputOptions } from "./options.js";
import { addWrittenOptions, type WrittenOptions, writtenFilter } from "./written-options.js";

/** What narrows a report down. */
export interface PerformanceOptions extends OutputOptions, WrittenOptions {
  readonly account?: readonly string[];
  readonly symbol?: readonly string[];
  readonly strategy?: readonly string[];
  readonly side?: readonly PositionSide[];
  readonly from?: string;
  readonly to?: string;
  readonly level: ResultLevel;
}

/** Filters that may be given several times, days, and the level. */
export function addPerformanceOptions(command: Command): Command {
  command
    .option("--account <account>", "only this account, by id or name (may be repeated)", collected)
    .option("--symbol <symbol>", "only MNQU26, or all of MNQ (may be repeated)", collected)
    .option("--strategy <name>", "only this strategy (may be repeated)", collected)
    .option("--side <side>", "only LONG or SHORT", sides);
  addWrittenOptions(command)
    .option("--from <day>", "only from this trading day on, YYYY-MM-DD", tradingDayText)
    .option("--to <day>", "only before this trading day", tradingDayText)
    .addOption(
      new Option("--level <level>", "what to count").choices(RESULT_LEVELS).default("trade"),
    );
  return addOutputOptions(command);
}

export function performanceFilter(options: PerformanceOptions): PerformanceFilter {
  const { account, symbol, strategy, side, from, to, level } = options;
  return {
    ...(account && { accounts: account }),
    ...(symbol && { symbols: symbol }),
    ...(strategy && { strategies: strategy }),
    ...(side && { sides: side }),
    ...writtenFilter(options),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    level,
  };
}

/** Why a report is empty: nothing was traded, or the filter leaves nothing of it. */
export function nothingText(filter: PerformanceFilter): string {
  const { level: _, ...narrowing } = filter;
  if (filter.from !== undefined && filter.from === filter.to) {
    return "no trade matches the filter: the day of --to is not included";
  }
  return Object.keys(narrowing).length === 0
    ? "nothing was traded: there is nothing to tell yet"
    : "no trade matches the filter";
}

function sides(text: string, before: readonly PositionSide[] = []): readonly PositionSide[] {
  const side = text.toUpperCase();
  if (side !== "LONG" && side !== "SHORT") {
    throw new InvalidArgumentError("It must be LONG or SHORT.");
  }
  return [...before, side];
}

function tradingDayText(text: string): string {
  try {
    return parseTradingDay(text);
  } catch (error) {
    if (error instanceof BlotterError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
