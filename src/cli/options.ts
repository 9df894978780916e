import { type Command, InvalidArgumentError, Option } from "commander";
import { BlotterError } from "../domain/errors.js";
import { parseInstant } from "../domain/instant.js";
import { parseMoney, parsePrice } from "../domain/money.js";
import { parseTradingDay } from "../domain/trading-day.js";

export interface OutputOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** The options of commands that list rows. */
export interface RowOptions extends OutputOptions {
  readonly account?: string;
  readonly symbol?: string;
  readonly strategy?: string;
  /** ISO-8601 instants, checked. */
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
}

export function jsonOption(): Option {
  return new Option("--json", "print JSON instead of text");
}

export function accountOption(description = "only this account: its id or its exact name"): Option {
  return new Option("--account <account>", description).argParser(nonEmpty);
}

/** `--json` and `--csv`, which exclude each other. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option("--json", "print the rows as a JSON array").conflicts("csv"))
    .addOption(new Option("--csv", "print the rows as CSV with a header"));
}

export function addLimitOption(command: Command): Command {
  return command.option(
    "--limit <n>",
    "only the newest n rows (without it: tables 50, --json and --csv all)",
    positiveCount,
  );
}

/** The filters and output forms of all lists of rows. `instant` names the row's own instant. */
export function addRowOptions(command: Command, instant: string): Command {
  const filters = command
    .addOption(accountOption())
    .option("--symbol <symbol>", "only MNQU26, CON.F.US.MNQ.U26, or all of root MNQ", nonEmpty)
    .option("--strategy <name>", "only this strategy", nonEmpty)
    .option(
      "--from <instant>",
      `only ${instant} at or after; YYYY-MM-DD is 00:00 UTC`,
      instantValue,
    )
    .option("--to <instant>", `only ${instant} before; YYYY-MM-DD is 00:00 UTC`, instantValue);
  return addOutputOptions(addLimitOption(filters));
}

/** An empty text is a variable that the shell did not know: refused, not taken as no filter. */
export function nonEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("It must not be empty.");
  return text;
}

/** Refuses options that say something only together with another, by their names in code. */
export function refuseGiven(command: Command, names: readonly string[], only: string): void {
  const given = command.options.find(
    (option) =>
      names.includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === "cli",
  );
  if (given) command.error(`error: ${given.long} is for ${only}`);
}

/** A file to write; `-` is refused, not made, since elsewhere it stands for a stream. `otherwise` says what to do. */
export function fileToWrite(otherwise: string): (text: string) => string {
  return (text) => {
    if (text === "-") throw new InvalidArgumentError(`It must name a file: ${otherwise}.`);
    return nonEmpty(text);
  };
}

export function positiveCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError("It must be a whole number from 1.");
  }
  return count;
}

/** An ISO-8601 instant, checked; YYYY-MM-DD is 00:00 UTC. */
export function instantValue(text: string): string {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  return checked(instant, () => parseInstant(instant, "it"));
}

export function moneyValue(text: string): string {
  return checked(text, () => parseMoney(text, "it"));
}

/** One more value of an option that may be repeated. */
export function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, nonEmpty(text)];
}

/** An amount not below 0. */
export function moneyFromZero(text: string): string {
  if (parseMoney(moneyValue(text), "it") < 0) {
    throw new InvalidArgumentError("It must not be below 0.");
  }
  return text;
}

/** An amount above 0. */
export function positiveMoney(text: string): string {
  if (parseMoney(moneyValue(text), "it") <= 0) {
    throw new InvalidArgumentError("It must be positive.");
  }
  return text;
}

/** A trading day as YYYY-MM-DD. */
export function tradingDayValue(text: string): string {
  return checked(text, () => parseTradingDay(text));
}

export function priceValue(text: string): string {
  return checked(text, () => parsePrice(text, "it"));
}

/** Runs the domain's own check and turns its refusal into wrong usage. */
export function checked(text: string, check: () => unknown): string {
  try {
    check();
  } catch (error) {
    if (error instanceof BlotterError) throw new InvalidArgumentError(error.message);
    throw error;
  }
  return text;
}
