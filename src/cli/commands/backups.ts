import type { Command } from "commander";
import type { PlainRow } from "../../domain/plain.js";
import type { CheckedBackup } from "../../ports/backup.js";
import { BACKUPS } from "../broker-views.js";
import { type CliDependencies, note } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { requireFolder } from "../input-files.js";
import { addOutputOptions, nonEmpty, type OutputOptions } from "../options.js";
import { printRows } from "../print.js";
import { counted } from "../text.js";
import { backupsOf, plainBackup } from "./backup.js";

interface BackupsOptions extends OutputOptions {
  readonly in?: string;
  readonly check?: boolean;
}

export function addBackupsCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("backups")
    .description("List the store's backups, oldest first.")
    .option("--in <folder>", "where they are (default: backups beside the store)", nonEmpty)
    .option("--check", "read every byte and compare with its manifest; exits 1 if any is damaged");
  addOutputOptions(command).action(
    async (options: BackupsOptions, self: Command): Promise<void> => {
      if (options.in !== undefined) await requireFolder(options.in);
      const backups = await backupsOf(cli, self, options.in);
      const rows: readonly PlainRow[] = options.check
        ? (await backups.check()).map(plainCheck)
        : (await backups.list()).map((backup) => ({ ...plainBackup(backup), problem: null }));
      await printRows(cli, BACKUPS, rows, { ...options, limit: Number.MAX_SAFE_INTEGER });
      const damaged = rows.filter(({ problem }) => problem !== null).length;
      if (damaged === 0) return;
      cli.setExitCode(EXIT.failed);
      await note(cli, `${counted(damaged, "backup is", "backups are")} damaged: make a new one`);
    },
  );
}

function plainCheck({ name, manifest, problem }: CheckedBackup): PlainRow {
  return manifest === null ? { name, problem } : { ...plainBackup(manifest), problem };
}
