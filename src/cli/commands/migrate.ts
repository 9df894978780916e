import type { Command } from "commander";
import { BlotterError } from "../../domain/errors.js";
import type { StoreReport } from "../../ports/store.js";
import { type CliDependencies, withBooks } from "../context.js";
import { jsonOption, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { pairsText } from "../table.js";
import { reportProblems } from "./doctor.js";

export function addMigrateCommand(program: Command, cli: CliDependencies): void {
  program
    .command("migrate")
    .description("Bring the store's schema up to date; a store that does not exist is made.")
    .addOption(jsonOption())
    .action(async (options: OutputOptions, self: Command): Promise<void> => {
      const { created, report } = await migrate(cli, self);
      if (options.json) {
        const facts = Object.fromEntries(report.facts);
        await printJson(cli, { created, facts, problems: report.problems });
      } else {
        await cli.out.write(`${created ? "made a new store" : "the store is up to date"}\n`);
        await cli.out.write(pairsText(report.facts));
      }
      await reportProblems(cli, report.problems);
    });
}

interface Migration {
  readonly created: boolean;
  readonly report: StoreReport;
}

/** Opening a store migrates it; whether it was there is known from trying without `create`. */
async function migrate(cli: CliDependencies, command: Command): Promise<Migration> {
  const inspect = (create: boolean) =>
    withBooks(cli, command, ({ store }) => store.inspect(), create);
  try {
    return { created: false, report: await inspect(false) };
  } catch (error) {
    if (!(error instanceof BlotterError) || error.code !== "not_found") throw error;
    return { created: true, report: await inspect(true) };
  }
}
