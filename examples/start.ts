import "reflect-metadata";
import {
  AccountService,
  BlotterError,
  type FileFormat,
  FileImporter,
  OrderService,
  PositionService,
  type ProjectXClient,
  registerBlotter,
  TradeConsolidator,
} from "blotter";
import { container, type DependencyContainer } from "tsyringe";
import { openDashboard, untilInterrupted } from "./dashboard.js";
import { exportFile, recogniseFormat } from "./export-files.js";
import { DAYS_A_WEEK } from "./gateway/trading-week.js";
import { PaperBot } from "./paper-bot.js";
import { PaperBroker } from "./paper-broker.js";
import { withProgress } from "./progress.js";
import { RULES } from "./rule-watch.js";
import { showBooks } from "./show-books.js";

/** Everything the paper exchange does follows from it. */
const SEED = 1;

/**
 * `npm start`: a week of paper trading, with the dashboard beside it; on a terminal, or with `--serve`, the
 * dashboard stays until Ctrl-C. `npm start -- FILE...`: the trades in a broker's export files.
 */
async function main(args: readonly string[]): Promise<void> {
  const files = args.filter((arg) => arg !== "--serve");
  const stays = args.includes("--serve") || process.stdout.isTTY === true;
  const formats = await groupByFormat(files);
  const bot = container.createChildContainer();
  const broker = files.length === 0 ? new PaperBroker(SEED) : null;
  const client = await broker?.connect();
  const blotter = await registerBlotter(
    bot,
    broker && client ? { broker: client, clock: broker.clock } : {},
  );
  const dashboard = await openDashboard(bot);
  console.error(`The dashboard is at ${dashboard.url}`);
  try {
    if (broker && client) await tradeOnPaper(bot, broker, client);
    else await importFiles(bot, formats);
    const books = {
      accounts: bot.resolve(AccountService),
      orders: bot.resolve(OrderService),
      trades: bot.resolve(TradeConsolidator),
      positions: bot.resolve(PositionService),
    };
    await showBooks(books, (text) => console.log(text));
    if (stays) {
      const interrupted = untilInterrupted();
      console.error(`The dashboard stays at ${dashboard.url} until Ctrl-C.`);
      await interrupted;
    }
  } finally {
    await dashboard.close();
    await blotter.close();
    await broker?.close();
  }
}

async function tradeOnPaper(
  bot: DependencyContainer,
  broker: PaperBroker,
  client: ProjectXClient,
): Promise<void> {
  const run = await withProgress((progress) =>
    bot.resolve(PaperBot).tradeWeek(broker, client, (date, done) => {
      progress.show(done, DAYS_A_WEEK, `trading day ${date}`);
    }),
  );
  const how = run.caughtUp ? "Caught up, from the broker's history, with" : "Traded from";
  console.log(`${how} ${run.from} to ${run.to}: ${run.wins} wins, ${run.losses} losses.`);
  console.log(`Under ${RULES}:`);
  for (const notice of run.notices) console.log(`  ${notice}`);
  console.log(`The stream was away ${run.gaps} times; ${run.healed} rows were healed.`);
  const open = run.last.differences.filter(({ healed }) => !healed);
  for (const { kind, subject, ours, theirs } of open) {
    console.error(
      `${kind} ${subject}: ours ${ours ?? "nothing"}, the broker's ${theirs ?? "nothing"}`,
    );
  }
  if (open.length > 0) process.exitCode = 1;
  else console.log("The books agree with the broker.");
}

async function groupByFormat(files: readonly string[]) {
  const groups = new Map<FileFormat, string[]>();
  for (const file of files) {
    const format = await recogniseFormat(file);
    groups.set(format, [...(groups.get(format) ?? []), file]);
  }
  return groups;
}

async function importFiles(
  bot: DependencyContainer,
  groups: ReadonlyMap<FileFormat, readonly string[]>,
): Promise<void> {
  for (const [format, files] of groups) {
    const report = await withProgress((progress) =>
      bot.resolve(FileImporter).import(format, files.map(exportFile), {
        onProgress: ({ step, done, total }) =>
          progress.show(done, total ?? done, `${format.name}: ${step}`),
      }),
    );
    const { orders, fills, rows, quarantined } = report;
    console.log(`${format.name}: ${rows} rows, ${quarantined} quarantined`);
    for (const [what, counts] of Object.entries({ orders, fills })) {
      console.log(`  ${what}: ${counts.new} new, ${counts.known} known, ${counts.changed} changed`);
    }
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BlotterError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
