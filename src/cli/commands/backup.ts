import { type Command, Option } from "commander";
import { BACKUP_KINDS, type BackupKind, type BackupManifest } from "../../domain/backup.js";
import { formatInstant } from "../../domain/instant.js";
import type { PlainRow } from "../../domain/plain.js";
import type { BackupService } from "../../ports/backup.js";
import { type CliDependencies, note, storeUrl } from "../context.js";
import { failureText } from "../failure.js";
import { jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { counted, printable } from "../text.js";

interface BackupOptions extends OutputOptions {
  readonly to?: string;
  readonly kind: BackupKind;
  readonly schedule?: boolean;
}

export function addBackupCommand(program: Command, cli: CliDependencies): void {
  program
    .command("backup")
    .description("Copy the store while it is written to, and prove the copy before it gets a name.")
    .option("--to <folder>", "where to (default: backups beside the store)", nonEmpty)
    .addOption(
      new Option("--kind <kind>", "how long it is kept; manual ones stay until you remove them")
        .choices(BACKUP_KINDS)
        .default("manual"),
    )
    .addOption(
      new Option(
        "--schedule",
        "stay, and back up hourly while there is trading, daily, weekly and monthly",
      ).conflicts(["kind"]),
    )
    .addOption(jsonOption())
    .action(async (options: BackupOptions, self: Command): Promise<void> => {
      const backups = await backupsOf(cli, self, options.to);
      if (options.schedule) return stayAndBackUp(cli, backups, options);
      await printBackup(cli, await backups.create(options.kind), options);
    });
}

/** The backups of the store that `--db` names, in a folder. */
export function backupsOf(
  cli: CliDependencies,
  command: Command,
  folder: string | undefined,
): Promise<BackupService> {
  return cli.openBackups({ url: storeUrl(cli, command), backups: folder });
}

async function stayAndBackUp(
  cli: CliDependencies,
  backups: BackupService,
  options: OutputOptions,
): Promise<void> {
  const onDone = (made: BackupManifest) => void printBackup(cli, made, options);
  const first = await backups.createIfDue();
  if (first !== null) onDone(first);
  const schedule = backups.schedule({
    onDone,
    onError: (error) => void cli.err.write(`${failureText(error)}\n`),
  });
  await note(cli, "backing up by schedule until Ctrl-C");
  await cli.interrupted();
  schedule.stop();
}

async function printBackup(
  cli: CliDependencies,
  made: BackupManifest,
  options: OutputOptions,
): Promise<void> {
  if (options.json) return printJson(cli, plainBackup(made));
  const { rows, fills } = plainBackup(made);
  await cli.out.write(
    `backed up to ${printable(made.name)}: ${counted(Number(rows), "row")}, ` +
      `${counted(Number(fills), "fill")}, ${made.bytes} bytes\n`,
  );
}

export function plainBackup(backup: BackupManifest): PlainRow {
  const { name, kind, takenAt, engine, store, bytes, sha256, blotter, tables } = backup;
  return {
    name,
    kind,
    takenAt: formatInstant(takenAt),
    engine,
    store,
    bytes,
    rows: Object.values(tables).reduce((sum, table) => sum + table.rows, 0),
    fills: tables.fills?.rows ?? null,
    sha256,
    blotter,
  };
}
