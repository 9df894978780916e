import type { AccountId, FillKey } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { type OpenLot, remaining } from "../domain/lot.js";
import { unrealizedAt } from "../domain/match.js";
import type { Money, Price } from "../domain/money.js";
import type { Position } from "../domain/position.js";
import type { PositionSnapshot } from "../domain/snapshot.js";
import { averagePrice } from "../domain/trade.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { requireContract } from "../ports/stored-contract.js";
import { stateBefore } from "./lot-history.js";

/** Before the fills of its instant: no key is smaller. */
const FIRST_KEY = "" as FillKey;

/**
 * The positions that were open at each of some ends of days, oldest first. What each held then follows from its
 * fills; its unrealised result from the newest price before, of its fills and stored marks.
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
  position: Position,
  lots: readonly OpenLot[],
  at: Instant,
  repos: ReadRepositories,
): Promise<Money | null> {
  const price = await priceBefore(position, at, repos);
  if (price === null) return null;
  const { pointValue } = await requireContract(position.contractId, repos);
  return unrealizedAt(lots, price, pointValue);
}

/**
 * The newest price seen while a position was open, before an instant: a fill's or a stored mark's, which comes
 * after the fills of its instant. The entry price of an adopted lot is an average, and no price of the market.
 */
async function priceBefore(
  { accountId, contractId, openedAt }: Position,
  at: Instant,
  repos: ReadRepositories,
): Promise<Price | null> {
  const range = { accountId, contractIds: [contractId], from: openedAt, to: at };
  const [fill] = await repos.fills.list({ ...range, newest: 1 });
  const since = fill?.executedAt ?? openedAt;
  const mark = (await repos.marks.ofContract(accountId, contractId, since, at)).at(-1);
  if (mark) return mark.price;
  return fill === undefined || fill.origin === "adopted" ? null : fill.price;
}

/**
 * Brings the position snapshots from an instant on (all for null) up to date.
 *
 * @param ends the ends of days from then on at which there are to be any, ascending
 * @returns those that there are now
 */
export async function restatePositions(
  accountId: AccountId,
  from: Instant | null,
  ends: readonly Instant[],
  repos: Repositories,
): Promise<readonly PositionSnapshot[]> {
  const since = from === null ? {} : { from };
  const stored = await repos.positionSnapshots.list({ accountId, ...since });
  const keyOf = ({ at, positionId }: PositionSnapshot) => `${at}|${positionId}`;
  const left = new Map(stored.map((row) => [keyOf(row), row]));
  const held = await positionsAt(accountId, ends, repos);
  for (const row of held) {
    const known = left.get(keyOf(row));
    left.delete(keyOf(row));
    if (!known || !sameRow(known, row)) await repos.positionSnapshots.save(row);
  }
  for (const { at, positionId } of left.values()) {
    await repos.positionSnapshots.remove(accountId, at, positionId);
  }
  return held;
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
