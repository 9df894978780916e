import { expected } from "../../examples/gateway/gateway-expected.js";
import { type AccountId, type Blotter, formatMoney } from "../../src/index.js";
import { type Books, booksOf } from "../properties/books.js";
import type { BotLife, OpenStore } from "./bot-life.js";
import { type Mischief, mischiefOf } from "./mischief.js";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.js";
import { cleanLife, troubledLife, withBooks } from "./two-lives.js";

/** The stores of a bot that has trouble and of one that has none. */
export interface TwoStores {
  readonly troubled: Blotter;
  readonly clean: Blotter;
  /** How each process of the one in trouble opens its store. */
  readonly openStore: OpenStore;
}

/** What happened in a seed, for those who want to know that anything did. */
export interface SeedReport {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly mischief: Mischief;
  readonly world: SimulatedWorld;
  readonly bot: BotLife;
}

/**
 * Lives through a seed twice: once with drops, repeats, reorders, crashes, restarts and a broker that
 * answers badly, once without. After one reconciliation both must have the same books, the broker's.
 */
export async function liveThrough(seed: number, stores: TwoStores): Promise<SeedReport> {
  const mischief = mischiefOf(seed);
  const world = simulatedWorld(seed, mischief);
  const bot = await troubledLife(stores.openStore, world, mischief);
  await cleanLife(stores.clean.store, world);
  const problems: string[] = [];
  const troubled = await canonicalState(stores.troubled, world);
  const clean = await canonicalState(stores.clean, world);
  problems.push(...differences("a clean run has", clean, troubled));
  problems.push(...(await againstBroker(stores.troubled, troubled, world)));
  problems.push(...(await afterSecondSync(stores.troubled, troubled, world)));
  problems.push(...(await onRecord(stores.troubled, world, bot)));
  return { seed, problems, mischief, world, bot };
}

/** The books without how often a fill was told otherwise, which depends on what was heard of it. */
export async function canonicalState(
  blotter: Blotter,
  { account }: SimulatedWorld,
): Promise<Books> {
  const books = await booksOf(blotter, account.accountId);
  const fills = books.fills.map(({ revision: _, ...fill }) => fill);
  return { ...books, fills };
}

/** The first row of each part that differs, in words. */
function differences(what: string, wanted: Books, actual: Books): readonly string[] {
  return Object.entries(wanted).flatMap(([part, rows]) => {
    const ours = new Map(Object.entries(actual)).get(part) ?? [];
    for (let i = 0; i < Math.max(ours.length, rows.length); i += 1) {
      const [our, their] = [JSON.stringify(ours[i]), JSON.stringify(rows[i])];
      if (our !== their) return [`${part} ${i}: ${what} ${their}, the books ${our}`];
    }
    return [];
  });
}

/** The broker's own positions, balance and profit, which it does not get from us. */
async function againstBroker(
  { accounts }: Blotter,
  books: Books,
  { engine, account }: SimulatedWorld,
): Promise<readonly string[]> {
  const [theirs] = expected(engine);
  if (!theirs) throw new Error("the gateway has no account");
  const problems: string[] = [];
  const compare = (what: string, broker: unknown, ours: unknown): void => {
    const [a, b] = [JSON.stringify(broker), JSON.stringify(ours)];
    if (a !== b) problems.push(`${what}: the broker has ${a}, the books ${b}`);
  };
  const summary = await accounts.summary(account.accountId);
  compare("balance", String(theirs.balance / 1e6), String(Number(formatMoney(summary.balance))));
  const held = books.open.map(({ contractId, side, quantity }) => [
    contractId,
    side === "LONG" ? quantity : -Number(quantity),
  ]);
  const wanted = theirs.positions.map(({ contractId, quantity }) => [contractId, quantity]);
  compare("positions", wanted.sort(), held.sort());
  const gross = new Map<unknown, number>();
  for (const { exitFillId, grossPnl } of books.matches) {
    gross.set(exitFillId, (gross.get(exitFillId) ?? 0) + Math.round(Number(grossPnl) * 1e6));
  }
  const profits = theirs.trades.map(({ fillId, grossPnl }) => [fillId, grossPnl]);
  compare(
    "profit by fill",
    profits,
    theirs.trades.map(({ fillId }) => [fillId, gross.get(fillId) ?? null]),
  );
  return problems;
}

async function afterSecondSync(
  blotter: Blotter,
  before: Books,
  world: SimulatedWorld,
): Promise<readonly string[]> {
  const { accountId } = world.account;
  const events = () =>
    blotter.store.read(async (repos) => {
      // The account is there, so its id is one.
      const rows = await repos.outbox.after(accountId as AccountId, 0, 1_000_000);
      return rows.filter(({ type }) => type !== "sync.finished").length;
    });
  const told = await events();
  const report = await withBooks(blotter.store, world, ({ reconciler }) =>
    reconciler.sync(accountId),
  );
  const problems = [
    ...differences("before a second sync stood", before, await canonicalState(blotter, world)),
  ];
  if ((await events()) !== told) problems.push("a second sync told subscribers of something");
  const { newOrders, changedOrders, newFills, changedFills } = report.run;
  const counts = [newOrders, changedOrders, newFills, changedFills];
  if (counts.some((count) => count > 0)) problems.push(`a second sync counted ${counts}`);
  if (report.differences.length > 0) {
    problems.push(`a second sync found ${JSON.stringify(report.differences[0])}`);
  }
  for (const { table, key } of await blotter.trades.verify(accountId)) {
    problems.push(`verify: ${table} ${key} is not what a rebuild makes`);
  }
  return problems;
}

/** What must be written down: gaps, what became of orders that were sent, and nothing left over. */
async function onRecord(
  blotter: Blotter,
  world: SimulatedWorld,
  bot: BotLife,
): Promise<readonly string[]> {
  const { accountId } = world.account;
  const problems: string[] = [];
  const runs = await blotter.reconciler.runs(accountId, 1_000);
  for (const { from } of bot.healedGaps) {
    if (!runs.some(({ gapFrom }) => gapFrom === from)) problems.push(`no run names gap ${from}`);
  }
  for (const { kind, subject } of await blotter.reconciler.differences(accountId)) {
    problems.push(`${kind} of ${subject} is not healed`);
  }
  const orders = new Map([...world.engine.orders].map((order) => [order.customTag, order]));
  for (const { customTag, state, orderId } of await blotter.orders.intents(accountId)) {
    const order = orders.get(customTag);
    const fits = order
      ? (state === "accepted" && orderId === String(order.id)) || state === "rejected"
      : state === "never_sent" || state === "rejected";
    if (!fits) problems.push(`intent ${customTag} is ${state}, at the broker ${order?.status}`);
  }
  for (const { payload, reason, message } of await blotter.quarantine.list()) {
    problems.push(`quarantine has ${reason}, ${message}: ${payload}`);
  }
  return problems;
}
