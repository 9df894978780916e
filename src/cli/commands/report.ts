import { type Command, InvalidArgumentError, Option } from "commander";
import { moneyToNumber } from "../../domain/money.js";
import { BREAKDOWNS, type Breakdown } from "../../domain/performance/breakdown.js";
import { PERIODS, type Period } from "../../domain/performance/period.js";
import { plainTradeFigures } from "../../domain/performance/plain.js";
import type { PlainRow } from "../../domain/plain.js";
import type { PerformanceFilter } from "../../ports/performance.js";
import { type Books, type CliDependencies, note, withBooks } from "../context.js";
import { fileToWrite, moneyValue, positiveCount, positiveMoney, refuseGiven } from "../options.js";
import { writeNewFile } from "../output-file.js";
import {
  addPerformanceOptions,
  type PerformanceOptions,
  performanceFilter,
} from "../performance-options.js";
import { printRows } from "../print.js";
import { BREAKDOWN, PERIOD } from "../report-views.js";
import { sparkline } from "../sparkline.js";
import { requireRiskRange } from "../written-options.js";
import { printSimulation, type SimulationFlags } from "./report-simulation.js";
import { printReport } from "./report-summary.js";

interface ReportOptions extends PerformanceOptions, SimulationFlags {
  readonly by?: Breakdown | Period;
  readonly simulate?: true;
  readonly html?: string;
  readonly force?: true;
}

export function addReportCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("report")
    .description("Tell how trading went: figures, drawdowns, and results by what you ask for.")
    .addOption(
      new Option("--by <what>", "results by period or group instead of the figures").choices([
        ...PERIODS,
        ...BREAKDOWNS,
      ]),
    )
    .addOption(
      new Option("--html <file>", "write one page with figures and charts to keep or send")
        .argParser(fileToWrite("a page does not go to stdout"))
        .conflicts(["by", "simulate", "json", "csv"]),
    )
    .option("--force", "with --html: replace the file that is there")
    .addOption(
      new Option(
        "--simulate",
        "draw what may become of a new account under the account's rules from the days there were",
      ).conflicts(["by", "csv"]),
    );
  addSimulationOptions(command);
  addPerformanceOptions(command).action((options: ReportOptions, self: Command): Promise<void> => {
    requireSense(self, options);
    return withBooks(cli, self, (books) => report(cli, books, options));
  });
}

/** Wrong usage, told before a store is opened for it. */
function requireSense(self: Command, options: ReportOptions): void {
  const { html, force, simulate, from, to } = options;
  requireRiskRange(self, options);
  if (!simulate) refuseGiven(self, SIMULATION_OPTIONS, "--simulate");
  else refuseGiven(self, ["level"], "figures of results: a simulation draws whole days");
  if (force && html === undefined) self.error("error: --force is for --html: name the file");
  if (from !== undefined && to !== undefined && from > to) {
    self.error(`error: --from ${from} is after --to ${to}`);
  }
}

const SIMULATION_OPTIONS = [
  "target",
  "maxLoss",
  "maxLossBasis",
  "lockAt",
  "dailyLoss",
  "seed",
  "paths",
  "horizon",
] as const satisfies readonly (keyof SimulationFlags)[];

function addSimulationOptions(command: Command): void {
  const whole = (text: string): number => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError("It must be a whole number.");
    }
    return value;
  };
  command
    .option(
      "--target <usd>",
      "with --simulate: other profit at which the account has passed",
      positiveMoney,
    )
    .option("--max-loss <usd>", "with --simulate: another maximum loss limit", positiveMoney)
    .addOption(
      new Option(
        "--max-loss-basis <basis>",
        "with --simulate: below which balance it lies (default: the rules', else eod)",
      ).choices(["start", "eod"]),
    )
    .option(
      "--lock-at <usd>",
      "with --simulate: balance at which the floor stops rising",
      moneyValue,
    )
    .option("--daily-loss <usd>", "with --simulate: another daily loss limit", positiveMoney)
    .option("--seed <n>", "with --simulate: the same seed draws the same paths", whole, 1)
    .option("--paths <n>", "with --simulate: how many paths to draw (default 10000)", positiveCount)
    .option("--horizon <days>", "with --simulate: days of a path (default 252)", positiveCount);
}

async function report(cli: CliDependencies, books: Books, options: ReportOptions): Promise<void> {
  const filter = performanceFilter(options);
  if (options.html !== undefined) return writePage(cli, books, filter, options.html, options.force);
  if (options.simulate) return printSimulation(cli, books, filter, options);
  const { by } = options;
  if (by === undefined) return printReport(cli, books, filter, options);
  const period = PERIODS.find((name) => name === by);
  if (period) return printPeriods(cli, books, period, filter, options);
  const dimension = BREAKDOWNS.find((name) => name === by);
  if (dimension) return printBreakdown(cli, books, dimension, filter, options);
}

/** The file is only its owner's to read, as the books are. */
async function writePage(
  cli: CliDependencies,
  books: Books,
  filter: PerformanceFilter,
  file: string,
  force = false,
): Promise<void> {
  await writeNewFile(file, force, async (write) => {
    const { reportPage } = await cli.loadServer();
    await write(await reportPage(books, filter));
  });
  await note(cli, `wrote ${file}`);
}

async function printPeriods(
  cli: CliDependencies,
  { performance }: Books,
  period: Period,
  filter: PerformanceFilter,
  options: ReportOptions,
): Promise<void> {
  const found = await performance.periods(period, filter);
  const rows: readonly PlainRow[] = found.map((row) => ({
    period: row.key,
    firstDay: row.firstDay,
    lastDay: row.lastDay,
    ...plainTradeFigures(row.figures),
    ledgerNetPnl: row.ledgerNet === null ? null : moneyToNumber(row.ledgerNet),
  }));
  await printRows(cli, PERIOD, rows, options);
  if (options.json || options.csv || rows.length < 2) return;
  const nets = found.map(({ figures }) => moneyToNumber(figures.netPnl));
  await cli.out.write(`\nnet by ${period}  ${sparkline(nets)}\n`);
}

async function printBreakdown(
  cli: CliDependencies,
  { performance }: Books,
  by: Breakdown,
  filter: PerformanceFilter,
  options: ReportOptions,
): Promise<void> {
  const rows = (await performance.breakdown(by, filter)).map(({ key, label, figures }) => ({
    key,
    label,
    ...plainTradeFigures(figures),
  }));
  await printRows(cli, BREAKDOWN, rows, { ...options, limit: Number.MAX_SAFE_INTEGER });
}
