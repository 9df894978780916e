import {
  type PlainRow,
  type PlainValue,
  plainDifference,
  plainIntent,
  plainSyncRun,
} from "../../domain/plain.js";
import type { SyncReport } from "../../ports/reconciler.js";
import { RECONCILED } from "../broker-views.js";
import { type CliDependencies, note } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { printJson, printRows } from "../print.js";
import { counted, printable } from "../text.js";

interface ReportOptions {
  readonly json?: boolean;
  readonly apply?: boolean;
}

/** Prints what comparisons found; exit code 3 when something differs and is not healed. */
export async function printReports(
  cli: CliDependencies,
  reports: readonly SyncReport[],
  options: ReportOptions,
): Promise<void> {
  const found = reports.flatMap(differencesOf);
  if (options.json) {
    await printJson(cli, {
      runs: reports.map(({ run }) => plainSyncRun(run)),
      differences: found,
      intents: reports.flatMap(({ intents }) => intents.map(plainIntent)),
    });
  } else {
    const all = { limit: Number.MAX_SAFE_INTEGER };
    await printRows(cli, RECONCILED, found.map(readableDifference), all);
    for (const report of reports) await cli.out.write(sentence(report));
  }
  if (reports.some(({ run }) => run.state === "interrupted")) {
    cli.setExitCode(EXIT.failed);
    const next = options.apply
      ? "what landed stays, and the next reconcile goes on from there"
      : "nothing was changed";
    return note(cli, `interrupted: ${next}`);
  }
  const open = found.filter((row) => row.healed !== true).length;
  if (open === 0) return;
  cli.setExitCode(EXIT.differences);
  const hint = options.apply ? "see the last column" : "--apply heals what can be healed";
  const differ = counted(open, "difference is", "differences are");
  await note(cli, `${differ} not healed: ${hint}`);
}

/** A row that was looked at twice while the comparison ran is one difference. */
function differencesOf({ run, differences }: SyncReport): readonly PlainRow[] {
  const rows = new Map<string, PlainRow>();
  for (const difference of differences) {
    const { kind, subject, ours, theirs } = difference;
    const row = { accountId: run.accountId, ...plainDifference(difference) };
    rows.set(JSON.stringify([kind, subject, ours, theirs]), row);
  }
  return [...rows.values()];
}

function sentence(report: SyncReport): string {
  const { run, intents } = report;
  const account = printable(run.accountId);
  const found = differencesOf(report);
  const healed = found.filter((row) => row.healed === true).length;
  const taken = [
    counted(run.newOrders, "new order"),
    counted(run.changedOrders, "changed order"),
    counted(run.newFills, "new fill"),
    counted(run.changedFills, "changed fill"),
  ].filter((count) => !count.startsWith("0 "));
  const agrees = run.state === "complete" ? "agrees with the broker" : "no difference so far";
  const parts = [
    found.length === 0 ? agrees : `${counted(found.length, "difference")}, ${healed} healed`,
    ...(taken.length === 0 ? [] : [`took ${taken.join(", ")}`]),
    ...intents.map(({ customTag, state }) => `intent ${printable(customTag)} is ${state}`),
  ];
  return `${account}: ${parts.join("; ")}\n`;
}

/** What is told of a whole row, in few words. */
const ESSENTIAL = ["status", "side", "quantity", "symbol", "price", "executionTimestamp"];
const MOST_CHARACTERS = 60;

/** A difference for people: JSON of both sides as words, shortened. */
export function readableDifference(row: PlainRow): PlainRow {
  return { ...row, ours: words(row.ours ?? null), theirs: words(row.theirs ?? null) };
}

function words(value: PlainValue): PlainValue {
  if (typeof value !== "string") return value;
  const fields = fieldsOf(value);
  if (fields === null) return shortened(value);
  const whole = "accountId" in fields;
  const shown = Object.entries(fields).filter(([field]) => !whole || ESSENTIAL.includes(field));
  return shortened(
    shown.map(([field, part]) => (whole ? `${part ?? "-"}` : `${field} ${part ?? "-"}`)).join(" "),
  );
}

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 3)}...`;
}

/** Null when the text is no JSON object. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
