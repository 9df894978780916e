import type { Contract } from "../domain/contract.js";
import { addDays, type DayTotals } from "../domain/daily.js";
import { type AccountId, tradeName } from "../domain/ids.js";
import {
  afterFills,
  comparePlaces,
  type FillPlace,
  type LotQueue,
  type OpenLot,
} from "../domain/lot.js";
import { type Match, matchKey } from "../domain/match.js";
import type { Money } from "../domain/money.js";
import {
  addToSums,
  closedPosition,
  NO_SUMS,
  openPosition,
  type Position,
  type PositionHead,
  type PositionSums,
} from "../domain/position.js";
import { closedFigures, type Trade } from "../domain/trade.js";
import type { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import { EntryOrders } from "./entry-orders.js";
import type { PositionTrace } from "./rematch.js";
import { ResultLedger, writeLedger } from "./result-ledger.js";

/** What changed in the pairing of one contract's fills. */
export interface MatchDelta {
  readonly accountId: AccountId;
  readonly contract: Contract;
  readonly removed: readonly Match[];
  readonly added: readonly Match[];
  readonly lotsBefore: LotQueue;
  readonly lotsAfter: LotQueue;
  /** Positions seen in the fills as they are now, each with its id. */
  readonly positions: readonly (PositionTrace & { readonly positionId: string })[];
  /** Positions that are no more. */
  readonly gone: readonly string[];
  /** Where the queues met again before the last fill or mark: it and what follows are as they were. */
  readonly metAt: FillPlace | null;
  /** Stored rows of positions that the caller knows already; null for one that is new. */
  readonly stored: ReadonlyMap<string, Position | null>;
  readonly days: readonly DayTotals[];
}

export interface WrittenRows {
  readonly trades: readonly Trade[];
  readonly removedTrades: readonly Trade[];
  /** The newest position of the contract; null when none was touched. */
  readonly position: Position | null;
}

/** What is kept with results: sums over them, and their planned risk. */
interface Kept {
  readonly entries: EntryOrders;
  readonly ledger: ResultLedger;
}

/** Writes the rows that follow from a change of matches. */
export async function writeDerived(
  delta: MatchDelta,
  ids: Ids,
  repos: Repositories,
): Promise<WrittenRows> {
  const entries = new EntryOrders(delta.accountId, repos);
  const kept = { entries, ledger: new ResultLedger(delta.accountId, entries) };
  await writeMatches(delta, kept, repos);
  await writeLots(delta, repos);
  const before = await storedPositions(delta, repos);
  const { trades, removedTrades } = await writeTrades(delta, before, ids, kept, repos);
  const position = await writePositions(delta, before, kept, repos);
  for (const day of delta.days) await addDay(day, repos);
  await writeLedger(delta.accountId, kept.ledger, repos);
  return { trades, removedTrades, position };
}

async function writeMatches(
  { contract, removed, added }: MatchDelta,
  { entries, ledger }: Kept,
  repos: Repositories,
): Promise<void> {
  for (const match of removed) {
    await repos.matches.remove(match);
    await ledger.match(match, -1);
  }
  for (const match of added) {
    await repos.matches.insert(match, await entries.plannedRisk(match, contract.pointValue));
    await ledger.match(match, 1);
  }
}

async function writeLots(delta: MatchDelta, repos: Repositories): Promise<void> {
  const { accountId, contract, lotsBefore, lotsAfter, metAt } = delta;
  if (metAt) return;
  const before = new Map(lotsBefore.lots.map((lot) => [lot.execution.fillKey, lot]));
  for (const lot of lotsAfter.lots) {
    const stored = before.get(lot.execution.fillKey);
    before.delete(lot.execution.fillKey);
    if (stored === undefined || !sameStoredLot(stored, lot)) {
      await repos.lots.save(accountId, contract.contractId, lot);
    }
  }
  for (const key of before.keys()) await repos.lots.remove(accountId, contract.contractId, key);
}

function sameStoredLot(a: OpenLot, b: OpenLot): boolean {
  if (a === b) return true;
  const { execution: was, ...rest } = a;
  const { execution: is, ...others } = b;
  return sameFields(rest, others) && sameFields(was, is);
}

/** Rows of plain values with the same fields, whatever their order. */
function sameFields(a: object, b: object): boolean {
  return Object.entries(a).every(([field, value]) => Reflect.get(b, field) === value);
}

type StoredPositions = ReadonlyMap<string, Position | null>;

async function storedPositions(delta: MatchDelta, repos: Repositories): Promise<StoredPositions> {
  const stored = new Map(delta.stored);
  const { accountId } = delta;
  for (const { positionId } of delta.positions) {
    if (!stored.has(positionId)) {
      stored.set(positionId, await repos.positions.get(accountId, positionId));
    }
  }
  return stored;
}

async function writeTrades(
  delta: MatchDelta,
  before: StoredPositions,
  ids: Ids,
  { entries, ledger }: Kept,
  repos: Repositories,
): Promise<Pick<WrittenRows, "trades" | "removedTrades">> {
  const { accountId, contract } = delta;
  const groups = new Map<string, { readonly sample: Match; readonly added: Match[] }>();
  const groupOf = (match: Match) => {
    const key = tradeName(match.positionId, match.entryOrderId, match.exitOrderId);
    const group = groups.get(key) ?? { sample: match, added: [] };
    groups.set(key, group);
    return group;
  };
  for (const match of delta.removed) groupOf(match);
  for (const match of delta.added) groupOf(match).added.push(match);
  const trades: Trade[] = [];
  const removedTrades: Trade[] = [];
  for (const [name, { sample, added }] of groups) {
    const tradeId = ids.uuid(name);
    const alone = delta.removed.length === 0 && !before.get(sample.positionId)?.matchCount;
    const { positionId, entryOrderId, exitOrderId } = sample;
    const matches = alone
      ? added
      : await repos.matches.ofTrade(accountId, positionId, entryOrderId, exitOrderId);
    const stored = alone ? null : await repos.trades.get(accountId, tradeId);
    if (matches.length > 0) {
      const trade = tradeOf(matches, tradeId, contract);
      if (stored && sameFields(stored, trade)) continue;
      await repos.trades.save(trade, await entries.plannedRisk(trade, contract.pointValue));
      if (stored) await ledger.trade(stored, -1);
      await ledger.trade(trade, 1);
      trades.push(trade);
    } else if (stored) {
      await repos.trades.remove(accountId, tradeId);
      await ledger.trade(stored, -1);
      removedTrades.push(stored);
    }
  }
  return { trades, removedTrades };
}

export function tradeOf(matches: readonly Match[], tradeId: string, contract: Contract): Trade {
  const figures = closedFigures(matches, contract.pointValue);
  const [first] = matches;
  if (!first) throw new RangeError("a trade needs at least one match");
  return {
    ...figures,
    accountId: first.accountId,
    tradeId,
    positionId: first.positionId,
    symbol: contract.symbol,
    contractId: contract.contractId,
    root: contract.root,
    side: first.side,
    pointValue: contract.pointValue,
    strategy: first.strategy,
  };
}

async function writePositions(
  delta: MatchDelta,
  before: StoredPositions,
  { entries, ledger }: Kept,
  repos: Repositories,
): Promise<Position | null> {
  for (const positionId of delta.gone) {
    const gone = await repos.positions.get(delta.accountId, positionId);
    if (gone) await ledger.position(gone, -1);
    await repos.positions.remove(delta.accountId, positionId);
  }
  let newest: Position | null = null;
  for (const trace of delta.positions) {
    const stored = before.get(trace.positionId) ?? null;
    const position = await positionAfter(delta, trace, stored, repos);
    await savePosition(position, stored, await positionRisk(position, delta, entries), repos);
    if (stored) await ledger.position(stored, -1);
    await ledger.position(position, 1);
    newest = position;
  }
  return newest;
}

/** An open position has no end yet that anything was planned for. */
async function positionRisk(
  { status, side, closedQuantity: quantity, entryOrderId }: Position,
  { contract }: MatchDelta,
  entries: EntryOrders,
): Promise<Money | null> {
  if (status === "open") return null;
  return entries.plannedRisk({ side, quantity, entryOrderId }, contract.pointValue);
}

async function savePosition(
  position: Position,
  stored: Position | null,
  risk: Money | null,
  repos: Repositories,
): Promise<void> {
  if (stored === null) return repos.positions.insert(position, risk);
  const { openedAt, openFillOffset, side, entryOrderId, strategy } = stored;
  const same =
    openedAt === position.openedAt &&
    openFillOffset === position.openFillOffset &&
    side === position.side &&
    entryOrderId === position.entryOrderId &&
    strategy === position.strategy;
  if (same) return repos.positions.update(position, risk);
  // A correction changed the fill that the position began with.
  return repos.positions.replace(position, risk);
}

async function positionAfter(
  delta: MatchDelta,
  trace: MatchDelta["positions"][number],
  stored: Position | null,
  repos: Repositories,
): Promise<Position> {
  const { accountId, contract } = delta;
  const { positionId } = trace;
  const isOfPosition = (match: Match) => match.positionId === positionId;
  let sums: PositionSums = stored ?? NO_SUMS;
  for (const match of delta.removed.filter(isOfPosition)) sums = addToSums(sums, match, -1);
  for (const match of delta.added.filter(isOfPosition)) sums = addToSums(sums, match, 1);
  const goesOn = delta.metAt !== null && !trace.closed && stored !== null;
  const { opener, side, entryOrderId, strategy } = trace;
  const head: PositionHead = {
    accountId,
    positionId,
    contract,
    opener,
    side,
    entryOrderId,
    strategy,
    ...lastSeen(trace, goesOn ? stored : null, delta.metAt),
  };
  if (goesOn ? stored.status === "closed" : trace.closed) {
    const added = delta.added.filter(isOfPosition);
    const all =
      sums.matchCount === added.length
        ? added
        : await repos.matches.ofPosition(accountId, positionId);
    return closedPosition(head, all, sums);
  }
  const queue = goesOn
    ? { lots: await repos.lots.of(accountId, contract.contractId), opener }
    : delta.lotsAfter;
  return openPosition(head, queue, sums);
}

/** The newest fill and mark: what is stored is as it was only from where the histories met on. */
function lastSeen(
  { executedAt, fillKey, lastMarkAt }: PositionTrace,
  stored: Position | null,
  metAt: FillPlace | null,
): Pick<PositionHead, "lastFillAt" | "lastFillKey" | "lastMarkAt"> {
  const run = { lastFillAt: executedAt, lastFillKey: fillKey };
  if (stored === null || metAt === null) return { ...run, lastMarkAt };
  const { lastFillAt, lastFillKey, lastMarkAt: mark } = stored;
  const isAsItWas = (place: FillPlace) => comparePlaces(place, metAt) >= 0;
  const fill = { lastFillAt, lastFillKey };
  return {
    ...(isAsItWas({ executedAt: lastFillAt, fillKey: lastFillKey }) ? fill : run),
    lastMarkAt: mark !== null && isAsItWas(afterFills(mark)) ? mark : lastMarkAt,
  };
}

async function addDay(change: DayTotals, repos: Repositories): Promise<void> {
  const { accountId, tradingDay } = change;
  const stored = await repos.days.get(accountId, tradingDay);
  if (stored === null) return repos.days.insert(change);
  const day = addDays(stored, change);
  if (day.fillCount === 0 && day.grossPnl === 0) return repos.days.remove(accountId, tradingDay);
  return repos.days.update(day);
}

/** Cancels out the matches that stand in both lists, to the last field. */
export function difference(
  removed: readonly Match[],
  added: readonly Match[],
): Pick<MatchDelta, "removed" | "added"> {
  const kept = new Map(removed.map((match) => [matchKey(match), match]));
  const fresh: Match[] = [];
  for (const match of added) {
    const key = matchKey(match);
    const old = kept.get(key);
    if (old && JSON.stringify(old) === JSON.stringify(match)) kept.delete(key);
    else fresh.push(match);
  }
  return { removed: [...kept.values()], added: fresh };
}
