import type { PlaceRequest } from "../../examples/gateway/gateway-requests.js";
import { HubStandIn } from "../../examples/gateway/hub-stand-in.js";
import { between } from "../../examples/gateway/random.js";
import {
  attachTo,
  BlotterError,
  formatInstant,
  type HubAttachment,
  type HubGap,
  type ProjectXClient,
} from "../../src/index.js";
import type { SyncOptions } from "../../src/ports/reconciler.js";
import type { Store } from "../../src/ports/store.js";
import { FailingStore } from "../contract/failing-store.js";
import type { Mischief } from "./mischief.js";
import { type OpenedBooks, openBooks } from "./opened-books.js";
import { clientOf, submit } from "./simulated-broker.js";
import type { SimulatedWorld } from "./simulated-world.js";
import { VirtualClock } from "./virtual-clock.js";

/** The most statements that a process has left once its death is decided. */
const STATEMENTS_TO_LIVE = 90;
/** So often a reconciliation is tried again whose broker does not answer, or whose process dies. */
const MOST_TRIES = 100;

const BY_HAND: SyncOptions = { reason: "manual" };

/** Opens the store as a process does that starts; it closes it when it ends. */
export type OpenStore = () => Promise<Store>;

/** What runs while a process lives. */
interface Process {
  readonly store: Store;
  readonly books: OpenedBooks;
  readonly client: ProjectXClient;
  readonly hub: HubStandIn;
  readonly attachment: HubAttachment;
}

/**
 * A bot that trades and books what it hears, over and over killed and started again on the same
 * store. A process that dies loses what it had not booked yet.
 */
export class BotLife {
  readonly #running: Promise<unknown>[] = [];
  #process: Process | null = null;
  #failing: FailingStore | null = null;
  #hasStarted = false;
  #dead = false;
  crashes = 0;
  restarts = 0;
  syncs = 0;
  /** Gaps that a reconciliation was asked for and came through. */
  readonly healedGaps: HubGap[] = [];

  constructor(
    private readonly openStore: OpenStore,
    private readonly world: SimulatedWorld,
    private readonly mischief: Mischief,
  ) {}

  /** Starts the first process, which opens the account. */
  async begin(): Promise<void> {
    this.#process = await this.#start();
  }

  /** Whether there is anything to do in the next breath. */
  get isBusy(): boolean {
    return this.#running.length > 0 || this.#hasStarted || this.#dead;
  }

  /** Books what came since the last breath; maybe reconciles; maybe ends, and starts again. */
  async breathe(): Promise<void> {
    const { crash, restart, syncOnTheWay } = this.mischief;
    if (this.#happens(crash)) this.#decideDeath();
    await this.#settled();
    const hasStarted = this.#hasStarted;
    this.#hasStarted = false;
    if (hasStarted && this.#happens(syncOnTheWay)) await this.#reconcile({ reason: "start" });
    if (this.#dead || this.#happens(restart)) await this.#rise();
  }

  /** @returns the broker's id of the order; null when the bot does not know one */
  async place(request: PlaceRequest): Promise<number | null> {
    await this.breathe();
    const { books, client } = this.#alive();
    if (this.#happens(this.mischief.crash)) this.#decideDeath();
    try {
      return await submit(books.orders, client, request);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  /** Hears the rest, and reconciles until it comes through, if it does. */
  async end(compares: boolean): Promise<void> {
    this.#process?.hub.flush();
    await this.#settled();
    if (this.#dead) await this.#rise();
    if (this.#happens(this.mischief.crash)) this.#decideDeath();
    for (let tries = 1; compares && !(await this.#reconcile(BY_HAND)); tries += 1) {
      if (tries === MOST_TRIES) throw new Error(`no reconciliation in ${MOST_TRIES} tries`);
      if (this.#dead) await this.#rise();
    }
    await this.#stop();
  }

  #happens(chance: number): boolean {
    return chance > 0 && this.mischief.random() < chance;
  }

  #alive(): Process {
    if (!this.#process) throw new Error("the bot was not begun, or has ended");
    return this.#process;
  }

  #decideDeath(): void {
    this.#failing?.failAfter(between(this.mischief.random, 0, STATEMENTS_TO_LIVE));
  }

  async #start(): Promise<Process> {
    const { engine, account } = this.world;
    this.#dead = false;
    this.#hasStarted = true;
    const store = await this.openStore();
    this.#failing = new FailingStore(store);
    const client = clientOf(this.world, this.mischief.rest);
    const books = await openBooks(this.#failing, this.world, client);
    await books.accounts.open(account);
    const hub = new HubStandIn(engine, this.mischief.hub);
    await hub.start();
    const attachment = attachTo(hub, this.#watched(books), {
      accountIds: [account.accountId],
      now: () => new VirtualClock(engine).now(),
      pauseMs: () => 0,
      onError: (error) => this.#failed(error),
      onGap: (gap) => this.#closeGap(gap),
    });
    // The subscriptions stand once what waits for its turn has had it.
    await turn();
    return { store, books, client, hub, attachment };
  }

  /** The intake, with an eye on what it is doing. */
  #watched({ intake }: OpenedBooks): OpenedBooks["intake"] {
    return {
      handle: (event) => {
        const outcome = intake.handle(event);
        // Whoever called learns of the error, too.
        this.#running.push(outcome.catch(() => {}));
        return outcome;
      },
    };
  }

  async #closeGap(gap: HubGap): Promise<void> {
    if (!this.#happens(this.mischief.syncOnTheWay)) return;
    const away = { from: formatInstant(gap.from), to: formatInstant(gap.to) };
    const closed = this.#reconcile({ reason: "reconnect", gap: away });
    this.#running.push(closed);
    if (await closed) this.healedGaps.push(gap);
  }

  /** The end of a process that was cut off; any other error is one of the program. */
  #failed(error: unknown): void {
    if (!String(error).includes("cut off before")) this.#broken ??= error;
    this.#dead = true;
  }

  #broken: unknown = null;
  #hasCursor = false;

  async #settled(): Promise<void> {
    await turn();
    while (this.#running.length > 0) {
      await Promise.all(this.#running.splice(0));
      await turn();
    }
    const [error = this.#broken] = this.#process?.hub.handlerErrors ?? [];
    if (error) throw error;
  }

  /** @returns whether it came through */
  async #reconcile(why: SyncOptions): Promise<boolean> {
    if (!this.#process) return false;
    const { books } = this.#process;
    this.syncs += 1;
    try {
      const from = this.#hasCursor ? {} : this.world.firstSync;
      await books.reconciler.sync(this.world.account.accountId, { ...from, ...why });
      this.#hasCursor = true;
      return true;
    } catch (error) {
      // No answer from the broker is no end: the next time comes.
      if (!(error instanceof BlotterError && error.code === "unavailable")) this.#failed(error);
      return false;
    }
  }

  /** Ends this process, whatever it was doing, and starts the next one. */
  async #rise(): Promise<void> {
    if (this.#dead) this.crashes += 1;
    else this.restarts += 1;
    await this.#stop();
    this.#process = await this.#start();
  }

  async #stop(): Promise<void> {
    const { store, hub, attachment, books } = this.#alive();
    await hub.stop();
    await attachment.detach();
    await this.#settled();
    await books.close();
    await store.close();
    this.#process = null;
  }
}

/** Lets everything go on that waits for nothing but its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
