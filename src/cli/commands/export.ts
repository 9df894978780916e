import { type Command, Option } from "commander";
import type { PlainRow } from "../../domain/plain.js";
import { EXPORTED_ROWS, type ExportedRows, type TransferService } from "../../ports/transfer.js";
import { DAYS } from "../account-views.js";
import { type CliDependencies, note, withBooks } from "../context.js";
import { csvHeader, csvLines } from "../csv.js";
import { nonEmpty } from "../options.js";
import { writeNewFile } from "../output-file.js";
import { counted } from "../text.js";
import { type View } from "../view.js";
import { CLOSED_POSITIONS, FILLS, ORDERS, POSITIONS, TRADES } from "../views.js";

interface ExportOptions {
  readonly format: "csv" | "json";
  readonly table: ExportedRows;
  readonly raw?: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

const VIEWS: Readonly<Record<ExportedRows, View>> = {
  trades: TRADES,
  fills: FILLS,
  orders: ORDERS,
  positions: POSITIONS,
  "closed-positions": CLOSED_POSITIONS,
  days: DAYS,
};

export function addExportCommand(program: Command, cli: CliDependencies): void {
  program
    .command("export")
    .description("Carry the books out: every fact as JSON lines, or rows of one kind as CSV.")
    .addOption(
      new Option("--format <format>", "json: for `import blotter`; csv: for a spreadsheet")
        .choices(["csv", "json"])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--table <rows>", "with csv: which rows").choices(EXPORTED_ROWS).default("trades"),
    )
    .option("--raw", "with csv: texts as they are, also those that a spreadsheet would run")
    .option("--out <file>", "a new file instead of stdout", nonEmpty)
    .option("--force", "replace the file that is there")
    .action(
      (options: ExportOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async ({ transfer }) => {
          const { out, force = false } = options;
          if (out === undefined)
            return write(cli, transfer, options, (text) => cli.out.write(text));
          await writeNewFile(out, force, (text) => write(cli, transfer, options, text));
        }),
    );
}

async function write(
  cli: CliDependencies,
  transfer: TransferService,
  options: ExportOptions,
  text: (part: string) => Promise<void>,
): Promise<void> {
  if (options.format === "csv") return writeCsv(transfer, options, text);
  const { rows } = await transfer.exportFacts(text);
  await note(cli, `exported ${counted(rows, "fact")}`);
}

async function writeCsv(
  transfer: TransferService,
  { table, raw }: ExportOptions,
  text: (part: string) => Promise<void>,
): Promise<void> {
  const { fields } = VIEWS[table];
  await text(csvHeader(fields));
  await transfer.exportRows(table, (rows: readonly PlainRow[]) =>
    text(csvLines(fields, rows, raw)),
  );
}
