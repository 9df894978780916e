import type { Command } from "commander";
import type { PlainValue } from "../../domain/plain.js";
import type { StoreReport } from "../../ports/store.js";
import { type Books, type CliDependencies, note, withBooks } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { jsonOption, type OutputOptions } from "../options.js";
import { printJson } from "../print.js";
import { pairsText } from "../table.js";
import { counted, printable } from "../text.js";

interface Findings extends StoreReport {
  readonly waitingInQuarantine: number;
  readonly ordersWithMissingFills: number;
}

export function addDoctorCommand(program: Command, cli: CliDependencies): void {
  program
    .command("doctor")
    .description("Check the store's health and tell what waits for a person; exits 1 on a problem.")
    .addOption(jsonOption())
    .action(
      (options: OutputOptions, self: Command): Promise<void> =>
        withBooks(cli, self, async (books) => {
          const findings = await examine(books);
          if (options.json) {
            await printJson(cli, { ...findings, facts: Object.fromEntries(findings.facts) });
          } else {
            await cli.out.write(findingsText(findings));
          }
          return reportProblems(cli, findings.problems);
        }),
    );
}

async function examine({ store, orders }: Books): Promise<Findings> {
  const { facts, problems } = await store.inspect();
  const waitingInQuarantine = await store.read((repos) => repos.quarantine.countWaiting());
  const ordersWithMissingFills = (await orders.ordersWithMissingFills()).length;
  return { facts, problems, waitingInQuarantine, ordersWithMissingFills };
}

function findingsText(findings: Findings): string {
  const { facts, problems, waitingInQuarantine, ordersWithMissingFills } = findings;
  const pairs: (readonly [string, PlainValue])[] = [
    ...facts,
    ["waiting in quarantine", hinted(waitingInQuarantine, "blotter quarantine list")],
    ["orders with missing fills", hinted(ordersWithMissingFills, "blotter orders --missing-fills")],
  ];
  const lines = problems.map((problem) => `PROBLEM: ${printable(problem)}\n`);
  return `${pairsText(pairs)}${lines.join("")}`;
}

function hinted(count: number, command: string): PlainValue {
  return count === 0 ? 0 : `${count} (see ${command})`;
}

/** Exit code 1 and a line on stderr when the store itself is not well. */
export async function reportProblems(
  cli: CliDependencies,
  problems: readonly string[],
): Promise<void> {
  const [first] = problems;
  if (first === undefined) return;
  cli.setExitCode(EXIT.failed);
  const count = counted(problems.length, "problem");
  await note(cli, `the store has ${count}: ${printable(first)}; stop the bot and copy the store`);
}
