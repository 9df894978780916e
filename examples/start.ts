import "reflect-metadata";
import {
  AccountService,
  BlotterError,
  type FileFormat,
  FileImporter,
  OrderService,
  PositionService,
  registerBlotter,
  TradeConsolidator,
} from "blotter";
import { container, type DependencyContainer } from "tsyringe";
import { exportFile, recogniseFormat } from "./export-files.js";
import { PaperBot } from "./paper-bot.js";
import { PaperExchange } from "./paper-exchange.js";
import { DAYS_A_WEEK } from "./paper-market.js";
import { withProgress } from "./progress.js";
import { showBooks } from "./show-books.js";

/** Everything the paper exchange does follows from it. */
const SEED = 1;

/** `npm start`: a week of paper trading. `npm start -- FILE...`: the trades in a broker's export files. */
async function main(files: readonly string[]): Promise<void> {
  const formats = await groupByFormat(files);
  const bot = container.createChildContainer();
  const blotter = await registerBlotter(bot);
  try {
    if (files.length === 0) await tradeOnPaper(bot);
    else await importFiles(bot, formats);
    const books = {
      accounts: bot.resolve(AccountService),
      orders: bot.resolve(OrderService),
      trades: bot.resolve(TradeConsolidator),
      positions: bot.resolve(PositionService),
    };
    await showBooks(books, (text) => console.log(text));
  } finally {
    await blotter.close();
  }
}

async function tradeOnPaper(bot: DependencyContainer): Promise<void> {
  const exchange = new PaperExchange(SEED);
  const run = await withProgress((progress) =>
    bot.resolve(PaperBot).tradeWeek(exchange, (day, heard) => {
      const daysDone = (day.index % DAYS_A_WEEK) + heard / day.events.length;
      progress.show(100 * daysDone, 100 * DAYS_A_WEEK, `trading day ${day.date}`);
    }),
  );
  for (const problem of run.unreadable) console.error(problem);
  const [first, last] = [run.days[0]?.date, run.days.at(-1)?.date];
  console.log(`Traded from ${first} to ${last}: ${run.wins} wins, ${run.losses} losses.`);
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
