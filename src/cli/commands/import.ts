import { Argument, type Command } from "commander";
import type { AccountState } from "../../domain/account-state.js";
import type { AccountType } from "../../domain/account-type.js";
import { invalid } from "../../domain/errors.js";
import { plainAccount } from "../../domain/plain.js";
import type { FileFormat } from "../../ports/broker.js";
import type { FileImporter, ImportFile, ImportReport } from "../../ports/services.js";
import { type Books, type CliDependencies, note, withBooks } from "../context.js";
import { fileText, inputFile } from "../input-files.js";
import { accountOption, jsonOption, moneyValue, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { withProgress } from "../row-progress.js";
import { counted } from "../text.js";
import { accountTypeOption } from "./accounts.js";
import { ACCOUNT_STATE_FORMAT, importAccountStates } from "./import-account-state.js";
import { importReportText } from "./import-report.js";

/** Blotter's own export. */
const OWN_FORMAT = "blotter";

interface ImportCommandOptions extends OutputOptions {
  readonly account?: string;
  readonly accountType?: AccountType;
  readonly startingBalance?: string;
  readonly keepGoing?: boolean;
}

export function addImportCommand(program: Command, cli: CliDependencies): void {
  program
    .command("import")
    .description(
      "Take a broker's files into the books, each row once; a store that does not exist is made.",
    )
    .addArgument(formatArgument(cli.formats))
    .argument("<file...>", "files to read; - is stdin")
    .addOption(accountOption("take every row as of this account, whatever the file says"))
    .addOption(
      accountTypeOption(
        "--account-type <type>",
        "for accounts that are new (default: by their name, else practice)",
      ),
    )
    .option("--starting-balance <dollars>", "for accounts that are new (default: 0)", moneyValue)
    .option("--keep-going", "put bad rows into quarantine and take the rest")
    .addOption(jsonOption())
    .action(
      async (
        format: string,
        paths: string[],
        options: ImportCommandOptions,
        self: Command,
      ): Promise<void> => {
        if (format === ACCOUNT_STATE_FORMAT.name) {
          const states = await readStates(cli, paths);
          const open = ({ accounts }: Books) => importAccountStates(cli, accounts, states, options);
          return withBooks(cli, self, open, true);
        }
        const files = await inputFiles(cli, paths);
        if (format === OWN_FORMAT) return importOwn(cli, self, files, options);
        const report = await withBooks(
          cli,
          self,
          ({ importer }) =>
            runImport(cli, importer, formatNamed(cli.formats, format), files, options),
          true,
        );
        await printReport(cli, report, options);
      },
    );
}

async function readStates(
  cli: CliDependencies,
  paths: readonly string[],
): Promise<readonly AccountState[]> {
  const states: AccountState[] = [];
  for (const path of paths) {
    states.push(...cli.oldProgram.accountStates(await fileText(path, () => cli.stdin())));
  }
  return states;
}

function formatArgument(formats: readonly FileFormat[]): Argument {
  const all = [...formats, ACCOUNT_STATE_FORMAT];
  const kinds = all.map(({ name, description }) => `${name}: ${description}`);
  const own = `${OWN_FORMAT}: what blotter export --format json wrote, into an empty store`;
  return new Argument("<format>", [...kinds, own].join("; ")).choices([
    ...all.map(({ name }) => name),
    OWN_FORMAT,
  ]);
}

/** An export holds every fact of a store already: nothing in it is told again, and nothing can be added to it. */
async function importOwn(
  cli: CliDependencies,
  command: Command,
  files: readonly ImportFile[],
  { json, ...others }: ImportCommandOptions,
): Promise<void> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw invalid("import blotter takes one file");
  const [given] = Object.keys(others);
  if (given !== undefined) throw invalid(`import blotter takes no option ${given}`);
  const take = ({ transfer }: Books) =>
    withProgress(cli, "rows", (onProgress) => transfer.importFacts(file, { onProgress }));
  const report = await withBooks(cli, command, take, true);
  if (json) return printJson(cli, report);
  await cli.out.write(`imported ${counted(report.rows, "fact")}; state ${report.state}\n`);
}

/** Commander has checked the name against the same list. */
function formatNamed(formats: readonly FileFormat[], name: string): FileFormat {
  const format = formats.find((candidate) => candidate.name === name);
  if (!format) throw invalid(`unknown format ${name}: see blotter import --help`);
  return format;
}

async function inputFiles(
  cli: CliDependencies,
  paths: readonly string[],
): Promise<readonly ImportFile[]> {
  if (paths.filter((path) => path === "-").length > 1) {
    throw invalid("stdin (-) can be read only once: name it once");
  }
  const files: ImportFile[] = [];
  for (const path of paths) files.push(await inputFile(path, () => cli.stdin()));
  return files;
}

async function runImport(
  cli: CliDependencies,
  importer: FileImporter,
  format: FileFormat,
  files: readonly ImportFile[],
  options: ImportCommandOptions,
): Promise<ImportReport> {
  const { account, accountType, startingBalance, keepGoing } = options;
  const wishes = { account, accountType, startingBalance, keepGoing };
  return withProgress(cli, "rows", (onProgress) =>
    importer.import(format, files, { ...wishes, ...(onProgress && { onProgress }) }),
  );
}

async function printReport(
  cli: CliDependencies,
  report: ImportReport,
  options: OutputOptions,
): Promise<void> {
  if (options.json) {
    const openedAccounts = report.openedAccounts.map(plainAccount);
    await printJson(cli, { ...report, openedAccounts });
  } else {
    await cli.out.write(importReportText(report));
  }
  if (report.quarantined > 0) {
    const count = counted(report.quarantined, "report waits", "reports wait");
    await note(cli, `${count} in quarantine: see blotter quarantine list`);
  }
}
