import { type Command, Option } from "commander";
import { plainComplianceEntry } from "../../domain/compliance/plain-compliance.js";
import { COMPLIANCE } from "../account-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  accountOption,
  addLimitOption,
  addOutputOptions,
  instantValue,
  jsonOption,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printRow, printRows, rowsToRead } from "../print.js";

const SEVERITIES = ["info", "warning", "violation"] as const;

interface LogOptions extends OutputOptions {
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly severity?: (typeof SEVERITIES)[number];
}

interface LiftOptions extends OutputOptions {
  readonly account: string;
  readonly reason: string;
  readonly at?: string;
}

export function addComplianceCommand(program: Command, cli: CliDependencies): void {
  const compliance = program
    .command("compliance")
    .description("Show what the rules found, or lift a lock.");
  addLogCommand(compliance, cli);
  addLiftCommand(compliance, cli);
}

function addLogCommand(compliance: Command, cli: CliDependencies): void {
  const command = compliance
    .command("list", { isDefault: true })
    .description("List the log: what was found when (what `compliance` alone does).")
    .addOption(accountOption())
    .addOption(new Option("--severity <severity>", "only these").choices(SEVERITIES))
    .option(
      "--from <instant>",
      "only what happened at or after; YYYY-MM-DD is 00:00 UTC",
      instantValue,
    )
    .option("--to <instant>", "only what happened before; YYYY-MM-DD is 00:00 UTC", instantValue);
  addOutputOptions(addLimitOption(command)).action(
    (options: LogOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const { account, severity, from, to } = options;
        const limit = rowsToRead(options);
        const entries = await books.compliance.log({ account, severity, from, to, limit });
        return printRows(cli, COMPLIANCE, entries.map(plainComplianceEntry), options);
      }),
  );
}

function addLiftCommand(compliance: Command, cli: CliDependencies): void {
  compliance
    .command("lift")
    .description("Let an account trade again; the violation stays on record.")
    .argument("<key>", "an event key from `compliance`", nonEmpty)
    .requiredOption("--account <account>", "the account: its id or its exact name", nonEmpty)
    .requiredOption("--reason <text>", "why, for the log", nonEmpty)
    .option(
      "--at <instant>",
      "from when on (default: now; when it was found, of a lock that is over)",
      instantValue,
    )
    .addOption(jsonOption())
    .action(
      (key: string, options: LiftOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const entry = await books.compliance.lift(
            options.account,
            key,
            options.reason,
            options.at,
          );
          return printRow(cli, plainComplianceEntry(entry), options);
        }),
    );
}
