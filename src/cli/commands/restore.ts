import type { Command } from "commander";
import type { CliDependencies } from "../context.js";
import { jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { withProgress } from "../row-progress.js";
import { printable } from "../text.js";
import { backupsOf, plainBackup } from "./backup.js";

interface RestoreOptions extends OutputOptions {
  readonly in?: string;
}

export function addRestoreCommand(program: Command, cli: CliDependencies): void {
  program
    .command("restore")
    .description("Put a backup in the store's place, once it is proved; the old store is kept.")
    .argument("<backup>", "its name, or the path of a file with its manifest beside it", nonEmpty)
    .option("--in <folder>", "where the backups are (default: backups beside the store)", nonEmpty)
    .addOption(jsonOption())
    .action(async (name: string, options: RestoreOptions, self: Command): Promise<void> => {
      const backups = await backupsOf(cli, self, options.in);
      const { backup, kept } = await withProgress(cli, "bytes", (onProgress) =>
        backups.restore(name, onProgress),
      );
      if (options.json) return printJson(cli, { kept, backup: plainBackup(backup) });
      const before = kept === null ? "" : `the store that was there is now ${printable(kept)}\n`;
      await cli.out.write(`restored ${printable(backup.name)}\n${before}`);
    });
}
