import { inject, injectable } from "tsyringe";
import type { Contract } from "../domain/contract.js";
import { DayLedger } from "../domain/daily.js";
import { executionOf, type Fill } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import {
  afterFills,
  comparePlaces,
  type Execution,
  type FillPlace,
  FLAT,
  type Mark,
  type OpenLot,
} from "../domain/lot.js";
import { compareClosed, type Match } from "../domain/match.js";
import type { Position } from "../domain/position.js";
import type { Trade } from "../domain/trade.js";
import { type TradingDay, tradingDay } from "../domain/trading-day.js";
import { Ids } from "../ports/ids.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import type {
  ClosedFilter,
  Consolidation,
  Difference,
  FillChange,
  RebuildReport,
  TradeConsolidator,
} from "../ports/services.js";
import { Store } from "../ports/store.js";
import { BookRebuilder } from "./book-rebuilder.js";
import { BookVerifier } from "./book-verifier.js";
import { difference, type MatchDelta, writeDerived } from "./derived-rows.js";
import { followDays, followMark } from "./end-of-day-rows.js";
import { FeeBook } from "./fee-book.js";
import { stateBefore } from "./lot-history.js";
import { historyPages, stepsOf } from "./market-history.js";
import { Pricing } from "./pricing.js";
import { MatchingRun, type MatchingState, Rematch, traceOf } from "./rematch.js";
import { RowReader } from "./row-reader.js";

const NOTHING_DONE: Consolidation = {
  trades: [],
  removedTrades: [],
  position: null,
  restatedDays: [],
  restated: false,
};

/** First in, first out; the newest fill extends the books, any other change re-matches from its place on. */
@injectable()
export class FifoTradeConsolidator implements TradeConsolidator {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Ids) private readonly ids: Ids,
    @inject(RowReader) private readonly rows: RowReader,
    @inject(FeeBook) private readonly fees: FeeBook,
  ) {}

  async consolidate(
    accountId: AccountId,
    contract: Contract,
    changes: readonly FillChange[],
    repos: Repositories,
  ): Promise<Consolidation> {
    const [first] = changes;
    if (first === undefined) return NOTHING_DONE;
    const newest = await repos.positions.lastOpened(accountId, contract.contractId, null);
    const fill = changes.length === 1 && first.before === null ? first.after : null;
    const appended = fill && (await comesLast(fill, newest, repos)) ? fill : null;
    const delta = appended
      ? await this.#append(contract, appended, first.strategy, newest, repos)
      : await this.#rematch(accountId, contract, changes, repos);
    const written = await writeDerived(delta, this.ids, repos);
    const from = firstDay(changes);
    const restatedDays = await followDays(accountId, delta.days, from, appended, repos);
    const restated = delta.removed.length > 0;
    // Where the histories met again, later positions are as they were, and the newest is one of them.
    const atEnd = delta.metAt ? null : written.position;
    const position =
      atEnd ?? (await repos.positions.lastOpened(accountId, contract.contractId, null));
    return { ...written, position, restatedDays, restated };
  }

  async #append(
    contract: Contract,
    fill: Fill,
    strategy: string | null,
    newest: Position | null,
    repos: Repositories,
  ): Promise<MatchDelta> {
    const { accountId } = fill;
    const open = newest?.status === "open" ? newest : null;
    const lots = open ? await repos.lots.of(accountId, contract.contractId) : [];
    const position = open && traceOf(open);
    const lotsBefore = position ? { lots, opener: position.opener } : FLAT;
    const run = new MatchingRun({ queue: lotsBefore, position });
    const execution = executionOf(fill, strategy);
    run.step(execution);
    const seen = run.take();
    const pricing = new Pricing(accountId, contract, this.ids);
    const added = seen.slices.map((slice) => pricing.match(slice));
    const days = new DayLedger(accountId);
    days.fill(execution, 1);
    for (const match of added) days.match(match, 1);
    const positions = seen.traces.map((trace) => pricing.identified(trace));
    const storedOf = (positionId: string) => (open?.positionId === positionId ? open : null);
    return {
      accountId,
      contract,
      removed: [],
      added,
      lotsBefore,
      lotsAfter: run.queue,
      positions,
      gone: [],
      metAt: null,
      stored: new Map(positions.map(({ positionId }) => [positionId, storedOf(positionId)])),
      days: days.days(),
    };
  }

  async see(
    accountId: AccountId,
    contract: Contract,
    mark: Mark,
    repos: Repositories,
    keep = false,
  ): Promise<Consolidation | null> {
    const { contractId } = contract;
    const place = afterFills(mark.at);
    const position = await repos.positions.lastOpened(accountId, contractId, place);
    if (position === null) return null;
    const isNewest = position.status === "open" && comparePlaces(lastSeen(position), place) <= 0;
    const start: MatchingState = isNewest
      ? openState(position, await repos.lots.of(accountId, contractId))
      : await stateBefore(accountId, contractId, place, repos);
    const rematch = new Rematch(start);
    rematch.after.see(mark);
    if (start.position === null || (rematch.converged && !keep)) return null;
    const changed = new ChangedFills([], place);
    const metAt = isNewest ? null : await this.#walk(rematch, changed, contract, repos, accountId);
    const delta = this.#deltaOf(accountId, contract, rematch, metAt, changed);
    const written = await writeDerived(delta, this.ids, repos);
    await repos.marks.insert(accountId, { contractId, ...mark });
    const restatedDays = await followMark(accountId, contractId, mark.at, repos);
    return { ...written, restatedDays, restated: delta.removed.length > 0 };
  }

  async #rematch(
    accountId: AccountId,
    contract: Contract,
    changes: readonly FillChange[],
    repos: Repositories,
  ): Promise<MatchDelta> {
    const changed = new ChangedFills(changes);
    const start = await stateBefore(accountId, contract.contractId, changed.first, repos);
    const rematch = new Rematch(start);
    const metAt = await this.#walk(rematch, changed, contract, repos, accountId);
    return this.#deltaOf(accountId, contract, rematch, metAt, changed);
  }

  /** Steps both histories from the first change on; gives where they met again before the end. */
  async #walk(
    rematch: Rematch,
    changed: ChangedFills,
    { contractId }: Contract,
    repos: Repositories,
    accountId: AccountId,
  ): Promise<FillPlace | null> {
    const range = { accountId, contractId, from: changed.first, before: null };
    for await (const page of historyPages(range, repos)) {
      for (const { fill, mark } of stepsOf(page)) {
        const place = fill ?? afterFills(mark.at);
        for (const old of changed.oldUpTo(place)) rematch.before.step(old);
        // With this step still to come, it and all after it are as they were.
        if (changed.passed && rematch.converged) return place;
        if (mark) rematch.see(mark);
        else if (changed.isNew(fill)) rematch.after.step(fill);
        else rematch.unchanged(fill);
      }
    }
    for (const old of changed.oldUpTo(null)) rematch.before.step(old);
    return null;
  }

  #deltaOf(
    accountId: AccountId,
    contract: Contract,
    rematch: Rematch,
    metAt: FillPlace | null,
    changed: ChangedFills,
  ): MatchDelta {
    const pricing = new Pricing(accountId, contract, this.ids);
    const was = rematch.before.take();
    const is = rematch.after.take();
    const removed = was.slices.map((slice) => pricing.match(slice));
    const added = is.slices.map((slice) => pricing.match(slice));
    const days = new DayLedger(accountId);
    for (const { before, after } of changed.changes) {
      if (before) days.fill(executionOf(before, null), -1);
      if (after) days.fill(executionOf(after, null), 1);
    }
    const changedMatches = difference(removed, added);
    for (const match of changedMatches.removed) days.match(match, -1);
    for (const match of changedMatches.added) days.match(match, 1);
    const positions = is.traces.map((trace) => pricing.identified(trace));
    const kept = new Set(positions.map((position) => position.positionId));
    const old = was.traces.map((trace) => pricing.positionId(trace.opener.fillKey));
    return {
      accountId,
      contract,
      ...changedMatches,
      lotsBefore: rematch.before.queue,
      lotsAfter: rematch.after.queue,
      positions,
      gone: old.filter((positionId) => !kept.has(positionId)),
      metAt,
      stored: new Map(),
      days: days.days(),
    };
  }

  async rebuild(account?: string): Promise<RebuildReport> {
    return new BookRebuilder(this.store, this.ids, this.fees).rebuild(
      await this.rows.accounts(account),
    );
  }

  async verify(account?: string): Promise<readonly Difference[]> {
    return new BookVerifier(this.store, this.ids, this.fees).verify(
      await this.rows.accounts(account),
    );
  }

  async countUnmatched(): Promise<number> {
    return this.store.read(async (repos) => {
      let count = 0;
      for (const { accountId } of await repos.accounts.list()) {
        count += await repos.fills.countUnmatched(accountId);
      }
      return count;
    });
  }

  async matches(filter: ClosedFilter = {}): Promise<readonly Match[]> {
    return this.rows.read(filter, compareClosed, (repos, query) => repos.matches.list(query));
  }

  async trades(filter: ClosedFilter = {}): Promise<readonly Trade[]> {
    return this.rows.read(filter, compareClosed, (repos, query) => repos.trades.list(query));
  }
}

/** The earliest trading day of fills that changed, as they were and as they are. */
function firstDay(changes: readonly FillChange[]): TradingDay {
  const instants = changes.flatMap(({ before, after }) =>
    [before, after].flatMap((fill) => fill?.executedAt ?? []),
  );
  return tradingDay(instants.reduce((a, b) => (a < b ? a : b)));
}

/** The last fill or mark that a position has seen. */
function lastSeen({ lastFillAt, lastFillKey, lastMarkAt }: Position): FillPlace {
  const fill = { executedAt: lastFillAt, fillKey: lastFillKey };
  if (lastMarkAt === null || lastMarkAt < lastFillAt) return fill;
  return afterFills(lastMarkAt);
}

function openState(position: Position, lots: readonly OpenLot[]): MatchingState {
  const trace = traceOf(position);
  return { queue: { lots, opener: trace.opener }, position: trace };
}

/**
 * True when the fill comes after all fills and marks of its contract. An open position has seen them all; a mark may
 * have outlived the one that it was seen by.
 */
async function comesLast(
  fill: Fill,
  newest: Position | null,
  repos: ReadRepositories,
): Promise<boolean> {
  if (newest && comparePlaces(fill, lastSeen(newest)) <= 0) return false;
  if (newest?.status === "open") return true;
  const markedAt = await repos.marks.newest(fill.accountId, fill.contractId);
  return markedAt === null || markedAt < fill.executedAt;
}

/** The changed fills of one contract, as the two histories meet them. */
class ChangedFills {
  readonly first: FillPlace;
  readonly #old: Execution[];
  readonly #new: Set<string>;

  /** @param place where something else changed; left out, the first of the fills */
  constructor(
    readonly changes: readonly FillChange[],
    place: FillPlace | null = null,
  ) {
    const before = changes.flatMap((change) => change.before ?? []);
    const after = changes.flatMap((change) => change.after ?? []);
    // A changed fill's strategy is not known to have been another: its content differs anyway.
    this.#old = before.map((fill) => executionOf(fill, null)).sort(comparePlaces);
    this.#new = new Set(after.map((fill) => fill.fillKey));
    const [first = place] = [...before, ...after].sort(comparePlaces);
    if (!first) throw new RangeError("a change needs a fill before or after it");
    this.first = first;
  }

  /** Old fills at or before a place that were not asked for yet; all of them for null. */
  oldUpTo(place: FillPlace | null): readonly Execution[] {
    const until = this.#old.findIndex((old) => place !== null && comparePlaces(old, place) > 0);
    return this.#old.splice(0, until === -1 ? this.#old.length : until);
  }

  /** True, once, for a fill that is new or has new content. */
  isNew(fill: Execution): boolean {
    return this.#new.delete(fill.fillKey);
  }

  /** True when no change lies ahead. */
  get passed(): boolean {
    return this.#old.length === 0 && this.#new.size === 0;
  }
}
