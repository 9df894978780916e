import type { AccountId } from "../domain/ids.js";
import type { Store } from "../ports/store.js";

/** How often the outbox is looked at while anybody listens: also a bot in another process writes to it. */
const POLL_MS = 100;

type Wake = () => void;

/** Looks at the outbox for all listeners together, and wakes them when something new is there. */
export class OutboxWatch {
  readonly #waiting = new Set<Wake>();
  #timer: NodeJS.Timeout | null = null;
  #seen = "";
  #looking = false;

  constructor(
    private readonly store: Store,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** What the outbox looked like when it was last looked at; take it before reading, and wait from it on. */
  get mark(): string {
    return this.#seen;
  }

  /** Resolves when events were added since a mark, when `patienceMs` is over, or when `signal` aborts. */
  wait(mark: string, patienceMs: number, signal: AbortSignal): Promise<void> {
    // Something came between the reading and this call.
    if (mark !== this.#seen) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(patience);
        signal.removeEventListener("abort", done);
        this.#waiting.delete(done);
        if (this.#waiting.size === 0) this.#stop();
        resolve();
      };
      const patience = setTimeout(done, patienceMs);
      patience.unref();
      signal.addEventListener("abort", done);
      this.#waiting.add(done);
      if (signal.aborted) done();
      else this.#timer ??= setInterval(() => void this.#look(), POLL_MS).unref();
    });
  }

  close(): void {
    for (const wake of [...this.#waiting]) wake();
    this.#stop();
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const newest = await this.#newest();
      if (newest === this.#seen) return;
      this.#seen = newest;
      for (const wake of [...this.#waiting]) wake();
    } catch (error) {
      this.onError(error);
    } finally {
      this.#looking = false;
    }
  }

  #newest(): Promise<string> {
    return this.store.read(async (repos) => {
      const newest: [AccountId, number][] = [];
      for (const accountId of await repos.outbox.accounts()) {
        newest.push([accountId, await repos.outbox.last(accountId)]);
      }
      return JSON.stringify(newest);
    });
  }
}
