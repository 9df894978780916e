import type { Command } from "commander";
import { formatInstant } from "../../domain/instant.js";
import type { PlainRow } from "../../domain/plain.js";
import type { QuarantineEntry } from "../../ports/repositories.js";
import { QUARANTINE } from "../broker-views.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  addLimitOption,
  addOutputOptions,
  jsonOption,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printJson, printRow, printRows } from "../print.js";
import { printable } from "../text.js";

interface ListOptions extends OutputOptions {
  readonly all?: boolean;
  readonly limit?: number;
}

export function addQuarantineCommand(program: Command, cli: CliDependencies): void {
  const quarantine = program
    .command("quarantine")
    .description("Show and settle reports that could not be booked.");
  addListCommand(quarantine, cli);
  addShowCommand(quarantine, cli);
  addRetryCommand(quarantine, cli);
  addDiscardCommand(quarantine, cli);
}

function addListCommand(quarantine: Command, cli: CliDependencies): void {
  const command = quarantine
    .command("list", { isDefault: true })
    .description("List what waits, oldest first, with the reason.")
    .option("--all", "also what was resolved or discarded");
  addOutputOptions(addLimitOption(command)).action(
    (options: ListOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async (books) => {
        const entries = await books.quarantine.list(options.all);
        return printRows(cli, QUARANTINE, entries.map(plainEntry), options);
      }),
  );
}

function addShowCommand(quarantine: Command, cli: CliDependencies): void {
  quarantine
    .command("show")
    .description("Show one entry with the report as it came.")
    .argument("<id>", "an id from `quarantine list`", nonEmpty)
    .addOption(jsonOption())
    .action(
      (id: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) =>
          printRow(cli, plainEntry(await books.quarantine.get(id)), options),
        ),
    );
}

function addRetryCommand(quarantine: Command, cli: CliDependencies): void {
  quarantine
    .command("retry")
    .description("Try one entry, or all that wait, again.")
    .argument("[id]", "an id from `quarantine list`", nonEmpty)
    .addOption(jsonOption())
    .action(
      (id: string | undefined, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const result = await books.quarantine.retry(id);
          if (options.json) return printJson(cli, result);
          const { resolved, stillWaiting } = result;
          return cli.out.write(`resolved ${resolved}, still waiting ${stillWaiting}\n`);
        }),
    );
}

function addDiscardCommand(quarantine: Command, cli: CliDependencies): void {
  quarantine
    .command("discard")
    .description("Give an entry up; it stays on record.")
    .argument("<id>", "an id from `quarantine list`", nonEmpty)
    .addOption(jsonOption())
    .action(
      (id: string, options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          await books.quarantine.discard(id);
          if (options.json) {
            return printJson(cli, plainEntry(await books.quarantine.get(id)));
          }
          return cli.out.write(`discarded ${printable(id)}\n`);
        }),
    );
}

function plainEntry(entry: QuarantineEntry): PlainRow {
  return {
    quarantineId: entry.quarantineId,
    accountId: entry.accountId,
    reason: entry.reason,
    message: entry.message,
    source: entry.source,
    kind: entry.kind,
    count: entry.count,
    firstSeenAt: formatInstant(entry.firstSeenAt),
    lastSeenAt: formatInstant(entry.lastSeenAt),
    status: entry.status,
    payloadLength: entry.payloadLength,
    payload: entry.payload,
  };
}
