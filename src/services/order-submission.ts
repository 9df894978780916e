import { inject, injectable } from "tsyringe";
import { BlotterError } from "../domain/errors.js";
import { orderId as toOrderId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import {
  type OrderIntent,
  type OrderIntentInput,
  orderToSend,
  parseIntent,
  sameIntent,
} from "../domain/order-intent.js";
import { plainIntent } from "../domain/plain.js";
import { Clock } from "../ports/clock.js";
import type { SendOrder, ToldTags } from "../ports/order-submission.js";
import { Store } from "../ports/store.js";
import { AccountBook } from "./account-book.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";

/** The longest that an order can be on its way while its sender lives, in microseconds. */
const ON_ITS_WAY_MICROS = 30_000_000;

/**
 * Orders out: intent, send, answer. The process may die between any two: what is on disk then says `sending`,
 * and only the broker can tell what became of it.
 */
@injectable()
export class OrderSubmission {
  /** Tags that this process is sending now: their answer is still to come. */
  readonly #sending = new Set<string>();

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(AccountBook) private readonly accounts: AccountBook,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async submit(input: OrderIntentInput, send: SendOrder): Promise<OrderIntent> {
    const accountId = await this.accounts.require(input.accountId);
    const now = this.clock.now();
    const contract = await this.contracts.resolve(input.contract, now);
    const intent = { ...parseIntent(input, contract, now), accountId };
    const key = keyOf(intent);
    const stored = await this.store.write(accountId, async (repos) => {
      if (await repos.intents.insert(intent)) return null;
      return repos.intents.get(accountId, intent.customTag);
    });
    if (stored) return requireSame(stored, intent);
    this.#sending.add(key);
    try {
      return await this.#settle(await this.#sent(intent, send));
    } finally {
      this.#sending.delete(key);
    }
  }

  async #sent(intent: OrderIntent, send: SendOrder): Promise<OrderIntent> {
    try {
      const { orderId } = await send(orderToSend(intent));
      return { ...intent, state: "accepted", orderId: toOrderId(orderId) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const refused = error instanceof BlotterError && error.code === "invalid";
      return { ...intent, state: refused ? "rejected" : "unknown", reason };
    }
  }

  async settleTold(account: string, told: ToldTags): Promise<readonly OrderIntent[]> {
    const accountId = await this.accounts.require(account);
    const open = await this.store.read((repos) => repos.intents.open(accountId));
    const settled: OrderIntent[] = [];
    for (const intent of open) {
      if (this.#sending.has(keyOf(intent))) continue;
      const answer = answerOf(intent, told);
      if (answer) settled.push(await this.#settle(answer));
    }
    return settled;
  }

  async #settle(answer: OrderIntent): Promise<OrderIntent> {
    const { accountId, customTag } = answer;
    const settledAt = answer.state === "unknown" ? null : this.clock.now();
    const intent = { ...answer, settledAt };
    const kept = await this.store.write(accountId, async (repos) => {
      const stored = await repos.intents.get(accountId, customTag);
      // The broker's history may have answered first; its word stands.
      if (stored?.settledAt) return stored;
      await repos.intents.settle(intent);
      const event = { type: "intent.settled" as const, payload: plainIntent(intent) };
      await repos.outbox.append(accountId, [event], this.clock.now());
      return intent;
    });
    this.doorbell.ring();
    return kept;
  }
}

function keyOf({ accountId, customTag }: OrderIntent): string {
  return JSON.stringify([accountId, customTag]);
}

function requireSame(stored: OrderIntent, intent: OrderIntent): OrderIntent {
  if (sameIntent(stored, intent)) return stored;
  throw new BlotterError(
    "conflict",
    `another order was submitted under the tag ${intent.customTag}: give each order a tag of its own`,
  );
}

/** What the broker's orders say of an intent; null while they say nothing. */
function answerOf(intent: OrderIntent, told: ToldTags): OrderIntent | null {
  const found = told.orders.get(intent.customTag);
  if (found !== undefined) return { ...intent, state: "accepted", orderId: toOrderId(found) };
  const old = intent.createdAt + ON_ITS_WAY_MICROS <= told.askedAt;
  if (!old || intent.createdAt < told.since) return null;
  const reason = "the broker does not know the tag";
  return { ...intent, state: "never_sent", reason, orderId: null };
}

/** The moment from which on a broker must be asked for orders, so that these intents can be settled. */
export function oldestOf(intents: readonly OrderIntent[]): Instant | null {
  const [first] = intents.map((intent) => intent.createdAt).sort((a, b) => a - b);
  return first ?? null;
}
