import { invalid } from "../domain/errors.js";
import type { Reconciler, SyncWatch, WatchOptions } from "../ports/reconciler.js";

const EVERY_MS = 15 * 60_000;
/** The longest delay that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

function warn(error: unknown, account: string): void {
  const why = error instanceof Error ? error.message : String(error);
  process.emitWarning(`${account} was not compared with its broker: ${why}`, "BlotterWarning");
}

/** Syncs every account now and then, one after the other, until it is stopped. */
export class ReconciliationSchedule implements SyncWatch {
  readonly started: Promise<void>;
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void>;
  #isRunning = false;

  /** @throws BlotterError `invalid` for a pause that cannot be */
  constructor(
    private readonly reconciler: Pick<Reconciler, "sync">,
    private readonly allAccounts: () => Promise<readonly string[]>,
    private readonly options: WatchOptions,
  ) {
    const { everyMs = EVERY_MS } = options;
    if (!(everyMs >= 1 && everyMs <= LONGEST_MS)) {
      throw invalid(`everyMs must be from 1 to ${LONGEST_MS}, was ${everyMs}`);
    }
    this.#running = this.#syncAll("start");
    this.started = this.#running;
    this.#timer = setInterval(() => this.#onTime(), everyMs).unref();
  }

  /** A turn that comes while the one before still runs is left out. */
  #onTime(): void {
    if (this.#isRunning) return;
    this.#running = this.#syncAll("schedule");
  }

  async #syncAll(reason: "start" | "schedule"): Promise<void> {
    this.#isRunning = true;
    const { signal } = this.#stopping;
    for (const account of await this.#accounts()) {
      if (signal.aborted) break;
      try {
        await this.reconciler.sync(account, { reason, signal });
      } catch (error) {
        this.#failed(error, account);
      }
    }
    this.#isRunning = false;
  }

  async #accounts(): Promise<readonly string[]> {
    try {
      return this.options.accounts ?? (await this.allAccounts());
    } catch (error) {
      this.#failed(error, "every account");
      return [];
    }
  }

  #failed(error: unknown, account: string): void {
    const { onError = warn } = this.options;
    onError(error, account);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }
}
