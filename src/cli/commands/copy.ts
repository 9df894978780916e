import type { Command } from "commander";
import { type CliDependencies, checkedUrl } from "../context.js";
import { jsonOption, nonEmpty, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { withProgress } from "../row-progress.js";
import { counted } from "../text.js";

interface CopyOptions extends OutputOptions {
  readonly from: string;
  readonly to: string;
}

export function addCopyCommand(program: Command, cli: CliDependencies): void {
  program
    .command("copy")
    .description("Copy a store into an empty one of any kind, and prove that both hold the same.")
    .requiredOption("--from <url>", "the store to copy", nonEmpty)
    .requiredOption("--to <url>", "a store that is empty or not there", nonEmpty)
    .addOption(jsonOption())
    .action(async (options: CopyOptions, self: Command): Promise<void> => {
      checkedUrl(cli, self, "--from", options.from);
      checkedUrl(cli, self, "--to", options.to);
      const report = await withProgress(cli, "rows", (onProgress) =>
        cli.copy(options.from, options.to, { onProgress }),
      );
      if (options.json) return printJson(cli, report);
      const facts = counted(report.rows, "fact");
      await cli.out.write(`copied ${facts}; both stores have state ${report.state}\n`);
    });
}
