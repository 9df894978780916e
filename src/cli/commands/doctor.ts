import type { Command } from "commander";
import type { PlainValue } from "../../domain/plain.js";
import type { ReadRepositories } from "../../ports/repositories.js";
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
  readonly openIntents: number;
  readonly unhealedDifferences: number;
  /** Contracts' positions that a synthetic fill explains, until real ones come. */
  readonly unexplainedPositions: number;
  readonly endedContracts: number;
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

async function examine({ store, orders, positions, reconciler }: Books): Promise<Findings> {
  const { facts, problems } = await store.inspect();
  const waitingInQuarantine = await store.read((repos) => repos.quarantine.countWaiting());
  const ordersWithMissingFills = (await orders.ordersWithMissingFills()).length;
  return {
    facts,
    problems,
    waitingInQuarantine,
    ordersWithMissingFills,
    ...(await store.read(countUnsettled)),
    unhealedDifferences: (await reconciler.differences()).length,
    endedContracts: (await positions.ended()).length,
  };
}

async function countUnsettled(repos: ReadRepositories) {
  let [openIntents, unexplainedPositions] = [0, 0];
  for (const { accountId } of await repos.accounts.list()) {
    openIntents += (await repos.intents.open(accountId)).length;
    const explanations = await repos.explanations.list(accountId);
    unexplainedPositions += explanations.filter(({ missing }) => missing !== 0).length;
  }
  return { openIntents, unexplainedPositions };
}

function findingsText(findings: Findings): string {
  const { facts, problems, waitingInQuarantine, ordersWithMissingFills } = findings;
  const { openIntents, unhealedDifferences, unexplainedPositions, endedContracts } = findings;
  const pairs: (readonly [string, PlainValue])[] = [
    ...facts,
    ["waiting in quarantine", hinted(waitingInQuarantine, "blotter quarantine list")],
    ["orders with missing fills", hinted(ordersWithMissingFills, "blotter orders --missing-fills")],
    ["orders sent without an answer", hinted(openIntents, "blotter reconcile")],
    ["differences from the broker", hinted(unhealedDifferences, "blotter reconcile --list")],
    ["positions without real fills", hinted(unexplainedPositions, "blotter fills")],
    ["open in ended contracts", hinted(endedContracts, "blotter positions --ended")],
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
