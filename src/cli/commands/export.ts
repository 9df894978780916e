import { type Command, Option } from "commander";
import type { AccountId } from "../../domain/ids.js";
import type { PlainRow } from "../../domain/plain.js";
import {
  EXPORTED_ROWS,
  type ExportedRows,
  type ExportWishes,
  type TransferService,
} from "../../ports/transfer.js";
import { DAYS } from "../account-views.js";
import { type CliDependencies, note, withBooks } from "../context.js";
import { csvHeader, csvLines } from "../csv.js";
import { accountOption, fileToWrite, refuseGiven } from "../options.js";
import { writeNewFile } from "../output-file.js";
import { withProgress } from "../row-progress.js";
import { counted } from "../text.js";
import { type View } from "../view.js";
import { CLOSED_POSITIONS, FILLS, ORDERS, POSITIONS, TRADES } from "../views.js";

interface ExportOptions {
  readonly format: "csv" | "json";
  readonly table: ExportedRows;
  readonly account?: string;
  readonly raw?: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

/** The fields of the command are settled; a file that is kept or sent also says what no broker told. */
function withMade(view: View): View {
  return { ...view, fields: [...view.fields, "madeAs"] };
}

const VIEWS: Readonly<Record<ExportedRows, View>> = {
  trades: withMade(TRADES),
  fills: FILLS,
  orders: ORDERS,
  positions: POSITIONS,
  "closed-positions": withMade(CLOSED_POSITIONS),
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
    .addOption(
      accountOption("only this account's, by id or name; with json also what all accounts share"),
    )
    .option("--raw", "with csv: texts as they are, also those that a spreadsheet would run")
    .option(
      "--out <file>",
      "a new file instead of stdout",
      fileToWrite("leave --out out for stdout"),
    )
    .option("--force", "with --out: replace the file that is there")
    .action((options: ExportOptions, self: Command): Promise<void> => {
      requireSense(self, options);
      return withBooks(cli, self, async ({ accounts, transfer }) => {
        const { account, out, force = false } = options;
        const only = account === undefined ? undefined : await accounts.get(account);
        const job = { transfer, options, accountId: only?.accountId };
        if (out !== undefined) {
          return writeNewFile(out, force, (text) =>
            withProgress(cli, "rows", (onProgress) => write(cli, job, text, onProgress)),
          );
        }
        const text = (part: string) => cli.out.write(part);
        // A bar would run through rows that are shown.
        if (cli.out.isTerminal) return write(cli, job, text, undefined);
        return withProgress(cli, "rows", (onProgress) => write(cli, job, text, onProgress));
      });
    });
}

/** Wrong usage, told before a store is opened for it: what would change nothing is not what was meant. */
function requireSense(self: Command, { format, out, force }: ExportOptions): void {
  if (format === "json") refuseGiven(self, ["table", "raw"], "--format csv");
  if (force && out === undefined) self.error("error: --force is for --out: name the file");
}

interface Job {
  readonly transfer: TransferService;
  readonly options: ExportOptions;
  readonly accountId: AccountId | undefined;
}

async function write(
  cli: CliDependencies,
  { transfer, options, accountId }: Job,
  text: (part: string) => Promise<void>,
  onProgress: ExportWishes["onProgress"],
): Promise<void> {
  const wishes = { accountId, onProgress };
  if (options.format === "csv") return writeCsv(transfer, options, text, wishes);
  const { rows } = await transfer.exportFacts(text, wishes);
  await note(cli, `exported ${counted(rows, "fact")}`);
}

async function writeCsv(
  transfer: TransferService,
  { table, raw }: ExportOptions,
  text: (part: string) => Promise<void>,
  wishes: ExportWishes,
): Promise<void> {
  const { fields } = VIEWS[table];
  await text(csvHeader(fields));
  const write = (rows: readonly PlainRow[]) => text(csvLines(fields, rows, raw));
  await transfer.exportRows(table, write, wishes);
}
