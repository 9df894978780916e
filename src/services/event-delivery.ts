import { inject, injectable } from "tsyringe";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { Clock } from "../ports/clock.js";
import type { RecordedEvent } from "../ports/events.js";
import type { EventSubscriptions, SubscribeOptions, Subscription } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { Doorbell } from "./doorbell.js";

/** How often events of other processes are looked for. */
const POLL_MS = 500;
const PAGE = 200;
/** A handler that throws is tried again after this, then after twice as long, up to the longest. */
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;

type Handler = (event: RecordedEvent) => void | Promise<void>;

/** Reads the outbox after commits, and now and then, and hands its events to subscribers in order. */
@injectable()
export class OutboxDelivery implements EventSubscriptions {
  readonly #consumers = new Set<Consumer>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(Doorbell) doorbell: Doorbell,
  ) {
    doorbell.listen(() => this.#wake());
  }

  subscribe(name: string, handler: Handler, options: SubscribeOptions = {}): Subscription {
    const consumer = new Consumer(this.store, this.clock, name, handler, options);
    this.#consumers.add(consumer);
    this.#timer ??= setInterval(() => this.#wake(), POLL_MS).unref();
    consumer.wake();
    return {
      unsubscribe: async () => {
        this.#consumers.delete(consumer);
        await consumer.stop();
      },
    };
  }

  async drain(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.wake()));
  }

  /** Stops all deliveries; what was not delivered comes after a restart. */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#consumers.clear();
  }

  #wake(): void {
    for (const consumer of this.#consumers) void consumer.wake();
  }
}

/** One subscriber: one delivery at a time, so its events never overtake each other. */
class Consumer {
  #running: Promise<void> | null = null;
  readonly #subscribedAt: Instant;
  #again = false;
  #stopped = false;
  #started = false;
  #retryMs = FIRST_RETRY_MS;
  #notBefore = 0;

  constructor(
    private readonly store: Store,
    clock: Clock,
    private readonly name: string,
    private readonly handler: Handler,
    private readonly options: SubscribeOptions,
  ) {
    this.#subscribedAt = clock.now();
  }

  /** Resolves when everything committed so far was delivered, or tried. */
  wake(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // The run is over in the same step that finds nothing more to do, so no wake is lost.
    await null;
    try {
      while (this.#again && !this.#stopped && performance.now() >= this.#notBefore) {
        this.#again = false;
        if (!this.#started) await this.#start();
        const accounts = await this.store.read((repos) => repos.outbox.accounts());
        for (const accountId of accounts) await this.#deliver(accountId);
      }
    } catch (error) {
      if (!this.#stopped) this.#warn(error);
    } finally {
      this.#running = null;
    }
  }

  /** A new consumer begins with what is kept, or with what comes. */
  async #start(): Promise<void> {
    const fromStart = this.options.from === "start";
    const accounts = await this.store.read((repos) => repos.outbox.accounts());
    for (const accountId of accounts) {
      await this.store.write(accountId, async (repos) => {
        if ((await repos.outbox.cursor(this.name, accountId)) !== null) return;
        const sequence = fromStart ? 0 : await repos.outbox.last(accountId, this.#subscribedAt);
        await repos.outbox.advance(this.name, accountId, sequence);
      });
    }
    this.#started = true;
  }

  async #deliver(accountId: AccountId): Promise<void> {
    for (;;) {
      const events = await this.store.read(async (repos) => {
        const cursor = (await repos.outbox.cursor(this.name, accountId)) ?? 0;
        return repos.outbox.after(accountId, cursor, PAGE);
      });
      const handled = await this.#handle(events);
      if (handled === null) return;
      const { sequence } = handled;
      await this.store.write(accountId, (r) => r.outbox.advance(this.name, accountId, sequence));
      if (events.length < PAGE || this.#stopped) return;
    }
  }

  /** The last event that was handled; null when none was. */
  async #handle(events: readonly RecordedEvent[]): Promise<RecordedEvent | null> {
    let last: RecordedEvent | null = null;
    for (const event of events) {
      if (this.#stopped) return last;
      try {
        await this.handler(event);
      } catch (error) {
        this.#failed(error, event);
        return last;
      }
      this.#retryMs = FIRST_RETRY_MS;
      last = event;
    }
    return last;
  }

  #failed(error: unknown, event: RecordedEvent): void {
    this.#notBefore = performance.now() + this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
    if (this.options.onError) this.options.onError(error, event);
    else this.#warn(error);
  }

  #warn(error: unknown): void {
    process.emitWarning(
      `subscriber ${this.name}: ${error instanceof Error ? error.message : String(error)}`,
      "BlotterWarning",
    );
  }
}
