import type { Instant } from "../../domain/instant.js";
import type { HubConnection, HubGap, HubTrouble } from "./hub-connection.js";

/** A method of the hub and its arguments. */
export type SubscribeCall = readonly [method: string, ...args: readonly unknown[]];

export interface HubSubscriptionOptions {
  readonly connection: HubConnection;
  readonly calls: readonly SubscribeCall[];
  readonly now: () => Instant;
  readonly onGap: (gap: HubGap) => Promise<void> | void;
  readonly pauseMs: (tries: number) => number;
  readonly report: (error: unknown, trouble: HubTrouble) => void;
}

type Loss = Pick<HubGap, "from" | "lastHeardAt">;

/** Keeps the subscriptions of one connection standing, and tells of the gaps between. */
export class HubSubscription {
  readonly #options: HubSubscriptionOptions;
  readonly #stopped = signal();
  #running: Promise<void> = Promise.resolve();
  /** Counts the connections; a newer one ends what is done for the older. */
  #generation = 0;
  #loss: Loss | null = null;
  #lastHeardAt: Instant | null = null;

  constructor(options: HubSubscriptionOptions) {
    this.#options = options;
  }

  start(): void {
    const { connection } = this.#options;
    // SignalR has no way to take these back: after `stop` they do nothing.
    connection.onreconnecting(() => this.#lost());
    connection.onclose(() => this.#lost());
    connection.onreconnected(() => void this.subscribe());
    if (connection.state === "Connected") void this.subscribe();
  }

  /** A message came: until now nothing was missed. */
  heard(): void {
    if (this.#loss === null) this.#lastHeardAt = this.#options.now();
  }

  /** Never rejects. */
  subscribe(): Promise<void> {
    if (this.#stopped.isSet) return this.#running;
    this.#generation += 1;
    const generation = this.#generation;
    this.#running = this.#running.then(() => this.#stand(generation));
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped.set();
    await this.#running;
  }

  #lost(): void {
    if (this.#stopped.isSet) return;
    this.#generation += 1;
    const { from, lastHeardAt } = this.#loss ?? {
      from: this.#options.now(),
      lastHeardAt: this.#lastHeardAt,
    };
    // A new object: a gap that is being filled just now does not cover this loss.
    this.#loss = { from, lastHeardAt };
  }

  async #stand(generation: number): Promise<void> {
    if (!(await this.#subscribed(generation))) return;
    const loss = this.#loss;
    const to = this.#options.now();
    if (loss === null) {
      this.#lastHeardAt = to;
      return;
    }
    if (!(await this.#filled(generation, { ...loss, to }))) return;
    if (this.#loss !== loss) return;
    this.#loss = null;
    this.#lastHeardAt = to;
  }

  /** Tries until the gap is filled; false when the connection was lost again, or at the end. */
  async #filled(generation: number, gap: HubGap): Promise<boolean> {
    const { onGap, pauseMs, report } = this.#options;
    for (let tries = 1; this.#isCurrent(generation); tries += 1) {
      try {
        await onGap(gap);
        return true;
      } catch (error) {
        report(error, { doing: "filling a gap", event: null });
        await this.#stopped.orAfter(pauseMs(tries));
      }
    }
    return false;
  }

  /** Tries until all calls went through; false when the connection was lost again, or at the end. */
  async #subscribed(generation: number): Promise<boolean> {
    const { connection, calls, pauseMs, report } = this.#options;
    for (let tries = 1; this.#isCurrent(generation); tries += 1) {
      try {
        for (const [method, ...args] of calls) {
          // A server that does not answer must not hold up the end.
          await Promise.race([connection.invoke(method, ...args), this.#stopped.happened]);
        }
        return this.#isCurrent(generation);
      } catch (error) {
        if (!this.#isCurrent(generation)) return false;
        report(error, { doing: "subscribing", event: null });
        await this.#stopped.orAfter(pauseMs(tries));
      }
    }
    return false;
  }

  #isCurrent(generation: number): boolean {
    return generation === this.#generation && !this.#stopped.isSet;
  }
}

/** Something that happens once, and pauses that end with it. */
function signal() {
  let isSet = false;
  const waiting = new Set<() => void>();
  const happened = new Promise<void>((resolve) => waiting.add(resolve));
  return {
    happened,
    get isSet() {
      return isSet;
    },
    set() {
      isSet = true;
      for (const wake of waiting) wake();
    },
    orAfter(ms: number): Promise<void> {
      if (isSet) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
      });
    },
  };
}
