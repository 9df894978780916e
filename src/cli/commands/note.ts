import { type Command, Option } from "commander";
import { ANNOTATION_TARGETS, type AnnotationTarget } from "../../domain/annotation.js";
import { plainAnnotation } from "../../domain/performance/plain.js";
import { type CliDependencies, withBooks } from "../context.js";
import {
  accountOption,
  addOutputOptions,
  collected,
  jsonOption,
  moneyValue,
  nonEmpty,
  type OutputOptions,
} from "../options.js";
import { printJson, printRows } from "../print.js";
import { NOTES } from "../report-views.js";
import { printable } from "../text.js";

interface ListOptions extends OutputOptions {
  readonly account?: string;
  readonly tag?: string;
}

interface WriteOptions extends OutputOptions {
  readonly account: string;
  readonly text?: string;
  readonly tag?: readonly string[];
  readonly risk?: string;
  readonly clear?: true;
}

export function addNoteCommand(program: Command, cli: CliDependencies): void {
  const notes = program
    .command("note")
    .description("Write notes, tags and planned risk on orders and fills, or list them.");
  addListCommand(notes, cli);
  for (const target of ANNOTATION_TARGETS) addWriteCommand(notes, cli, target);
}

function addListCommand(notes: Command, cli: CliDependencies): void {
  const command = notes
    .command("list", { isDefault: true })
    .description("List what was written (what `note` alone does).")
    .addOption(accountOption())
    .addOption(new Option("--tag <tag>", "only what carries this tag").argParser(nonEmpty));
  addOutputOptions(command).action(
    ({ account, tag, ...output }: ListOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ annotations }) => {
        const found = await annotations.annotations({ account, tag });
        const all = { ...output, limit: Number.MAX_SAFE_INTEGER };
        return printRows(cli, NOTES, found.map(plainAnnotation), all);
      }),
  );
}

function addWriteCommand(notes: Command, cli: CliDependencies, target: AnnotationTarget): void {
  notes
    .command(target)
    .description(`Write on ${target === "order" ? "an order" : "a fill"}; what is left out stays.`)
    .argument("<id>", `the broker's ${target} id`, nonEmpty)
    .requiredOption("--account <account>", "its account: the id or the exact name", nonEmpty)
    .option("--text <text>", "the note", nonEmpty)
    .option("--tag <tag>", "a tag, in place of those there are (may be repeated)", collected)
    .option("--risk <usd>", "what the trade may lose by plan", moneyValue)
    .option("--clear", "take away all that was written")
    .addOption(jsonOption())
    .action(
      (id: string, options: WriteOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ annotations }) => {
          const { account: accountId, text, tag, risk, clear } = options;
          const nothing = clear ? { note: null, tags: [], plannedRisk: null } : {};
          const written = await annotations.annotate({
            accountId,
            target,
            id,
            ...nothing,
            ...(text !== undefined && { note: text }),
            ...(tag !== undefined && { tags: tag }),
            ...(risk !== undefined && { plannedRisk: risk }),
          });
          if (options.json) return printJson(cli, written && plainAnnotation(written));
          const what = written === null ? "nothing is written" : "written";
          return cli.out.write(`${what} on ${target} ${printable(id)}\n`);
        }),
    );
}
