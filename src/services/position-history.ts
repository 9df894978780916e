import { sign } from "../domain/codes.js";
import { BlotterError } from "../domain/errors.js";
import type { AccountId, ContractId, FillKey } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { type OpenLot, remaining } from "../domain/lot.js";
import { profit } from "../domain/match.js";
import { addMoney, type Money, type Price, ZERO } from "../domain/money.js";
import type { Position } from "../domain/position.js";
import { type PositionSnapshot, snapshotDay } from "../domain/snapshot.js";
import { averagePrice } from "../domain/trade.js";
import { tradingDay, tradingDayEnd, tradingDayStart } from "../domain/trading-day.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { stateBefore } from "./lot-history.js";

/** Before the fills of its instant: no key is smaller. */
const FIRST_KEY = "" as FillKey;

/**
 * The positions that were open at each of some ends of days, oldest first. What each held then follows from its
 * fills; its unrealised result from the last stored mark of that day.
 *
 * @param ends instants, ascending
 */
export async function positionsAt(
  accountId: AccountId,
  ends: readonly Instant[],
  repos: ReadRepositories,
): Promise<readonly PositionSnapshot[]> {
  const [first] = ends;
  if (first === undefined) return [];
  const open = await repos.positions.list({ accountId }, "open");
  const closed = await repos.positions.list({ accountId, from: first }, "closed");
  const held: PositionSnapshot[] = [];
  for (const position of [...open, ...closed]) {
    for (let i = indexAfter(ends, position.openedAt); i < ends.length; i += 1) {
      const end = ends[i];
      if (end === undefined || end > (position.closedAt ?? end)) break;
      const snapshot = await snapshotOf(position, end, repos);
      if (snapshot) held.push(snapshot);
    }
  }
  return held.sort((a, b) => a.at - b.at || (a.positionId < b.positionId ? -1 : 1));
}

/** The first of the ascending instants that comes after one. */
function indexAfter(ends: readonly Instant[], at: Instant): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? at) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function snapshotOf(
  position: Position,
  at: Instant,
  repos: ReadRepositories,
): Promise<PositionSnapshot | null> {
  const { accountId, contractId, positionId, symbol, root, side } = position;
  const lots = await lotsAt(position, at, repos);
  if (lots.length === 0) return null;
  const open = lots.map((lot) => ({ quantity: remaining(lot), price: lot.execution.price }));
  return {
    accountId,
    at,
    positionId,
    contractId,
    symbol,
    root,
    side,
    quantity: open.reduce((sum, lot) => sum + lot.quantity, 0),
    entryPrice: averagePrice(open, (lot) => lot.price),
    unrealizedPnl: await unrealized(position, lots, at, repos),
  };
}

async function lotsAt(
  position: Position,
  at: Instant,
  repos: ReadRepositories,
): Promise<readonly OpenLot[]> {
  const { accountId, contractId, status, lastFillAt } = position;
  if (status === "open" && lastFillAt < at) return repos.lots.of(accountId, contractId);
  const place = { executedAt: at, fillKey: FIRST_KEY };
  return (await stateBefore(accountId, contractId, place, repos)).queue.lots;
}

async function unrealized(
  { accountId, contractId }: Position,
  lots: readonly OpenLot[],
  at: Instant,
  repos: ReadRepositories,
): Promise<Money | null> {
  const dayStart = tradingDayStart(snapshotDay({ at, type: "eod" }));
  const marks = await repos.marks.ofContract(accountId, contractId, dayStart, at);
  const mark = marks[marks.length - 1];
  if (mark === undefined) return null;
  const contract = await repos.contracts.get(contractId);
  if (!contract) throw new BlotterError("corrupt", `positions of ${contractId} have no contract`);
  return lots.reduce(
    (sum, lot) => addMoney(sum, resultOf(lot, mark.price, contract.pointValue)),
    ZERO,
  );
}

function resultOf(lot: OpenLot, mark: Price, pointValue: Money): Money {
  const { price, side } = lot.execution;
  return profit(price, mark, sign(side), remaining(lot), pointValue);
}

/**
 * Brings the position snapshots from an instant on (all for null) up to date.
 *
 * @param ends the ends of days from then on at which there are to be any, ascending
 */
export async function restatePositions(
  accountId: AccountId,
  from: Instant | null,
  ends: readonly Instant[],
  repos: Repositories,
): Promise<void> {
  const since = from === null ? {} : { from };
  const stored = await repos.positionSnapshots.list({ accountId, ...since });
  const keyOf = ({ at, positionId }: PositionSnapshot) => `${at}|${positionId}`;
  const left = new Map(stored.map((row) => [keyOf(row), row]));
  for (const row of await positionsAt(accountId, ends, repos)) {
    const known = left.get(keyOf(row));
    left.delete(keyOf(row));
    if (!known || !sameRow(known, row)) await repos.positionSnapshots.save(row);
  }
  for (const { at, positionId } of left.values()) {
    await repos.positionSnapshots.remove(accountId, at, positionId);
  }
}

function sameRow(a: PositionSnapshot, b: PositionSnapshot): boolean {
  return (
    a.quantity === b.quantity &&
    a.entryPrice === b.entryPrice &&
    a.unrealizedPnl === b.unrealizedPnl &&
    a.side === b.side &&
    a.contractId === b.contractId
  );
}

/** A mark may have come late, for a day that is over with the position open. */
export async function followMark(
  accountId: AccountId,
  contractId: ContractId,
  markedAt: Instant,
  repos: Repositories,
): Promise<void> {
  const at = tradingDayEnd(tradingDay(markedAt));
  const range = { accountId, from: at, to: (at + 1) as Instant };
  const held = await repos.positionSnapshots.list({ ...range, contractIds: [contractId] });
  if (held.length === 0) return;
  const expected = await positionsAt(accountId, [at], repos);
  for (const row of expected) await repos.positionSnapshots.save(row);
}
