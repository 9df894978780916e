import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import { type AccountId, compareText } from "../domain/ids.js";
import { type Instant, parseInstant } from "../domain/instant.js";
import type { OrderIntent } from "../domain/order-intent.js";
import {
  type FoundDifference,
  type Reconciliation,
  SYNC_REASONS,
  type SyncRun,
} from "../domain/reconciliation.js";
import { BEGINNING_OF_HISTORY, DAY_MICROS, SyncWindow } from "../domain/sync-window.js";
import type { BrokerEvent } from "../ports/broker.js";
import { BrokerClient } from "../ports/broker-client.js";
import { Clock } from "../ports/clock.js";
import {
  type Reconciler,
  type SyncOptions,
  type SyncReport,
  type SyncWatch,
  type ToldHistory,
  type WatchOptions,
} from "../ports/reconciler.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { OrderService } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { AccountBook } from "./account-book.js";
import { Doorbell } from "./doorbell.js";
import { HistoryComparison, type LandedHistory } from "./history-comparison.js";
import { ReconciliationSchedule } from "./reconciliation-schedule.js";
import { RowReader } from "./row-reader.js";
import { positionDifference, StateComparison } from "./state-comparison.js";
import { SyncRecord } from "./sync-record.js";

/** A day: busts and corrections of the session come late. */
const OVERLAP_MICROS = DAY_MICROS;
/** Clocks differ: an order may carry an earlier instant at the broker than its intent here. */
const CLOCK_SLACK_MICROS = 600_000_000;
/** How often positions that differ are looked at again: a fill may have come between two questions. */
const LOOKS = 3;

/** What one comparison carries along. */
interface Progress {
  run: SyncRun;
  readonly knownSince: Instant | null;
  readonly heal: NonNullable<SyncOptions["heal"]>;
  /** The broker was asked for everything: a file does not say how far the history has landed. */
  readonly follows: boolean;
  readonly differences: FoundDifference[];
  /** The broker's order ids by tag. */
  readonly tags: Map<string, string>;
  orders: number;
  fills: number;
}

/** Cursor, overlap, comparison; the cursor moves in the unit of work that took orders and fills in. */
@injectable()
export class CursorReconciler implements Reconciler {
  /** One comparison of an account at a time. */
  readonly #running = new Map<AccountId, Promise<unknown>>();

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(BrokerClient) private readonly broker: BrokerClient,
    @inject(OrderService) private readonly orders: OrderService,
    @inject(AccountBook) private readonly accounts: AccountBook,
    @inject(HistoryComparison) private readonly history: HistoryComparison,
    @inject(StateComparison) private readonly state: StateComparison,
    @inject(SyncRecord) private readonly record: SyncRecord,
    @inject(RowReader) private readonly rows: RowReader,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async sync(account: string, options: SyncOptions = {}): Promise<SyncReport> {
    const accountId = await this.accounts.require(account);
    return this.#oneAtATime(accountId, () => this.#sync(accountId, options));
  }

  async compareWith(
    account: string,
    told: ToldHistory,
    options: Pick<SyncOptions, "heal"> = {},
  ): Promise<SyncReport> {
    const accountId = await this.accounts.require(account);
    return this.#oneAtATime(accountId, () => this.#compareWith(accountId, told, options));
  }

  watch(options: WatchOptions = {}): SyncWatch {
    return new ReconciliationSchedule(this, () => this.#knownAccounts(), options);
  }

  async runs(account?: string, limit = 50): Promise<readonly SyncRun[]> {
    if (!Number.isSafeInteger(limit) || limit < 1) throw invalid(`limit must be from 1: ${limit}`);
    const filter = account === undefined ? {} : { account };
    const runs = await this.rows.read(filter, newestRun, (repos, { accountId }) =>
      repos.sync.runs(accountId, limit),
    );
    return runs.slice(0, limit);
  }

  async differences(account?: string, all = false): Promise<readonly Reconciliation[]> {
    const filter = account === undefined ? {} : { account };
    return this.rows.read(filter, newestDifference, (repos, { accountId }) =>
      repos.sync.differences(accountId, all, MOST_DIFFERENCES),
    );
  }

  async #knownAccounts(): Promise<readonly string[]> {
    const theirs = await this.broker.accounts();
    const ours = await this.rows.accounts();
    const known = new Set<string>(ours.map((account) => account.accountId));
    return theirs.map((account) => account.accountId).filter((id) => known.has(id));
  }

  #oneAtATime<T>(accountId: AccountId, work: () => Promise<T>): Promise<T> {
    const before = this.#running.get(accountId) ?? Promise.resolve();
    const result = before.then(work);
    const tail = result.catch(() => undefined);
    this.#running.set(accountId, tail);
    void tail.then(() => {
      if (this.#running.get(accountId) === tail) this.#running.delete(accountId);
    });
    return result;
  }

  async #sync(accountId: AccountId, options: SyncOptions): Promise<SyncReport> {
    const until = this.clock.now();
    const start = await this.#start(accountId, options);
    const progress = await this.#begin(accountId, options, start.from, start.knownSince);
    try {
      const whole = await this.#follow(accountId, start, until, progress, options);
      if (!whole) {
        const message = "stopped on request: the next comparison goes on from here";
        return this.#report(
          progress,
          await this.record.end(progress.run, "interrupted", null, message),
        );
      }
      const present = await this.#present(accountId, progress);
      const told = { orders: progress.tags, since: start.ordersFrom, askedAt: until };
      const intents = await this.orders.settleIntents(accountId, told);
      for (const found of present) progress.differences.push(found);
      const run = await this.record.end(progress.run, "complete", present, null);
      return this.#report(progress, run, intents);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.record.end(progress.run, "failed", null, message);
      throw error;
    }
  }

  #report(progress: Progress, run: SyncRun, intents: readonly OrderIntent[] = []): SyncReport {
    return { run, differences: progress.differences, intents };
  }

  async #begin(
    accountId: AccountId,
    options: SyncOptions,
    fromAt: Instant,
    knownSince: Instant | null,
  ): Promise<Progress> {
    const { reason = "manual", gap, heal = "rows" } = options;
    if (!SYNC_REASONS.includes(reason)) throw invalid(`unknown reason of a comparison: ${reason}`);
    const gapFrom = gap ? parseInstant(gap.from, "gap from") : null;
    const gapTo = gap ? parseInstant(gap.to, "gap to") : null;
    const run = await this.record.begin(accountId, { reason, fromAt, gapFrom, gapTo });
    const follows = reason !== "file";
    const counts = { orders: 0, fills: 0 };
    return { run, knownSince, heal, follows, differences: [], tags: new Map(), ...counts };
  }

  /** Where to begin: the cursor less the overlap, and for orders also the oldest that may still change. */
  async #start(accountId: AccountId, options: SyncOptions) {
    return this.store.read(async (repos) => {
      const cursor = await repos.sync.cursor(accountId);
      const asked = options.from === undefined ? null : parseInstant(options.from, "from");
      const followed = cursor === null ? BEGINNING_OF_HISTORY : cursor - OVERLAP_MICROS;
      const from = Math.max(0, asked ?? followed) as Instant;
      const [working] = await repos.orders.working(accountId);
      const [intent] = await repos.intents.open(accountId);
      const oldest = Math.min(
        from,
        working?.createdAt ?? from,
        intent ? intent.createdAt - CLOCK_SLACK_MICROS : from,
      );
      const knownSince = cursor === null ? await beginningOfBooks(accountId, repos) : ALWAYS;
      return { from, ordersFrom: oldest as Instant, knownSince };
    });
  }

  /** Asks for stretch after stretch. False when it was stopped. */
  async #follow(
    accountId: AccountId,
    start: { readonly from: Instant; readonly ordersFrom: Instant },
    until: Instant,
    progress: Progress,
    options: SyncOptions,
  ): Promise<boolean> {
    const window = new SyncWindow(start.from, until);
    let ordersFrom = start.ordersFrom;
    while (!window.isOver) {
      if (options.signal?.aborted) return false;
      const { from, to } = window;
      const told = await this.#ask(accountId, { from, to, ordersFrom, until });
      const rows = told.orders.length + told.fills.length;
      if (window.isTooMuch(rows)) continue;
      await this.#land(accountId, told, progress);
      window.landed(rows);
      ordersFrom = window.from;
      const { orders, fills } = progress;
      options.onProgress?.({ from: start.from, through: window.from, until, orders, fills });
    }
    return true;
  }

  async #ask(
    accountId: AccountId,
    asked: {
      readonly from: Instant;
      readonly to: Instant;
      readonly ordersFrom: Instant;
      readonly until: Instant;
    },
  ): Promise<ToldHistory> {
    const { from, to, ordersFrom, until } = asked;
    const end = to === until ? null : to;
    const [orders, fills] = await Promise.all([
      this.broker.orders(accountId, ordersFrom, end),
      this.broker.fills(accountId, from, end),
    ]);
    const told = { tellsOrders: true, tellsFills: true, positions: null, accounts: null };
    return { orders, fills, from, to, ...told };
  }

  async #land(accountId: AccountId, told: ToldHistory, progress: Progress): Promise<void> {
    const prepared = await this.history.prepare(told, accountId);
    const { heal, knownSince } = progress;
    const outcome: { landed?: LandedHistory; run?: SyncRun } = {};
    const undo = new Undone();
    try {
      await this.store.write(accountId, async (repos) => {
        const landed = await this.history.land(accountId, prepared, knownSince, repos);
        outcome.landed = landed;
        if (heal === "nothing") throw undo;
        outcome.run = await this.record.landed(progress.run, landed, told.to, repos);
        const cursor = await repos.sync.cursor(accountId);
        if (progress.follows && told.to > (cursor ?? 0))
          await repos.sync.setCursor(accountId, told.to);
      });
    } catch (error) {
      if (error !== undo) throw error;
      const found = (outcome.landed?.differences ?? []).map(notHealed);
      outcome.landed = { ...NOTHING_LANDED, differences: found };
      outcome.run = await this.store.write(accountId, (repos) =>
        this.record.landed(progress.run, outcome.landed ?? NOTHING_LANDED, told.to, repos),
      );
    }
    this.doorbell.ring();
    progress.run = outcome.run ?? progress.run;
    for (const found of outcome.landed?.differences ?? []) progress.differences.push(found);
    noteTags(told.orders, progress.tags);
    progress.orders += told.orders.length;
    progress.fills += told.fills.length;
  }

  /** What is held and what the account is worth, once more after the history where they differ. */
  async #present(accountId: AccountId, progress: Progress): Promise<readonly FoundDifference[]> {
    let differing = await this.state.positions(accountId, await this.broker.positions(accountId));
    for (let look = 1; look < LOOKS && differing.length > 0; look += 1) {
      const until = this.clock.now();
      const from = Math.max(0, until - CLOCK_SLACK_MICROS) as Instant;
      const told = await this.#ask(accountId, { from, to: until, ordersFrom: from, until });
      await this.#land(accountId, told, progress);
      differing = await this.state.positions(accountId, await this.broker.positions(accountId));
    }
    const found: FoundDifference[] = [];
    for (const position of differing) {
      const explained = progress.heal === "everything";
      found.push(
        explained ? await this.state.explain(position) : positionDifference(position, null),
      );
    }
    const balance = await this.state.balance(accountId, await this.broker.accounts());
    return balance ? [...found, balance] : found;
  }

  async #compareWith(
    accountId: AccountId,
    told: ToldHistory,
    { heal = "rows" }: Pick<SyncOptions, "heal">,
  ): Promise<SyncReport> {
    const options = { reason: "file", heal } as const;
    const progress = await this.#begin(accountId, options, told.from, ALWAYS);
    await this.#land(accountId, told, progress);
    const present: FoundDifference[] = [];
    if (told.positions) {
      const ofAccount = told.positions.filter((row) => row.accountId === accountId);
      for (const position of await this.state.positions(accountId, ofAccount)) {
        const explained = heal === "everything";
        present.push(
          explained ? await this.state.explain(position) : positionDifference(position, null),
        );
      }
    }
    const balance = told.accounts && (await this.state.balance(accountId, told.accounts));
    if (balance) present.push(balance);
    for (const found of present) progress.differences.push(found);
    const run = await this.record.end(progress.run, "complete", present, null);
    return this.#report(progress, run);
  }
}

const ALWAYS = 0 as Instant;

/** Since when the books are kept; null when they are empty, and all that the broker has is history. */
async function beginningOfBooks(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<Instant | null> {
  const [firstFill] = await repos.fills.page(accountId, null, 1);
  if (firstFill) return firstFill.executedAt;
  const [anyOrder] = await repos.orders.page(accountId, null, 1);
  return anyOrder ? ALWAYS : null;
}

const MOST_DIFFERENCES = 10_000;

const NOTHING_LANDED: LandedHistory = {
  differences: [],
  newOrders: 0,
  changedOrders: 0,
  newFills: 0,
  changedFills: 0,
};

/** Thrown to take a unit of work back: the books were only looked at. */
class Undone extends Error {
  override readonly name = "Undone";
}

function notHealed(found: FoundDifference): FoundDifference {
  return found.healed
    ? { ...found, healed: false, remedy: "reconcile with --apply takes it" }
    : found;
}

function noteTags(orders: readonly BrokerEvent[], tags: Map<string, string>): void {
  for (const event of orders) {
    if (event.kind !== "order") continue;
    const { customTag, orderId } = event.input;
    if (customTag) tags.set(customTag, orderId);
  }
}

function newestRun(a: SyncRun, b: SyncRun): number {
  return b.startedAt - a.startedAt || compareText(a.runId, b.runId);
}

function newestDifference(a: Reconciliation, b: Reconciliation): number {
  return b.lastSeenAt - a.lastSeenAt || compareText(a.differenceId, b.differenceId);
}
