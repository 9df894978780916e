import { STATUS } from "../../examples/gateway/gateway-codes.js";
import { MINUTE_US } from "../../examples/gateway/gateway-time.js";
import type { StepAnswer } from "../../examples/gateway/strategy-step.js";
import { perform, tradingDays } from "../../examples/gateway/trading-week.js";
import { parseGatewayEvent } from "../../src/index.js";
import type { Store } from "../../src/ports/store.js";
import { FailingStore } from "../contract/failing-store.js";
import { BotLife, type OpenStore } from "./bot-life.js";
import type { Mischief } from "./mischief.js";
import { type OpenedBooks, openBooks } from "./opened-books.js";
import { clientOf } from "./simulated-broker.js";
import type { SimulatedWorld } from "./simulated-world.js";

/** A bot that has trouble trades, hears what it hears, and reconciles at the end. */
export async function troubledLife(
  openStore: OpenStore,
  world: SimulatedWorld,
  mischief: Mischief,
  { compares = true } = {},
): Promise<BotLife> {
  const { engine, plan } = world;
  const bot = new BotLife(openStore, world, mischief);
  await bot.begin();
  const startUs = engine.nowUs;
  const strategies = tradingDays(plan, () => engine.nowUs);
  let answer: StepAnswer = null;
  for (;;) {
    const { done, value: step } = strategies.next(answer);
    if (done) break;
    if (step.do === "wait") await letTimePass(bot, world, step.untilUs);
    else if (step.do === "place") answer = await bot.place(step.request);
    else answer = perform(engine, step);
  }
  cancelForgotten(world);
  mischief.exchange.strike(engine, startUs);
  // After that, no order can be on its way any more.
  engine.advance(2 * MINUTE_US);
  await bot.end(compares);
  return bot;
}

/**
 * A bot that never learnt of its entry leaves it there. Its suspended children are known to the hub
 * and not to REST, so that no comparison could tell of them.
 */
function cancelForgotten({ engine, plan: { accountId } }: SimulatedWorld): void {
  const suspended = [...engine.orders].filter(({ status }) => status === STATUS.suspended);
  for (const orderId of new Set(suspended.map(({ parent }) => parent?.id ?? 0))) {
    engine.cancel({ accountId, orderId });
  }
}

/** Between two breaths of the bot lie minutes in which the hub may talk. */
async function letTimePass(bot: BotLife, { engine }: SimulatedWorld, untilUs: number) {
  while (engine.nowUs < untilUs) {
    engine.advanceTo(Math.min(untilUs, engine.nowUs + 3 * MINUTE_US));
    if (bot.isBusy) await bot.breathe();
  }
}

/** A bot hears everything once, in order, in one life; then it reconciles with the same broker. */
export async function cleanLife(store: Store, world: SimulatedWorld): Promise<void> {
  await withBooks(store, world, async (books) => {
    await books.accounts.open(world.account);
    const outcomes: Promise<unknown>[] = [];
    for (const { event, payload } of world.events) {
      for (const told of parseGatewayEvent(event, payload)) {
        if ("event" in told) outcomes.push(books.intake.handle(told.event));
      }
    }
    await Promise.all(outcomes);
    await books.reconciler.sync(world.account.accountId, world.firstSync);
  });
}

/** Lends the books of a store for a while; the store stays open. */
export async function withBooks<T>(
  store: Store,
  world: SimulatedWorld,
  use: (books: OpenedBooks) => Promise<T>,
): Promise<T> {
  const books = await openBooks(new FailingStore(store), world, clientOf(world));
  try {
    return await use(books);
  } finally {
    await books.close();
  }
}
