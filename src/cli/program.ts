import { Command, CommanderError } from "commander";
import { addAccountCommand } from "./commands/account.js";
import { addAccountsCommand } from "./commands/accounts.js";
import { addAdoptCommand } from "./commands/adopt.js";
import { addBackupCommand } from "./commands/backup.js";
import { addBackupsCommand } from "./commands/backups.js";
import { addCashCommand } from "./commands/cash.js";
import { addCloseDayCommand } from "./commands/close-day.js";
import { addCompareCommand } from "./commands/compare.js";
import { addComplianceCommand } from "./commands/compliance.js";
import { addContractsCommand } from "./commands/contracts.js";
import { addCopyCommand } from "./commands/copy.js";
import { addDoctorCommand } from "./commands/doctor.js";
import { addExportCommand } from "./commands/export.js";
import { addFeesCommand } from "./commands/fees.js";
import { addFillsCommand } from "./commands/fills.js";
import { addImportCommand } from "./commands/import.js";
import { addMarkCommand } from "./commands/mark.js";
import { addMigrateCommand } from "./commands/migrate.js";
import { addNoteCommand } from "./commands/note.js";
import { addOrdersCommand } from "./commands/orders.js";
import { addPositionsCommand } from "./commands/positions.js";
import { addQuarantineCommand } from "./commands/quarantine.js";
import { addRebuildCommand } from "./commands/rebuild.js";
import { addReconcileCommand } from "./commands/reconcile.js";
import { addReportCommand } from "./commands/report.js";
import { addRestoreCommand } from "./commands/restore.js";
import { addRiskCommand } from "./commands/risk.js";
import { addRulesCommand } from "./commands/rules.js";
import { addServeCommand } from "./commands/serve.js";
import { addSettleCommand } from "./commands/settle.js";
import { addSnapshotsCommand } from "./commands/snapshots.js";
import { addTradesCommand } from "./commands/trades.js";
import { addVerifyCommand } from "./commands/verify.js";
import { addVoidCommand } from "./commands/void.js";
import type { CliDependencies } from "./context.js";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-codes.js";
import { failureText } from "./failure.js";
import { oneLine } from "./text.js";

const AFTER_HELP = `
Exit codes: 0 fine, 1 failed, 2 wrong usage, 3 found differences.`;

/** All commands, in the order of the help; looking at them uses no dependency. */
export function buildProgram(cli: CliDependencies): Command {
  const program = new Command("blotter")
    .description("The books of a futures trading bot: orders, fills, FIFO trades and positions.")
    .version(cli.version, "-V, --version", "print the version")
    .option(
      "--db <url>",
      "file:PATH, postgres://..., pglite:DIR (default: $BLOTTER_DB, else file:./trading_bot.db)",
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void cli.out.write(text),
      writeErr: (text) => void cli.err.write(text),
      outputError: (text, write) => write(`${errorLine(text)}\n`),
    })
    .exitOverride()
    .addHelpText("after", AFTER_HELP);
  addMigrateCommand(program, cli);
  addImportCommand(program, cli);
  addAccountsCommand(program, cli);
  addAccountCommand(program, cli);
  addAdoptCommand(program, cli);
  addCashCommand(program, cli);
  addSnapshotsCommand(program, cli);
  addCloseDayCommand(program, cli);
  addContractsCommand(program, cli);
  addOrdersCommand(program, cli);
  addFillsCommand(program, cli);
  addTradesCommand(program, cli);
  addPositionsCommand(program, cli);
  addMarkCommand(program, cli);
  addRulesCommand(program, cli);
  addRiskCommand(program, cli);
  addComplianceCommand(program, cli);
  addReportCommand(program, cli);
  addNoteCommand(program, cli);
  addVoidCommand(program, cli);
  addFeesCommand(program, cli);
  addSettleCommand(program, cli);
  addQuarantineCommand(program, cli);
  addReconcileCommand(program, cli);
  addVerifyCommand(program, cli);
  addRebuildCommand(program, cli);
  addCompareCommand(program, cli);
  addDoctorCommand(program, cli);
  addBackupCommand(program, cli);
  addBackupsCommand(program, cli);
  addRestoreCommand(program, cli);
  addExportCommand(program, cli);
  addCopyCommand(program, cli);
  addServeCommand(program, cli);
  return program;
}

/** Commander writes "error: ..." and puts suggestions on lines of their own. */
function errorLine(text: string): string {
  return `blotter: ${oneLine(text).replace(/^error: /, "")}`;
}

/** Runs one command line and tells the exit code; what went wrong is one line on stderr. */
export async function runCli(
  args: readonly string[],
  dependencies: Omit<CliDependencies, "setExitCode">,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const setExitCode = (wanted: ExitCode) => {
    code = wanted;
  };
  const { out, err } = dependencies;
  try {
    await buildProgram({ ...dependencies, setExitCode }).parseAsync(args, { from: "user" });
    await out.flush();
  } catch (error) {
    code = exitCodeOf(error);
    // Commander has told its own errors already.
    if (!(error instanceof CommanderError)) await err.write(`${failureText(error)}\n`);
  }
  await err.flush().catch(() => {});
  return code;
}
