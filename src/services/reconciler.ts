import { inject, injectable } from "tsyringe";
import { invalid } from "../domain/errors.js";
import { type AccountId, compareText } from "../domain/ids.js";
import { type Instant, type InstantInput, parseInstant } from "../domain/instant.js";
import type { OrderIntent } from "../domain/order-intent.js";
import {
  type FoundDifference,
  type Reconciliation,
  SYNC_REASONS,
  type SyncRun,
} from "../domain/reconciliation.js";
import { BEGINNING_OF_HISTORY, DEEP_MICROS, SyncWindow } from "../domain/sync-window.js";
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
import { OrderService } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { AccountBook } from "./account-book.js";
import { Doorbell } from "./doorbell.js";
import { HistoryComparison, type LandedHistory } from "./history-comparison.js";
import { ReconciliationSchedule } from "./reconciliation-schedule.js";
import { RowReader } from "./row-reader.js";
import {
  type PositionDifference,
  positionDifference,
  StateComparison,
} from "./state-comparison.js";
import { SyncRecord } from "./sync-record.js";
import { whereToBegin } from "./sync-start.js";

/** How often positions that differ are looked at again: a fill may have come between two questions. */
const LOOKS = 3;
/** How far back each of these looks goes. */
const NEWEST_MICROS = 600_000_000;

/** What one comparison carries along. */
interface Progress {
  run: SyncRun;
  /** The moment that is compared: what comes later is the next one's. */
  readonly until: Instant;
  readonly knownSince: Instant | null;
  readonly heal: NonNullable<SyncOptions["heal"]>;
  /** The broker was asked for everything: a file does not say how far the history has landed. */
  readonly follows: boolean;
  /** Each difference once, by its id: a stretch may be looked at again. */
  readonly differences: Map<string, FoundDifference>;
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
    const start = await this.store.read((repos) => whereToBegin(accountId, options.from, repos));
    const progress = await this.#begin(accountId, options, { ...start, until });
    try {
      const whole = await this.#follow(accountId, { ...start, to: until }, progress, options);
      const present = whole && (await this.#present(accountId, start.from, progress, options));
      if (!present) {
        const message = "stopped on request: the next comparison goes on from here";
        return this.#report(
          progress,
          await this.record.end(progress.run, "interrupted", null, message),
        );
      }
      const told = { orders: progress.tags, since: start.ordersFrom, askedAt: until };
      const isLooking = progress.heal === "nothing";
      const intents = isLooking ? [] : await this.orders.settleIntents(accountId, told);
      this.#note(present, progress);
      const run = await this.record.end(progress.run, "complete", present, null);
      return this.#report(progress, run, intents);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      await this.record.end(progress.run, "failed", null, message);
      throw error;
    }
  }

  #report(progress: Progress, run: SyncRun, intents: readonly OrderIntent[] = []): SyncReport {
    return { run, differences: [...progress.differences.values()], intents };
  }

  #note(differences: readonly FoundDifference[], progress: Progress): void {
    for (const found of differences) progress.differences.set(this.record.idOf(found), found);
  }

  async #begin(
    accountId: AccountId,
    options: SyncOptions,
    stretch: {
      readonly from: Instant;
      readonly until: Instant;
      readonly knownSince: Instant | null;
    },
  ): Promise<Progress> {
    const { reason = "manual", gap, heal = "rows" } = options;
    if (!SYNC_REASONS.includes(reason)) throw invalid(`unknown reason of a comparison: ${reason}`);
    const gapFrom = gap ? instantOf(gap.from, "gap from") : null;
    const gapTo = gap ? instantOf(gap.to, "gap to") : null;
    const { from: fromAt, until, knownSince } = stretch;
    const run = await this.record.begin(accountId, { reason, fromAt, gapFrom, gapTo });
    const follows = reason !== "file";
    const nothingYet = { differences: new Map(), tags: new Map(), orders: 0, fills: 0 };
    return { run, until, knownSince, heal, follows, ...nothingYet };
  }

  /** Asks for stretch after stretch. False when it was stopped. */
  async #follow(
    accountId: AccountId,
    stretch: { readonly from: Instant; readonly to: Instant; readonly ordersFrom: Instant },
    progress: Progress,
    options: SyncOptions,
  ): Promise<boolean> {
    const { from: start, to: until } = stretch;
    const window = new SyncWindow(start, until);
    let { ordersFrom } = stretch;
    while (!window.isOver) {
      if (options.signal?.aborted) return false;
      const { from, to } = window;
      const told = await this.#ask(accountId, { from, to, ordersFrom }, progress);
      const rows = told.orders.length + told.fills.length;
      if (window.isTooMuch(rows)) continue;
      await this.#land(accountId, told, progress);
      window.landed(rows);
      ordersFrom = window.from;
      const { orders, fills } = progress;
      options.onProgress?.({ from: start, through: window.from, until, orders, fills });
    }
    return true;
  }

  async #ask(
    accountId: AccountId,
    asked: { readonly from: Instant; readonly to: Instant; readonly ordersFrom: Instant },
    { until }: Progress,
  ): Promise<ToldHistory> {
    const { from, to, ordersFrom } = asked;
    const end = to >= until ? null : to;
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
        const landed = this.#unknown(
          await this.history.land(accountId, prepared, knownSince, repos),
          progress,
        );
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
      outcome.landed = this.#unknown({ ...NOTHING_LANDED, differences: found }, progress);
      outcome.run = await this.store.write(accountId, (repos) =>
        this.record.landed(progress.run, outcome.landed ?? NOTHING_LANDED, told.to, repos),
      );
    }
    this.doorbell.ring();
    progress.run = outcome.run ?? progress.run;
    this.#note(outcome.landed?.differences ?? [], progress);
    noteTags(told.orders, progress.tags);
    progress.orders += told.orders.length;
    progress.fills += told.fills.length;
  }

  /** Without the differences that this comparison has found before. */
  #unknown(landed: LandedHistory, { differences }: Progress): LandedHistory {
    const fresh = landed.differences.filter((found) => !differences.has(this.record.idOf(found)));
    return { ...landed, differences: fresh };
  }

  /**
   * What is held and what the account is worth. Where they differ as they did not before, the cause may lie before
   * what was asked for: a fill that was voided or corrected late. Null when it was stopped.
   */
  async #present(
    accountId: AccountId,
    from: Instant,
    progress: Progress,
    options: SyncOptions,
  ): Promise<readonly FoundDifference[] | null> {
    const differing = await this.#heldAndWorth(accountId, progress);
    const deep = Math.max(BEGINNING_OF_HISTORY, from - DEEP_MICROS) as Instant;
    const isNew = deep < from && (await this.record.anyNew(accountId, differencesOf(differing)));
    if (isNew) {
      const stretch = { from: deep, to: from, ordersFrom: deep };
      if (!(await this.#follow(accountId, stretch, progress, options))) return null;
    }
    const left = isNew ? await this.#heldAndWorth(accountId, progress) : differing;
    return this.#explained(left, progress.heal);
  }

  /** Positions are looked at once more, after the newest history, where they differ. */
  async #heldAndWorth(accountId: AccountId, progress: Progress): Promise<PresentDifferences> {
    let positions = await this.state.positions(accountId, await this.broker.positions(accountId));
    for (let look = 1; look < LOOKS && positions.length > 0; look += 1) {
      const to = this.clock.now();
      const from = Math.max(0, to - NEWEST_MICROS) as Instant;
      const told = await this.#ask(accountId, { from, to, ordersFrom: from }, progress);
      await this.#land(accountId, told, progress);
      positions = await this.state.positions(accountId, await this.broker.positions(accountId));
    }
    const accounts = await this.broker.accounts();
    if (progress.heal !== "nothing") await this.state.report(accountId, accounts);
    return { positions, balance: await this.state.balance(accountId, accounts) };
  }

  async #explained(
    { positions, balance }: PresentDifferences,
    heal: Progress["heal"],
  ): Promise<readonly FoundDifference[]> {
    if (heal !== "everything") return differencesOf({ positions, balance });
    const found: FoundDifference[] = [];
    for (const position of positions) found.push(await this.state.explain(position));
    return balance ? [...found, balance] : found;
  }

  async #compareWith(
    accountId: AccountId,
    told: ToldHistory,
    { heal = "rows" }: Pick<SyncOptions, "heal">,
  ): Promise<SyncReport> {
    const options = { reason: "file", heal } as const;
    const stretch = { from: told.from, until: told.to, knownSince: ALWAYS };
    const progress = await this.#begin(accountId, options, stretch);
    await this.#land(accountId, told, progress);
    const held = told.positions?.filter((row) => row.accountId === accountId);
    const differing: PresentDifferences = {
      positions: held ? await this.state.positions(accountId, held) : [],
      balance: told.accounts && (await this.state.balance(accountId, told.accounts)),
    };
    const present = await this.#explained(differing, heal);
    this.#note(present, progress);
    const run = await this.record.end(progress.run, "complete", present, null);
    return this.#report(progress, run);
  }
}

/** What the broker's present word and the books differ by. */
interface PresentDifferences {
  readonly positions: readonly PositionDifference[];
  readonly balance: FoundDifference | null;
}

function differencesOf({ positions, balance }: PresentDifferences): readonly FoundDifference[] {
  const found = positions.map((position) => positionDifference(position, null));
  return balance ? [...found, balance] : found;
}

const ALWAYS = 0 as Instant;

function instantOf(value: Instant | InstantInput, what: string): Instant {
  return typeof value === "number" ? value : parseInstant(value, what);
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
