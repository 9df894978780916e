import { type Command, Option } from "commander";
import { BlotterError, invalid } from "../../domain/errors.js";
import { epochMsToInstant } from "../../domain/instant.js";
import { plainReconciliation, plainSyncRun } from "../../domain/plain.js";
import type { BrokerClient } from "../../ports/broker-client.js";
import type { SyncReport, ToldHistory } from "../../ports/reconciler.js";
import type { ImportFile } from "../../ports/services.js";
import { RECONCILIATIONS, SYNC_RUNS } from "../broker-views.js";
import { type Books, type CliDependencies, note, withBooks } from "../context.js";
import { inputFile } from "../input-files.js";
import {
  accountOption,
  addLimitOption,
  instantValue,
  jsonOption,
  type OutputOptions,
} from "../options.js";
import { printRows, rowsToRead } from "../print.js";
import { SyncProgressBar } from "../sync-progress.js";
import { oneLine, printable } from "../text.js";
import { printReports, readableDifference } from "./reconcile-report.js";

interface ReconcileOptions extends OutputOptions {
  readonly account?: string;
  readonly from?: readonly string[];
  readonly apply?: boolean;
  readonly since?: string;
  readonly list?: boolean;
  readonly all?: boolean;
  readonly runs?: boolean;
  readonly limit?: number;
}

export function addReconcileCommand(program: Command, cli: CliDependencies): void {
  const onRecord = (flags: string, description: string) =>
    new Option(flags, description).conflicts(["from", "apply", "since"]);
  const command = program
    .command("reconcile")
    .description(
      "Compare the books with the broker (PROJECTX_USERNAME, PROJECTX_API_KEY) or with files of its rows; exits 3 if they differ.",
    )
    .addOption(
      accountOption("only this account; with --from and rows of one account: take them as its own"),
    )
    .option(
      "--from <file...>",
      "JSON of Order/search, Trade/search, Position/searchOpen, Account/search; - is stdin",
    )
    .addOption(
      new Option(
        "--since <instant>",
        "ask the broker for its history from here on (default: a day before the last comparison)",
      )
        .argParser(instantValue)
        .conflicts("from"),
    )
    .option("--apply", "heal what differs: take the broker's rows, explain its positions")
    .addOption(onRecord("--list", "show the differences on record that are not healed"))
    .addOption(onRecord("--all", "with --list: also the healed ones"))
    .addOption(
      onRecord("--runs", "show the comparisons that were made, with their gaps").conflicts([
        "list",
        "all",
      ]),
    )
    .addOption(jsonOption());
  addLimitOption(command).action(
    async (options: ReconcileOptions, self: Command): Promise<void> => {
      if (options.list || options.all || options.runs) return showRecord(cli, self, options);
      const reports = options.from
        ? await compareWithFiles(cli, self, options)
        : await compareWithBroker(cli, self, options);
      await printReports(cli, reports, options);
    },
  );
}

function showRecord(cli: CliDependencies, self: Command, options: ReconcileOptions): Promise<void> {
  const { account, all, json } = options;
  return withBooks(cli, self, async ({ reconciler }) => {
    if (options.runs) {
      const runs = await reconciler.runs(account, rowsToRead(options) ?? ALL_RUNS);
      return printRows(cli, SYNC_RUNS, runs.map(plainSyncRun).reverse(), options);
    }
    const found = await reconciler.differences(account, all);
    const rows = found.map(plainReconciliation).reverse();
    return printRows(cli, RECONCILIATIONS, json ? rows : rows.map(readableDifference), options);
  });
}

const ALL_RUNS = 1_000_000;

async function compareWithBroker(
  cli: CliDependencies,
  self: Command,
  options: ReconcileOptions,
): Promise<readonly SyncReport[]> {
  const broker = await askedBroker(cli);
  const work = async (books: Books) => {
    const reports: SyncReport[] = [];
    const stop = new AbortController();
    const done = cli.onInterrupt(() => stop.abort());
    try {
      for (const account of await accountsToSync(books, broker, options.account)) {
        reports.push(await sync(cli, books, account, stop.signal, options));
        if (stop.signal.aborted) break;
      }
    } finally {
      done();
    }
    return reports;
  };
  return withBooks(cli, self, work, false, broker);
}

async function askedBroker(cli: CliDependencies): Promise<BrokerClient> {
  try {
    return await cli.broker((message) => void note(cli, printable(message)));
  } catch (error) {
    if (!(error instanceof BlotterError) || error.code !== "invalid") throw error;
    throw invalid(`${error.message}; or compare with files of the broker's rows: --from FILE`);
  }
}

/** The one that is named, else all that the broker knows and the store has. */
async function accountsToSync(
  { accounts }: Books,
  broker: BrokerClient,
  named: string | undefined,
): Promise<readonly string[]> {
  if (named !== undefined) return [(await accounts.get(named)).accountId];
  const ours = new Set<string>((await accounts.list()).map(({ accountId }) => accountId));
  const theirs = (await broker.accounts()).map(({ accountId }) => accountId);
  const known = theirs.filter((accountId) => ours.has(accountId));
  if (known.length > 0) return known;
  const list = theirs.length === 0 ? "none" : theirs.map(printable).join(", ");
  throw new BlotterError(
    "not_found",
    `the store has no account that the broker knows (${list}): open it with "blotter accounts add"`,
  );
}

async function sync(
  cli: CliDependencies,
  { reconciler }: Books,
  account: string,
  signal: AbortSignal,
  { apply, since }: ReconcileOptions,
): Promise<SyncReport> {
  const heal = apply ? "everything" : "nothing";
  const wishes = { reason: "manual", heal, signal, ...(since && { from: since }) } as const;
  if (!cli.err.isTerminal) return reconciler.sync(account, wishes);
  const bar = new SyncProgressBar(account);
  try {
    return await reconciler.sync(account, { ...wishes, onProgress: bar.update.bind(bar) });
  } finally {
    bar.stop();
  }
}

async function compareWithFiles(
  cli: CliDependencies,
  self: Command,
  { from = [], account, apply }: ReconcileOptions,
): Promise<readonly SyncReport[]> {
  if (from.filter((path) => path === "-").length > 1) {
    throw invalid("stdin (-) can be read only once: name it once");
  }
  const files: ImportFile[] = [];
  for (const path of from) files.push(await inputFile(path, () => cli.stdin()));
  const histories = await cli.readHistory(files, epochMsToInstant(Date.now()));
  return withBooks(cli, self, async (books) => {
    const heal = apply ? "everything" : "nothing";
    const reports: SyncReport[] = [];
    for (const [of, told] of await historiesFor(cli, books, histories, account)) {
      reports.push(await books.reconciler.compareWith(of, told, { heal }));
    }
    return reports;
  });
}

/** The accounts of the files that the store has; the others are told. @throws when it has none */
async function historiesFor(
  cli: CliDependencies,
  { accounts }: Books,
  histories: ReadonlyMap<string, ToldHistory>,
  named: string | undefined,
): Promise<readonly (readonly [string, ToldHistory])[]> {
  if (histories.size === 0) throw invalid("the files tell nothing: they have no rows");
  if (named !== undefined) {
    const { accountId } = await accounts.get(named);
    const told = histories.get(accountId) ?? onlyOne(histories);
    if (told) return [[accountId, ofAccount(told, accountId)]];
    const list = [...histories.keys()].map(printable).join(", ");
    throw invalid(`the files name the accounts ${list}, not ${accountId}`);
  }
  const ours = new Set<string>((await accounts.list()).map(({ accountId }) => accountId));
  const known = [...histories].filter(([accountId]) => ours.has(accountId));
  const lacking = [...histories.keys()].filter((accountId) => !ours.has(accountId));
  const [first] = lacking;
  if (first === undefined) return known;
  const message = `the store has no account ${lacking.map(printable).join(", ")}: open it with "blotter accounts add ${first}", import its files, or name the account that the rows are of with --account`;
  if (known.length === 0) throw new BlotterError("not_found", message);
  await note(cli, oneLine(message));
  return known;
}

function onlyOne(histories: ReadonlyMap<string, ToldHistory>): ToldHistory | undefined {
  const [only, another] = histories.values();
  return another === undefined ? only : undefined;
}

/** Books that were imported under another name: the rows are of that account. */
function ofAccount(told: ToldHistory, accountId: string): ToldHistory {
  const named = <T extends object>(rows: readonly T[] | null) =>
    rows?.map((row) => ({ ...row, accountId })) ?? null;
  return { ...told, positions: named(told.positions), accounts: named(told.accounts) };
}
