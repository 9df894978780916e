import type { Command } from "commander";
import type { PlainRow } from "../../domain/plain.js";
import type { Difference } from "../../ports/services.js";
import { DIFFERENCES } from "../broker-views.js";
import { type CliDependencies, note, withBooks } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { accountOption, addOutputOptions, type OutputOptions } from "../options.js";
import { printRows } from "../print.js";
import { counted } from "../text.js";

interface VerifyOptions extends OutputOptions {
  readonly account?: string;
}

export function addVerifyCommand(program: Command, cli: CliDependencies): void {
  const command = program
    .command("verify")
    .description(
      "Compare derived rows with rebuilt ones, facts with their checksums; exits 3 if any differs.",
    )
    .addOption(accountOption());
  addOutputOptions(command).action(
    (options: VerifyOptions, self: Command): Promise<void> =>
      withBooks(cli, self, async ({ trades }) => {
        const found = await trades.verify(options.account);
        await printRows(cli, DIFFERENCES, found.map(plainDifference), options);
        if (found.length === 0) return;
        cli.setExitCode(EXIT.differences);
        const rows = counted(found.length, "row differs", "rows differ");
        await note(cli, `${rows}: blotter rebuild makes derived rows anew from the fills`);
      }),
  );
}

function plainDifference(difference: Difference): PlainRow {
  const { accountId, table, key, stored, rebuilt } = difference;
  return { accountId, table, key, difference: named(stored, rebuilt), stored, rebuilt };
}

function named(stored: string | null, rebuilt: string | null): string {
  if (stored === null) return "is missing";
  if (rebuilt === null) return "should not be there";
  const [before, after] = [fieldsOf(stored), fieldsOf(rebuilt)];
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => before.get(field) !== after.get(field))
    .map((field) => `${field} ${before.get(field) ?? "-"} -> ${after.get(field) ?? "-"}`);
  return changed.length === 0 ? `${stored} -> ${rebuilt}` : changed.join(", ");
}

/** Fields of a JSON object as JSON texts; none when it is no object. */
function fieldsOf(json: string): ReadonlyMap<string, string> {
  const value = parsed(json);
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).map(([field, part]) => [field, JSON.stringify(part)]));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
