import type { DayTotals } from "../domain/daily.js";
import type { Fill } from "../domain/fill.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import type { Money } from "../domain/money.js";
import { type AccountSnapshot, type PositionSnapshot, unrealizedOf } from "../domain/snapshot.js";
import { endOfDay, eodSnapshot, moved, openingBalanceOf, openingOf } from "../domain/standing.js";
import {
  type TradingDay,
  tradingDay,
  tradingDayEnd,
  tradingDayStart,
} from "../domain/trading-day.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { readAccountFacts } from "./account-facts.js";
import { dayFlows } from "./day-flows.js";
import { restatePositions } from "./position-history.js";

/**
 * Brings the end-of-day rows of an account up to date with changed ledger days. The newest fill of an account
 * touches one row; an older change restates the days from its own on.
 *
 * @param days what each day changed by, oldest first
 * @param from the earliest day of a fill that changed; what was open at the ends of days may have changed with it
 * @param newest the fill, when it only extends the books of its contract
 * @returns the snapshots of closed days that are other than before, oldest first
 */
export async function followDays(
  accountId: AccountId,
  days: readonly DayTotals[],
  from: TradingDay,
  newest: Fill | null,
  repos: Repositories,
): Promise<readonly AccountSnapshot[]> {
  const [only, another] = days;
  const extended =
    newest !== null && only && !another && (await extendLastDay(only, newest, repos));
  return extended ? [] : restateDays(accountId, from, repos);
}

/** True when the fill was of the newest day, or a newer one, and its row is written. */
async function extendLastDay(day: DayTotals, fill: Fill, repos: Repositories): Promise<boolean> {
  const { accountId, tradingDay: today } = day;
  const [last, before] = await repos.snapshots.lastEods(accountId);
  if (last === undefined || last.at > tradingDayEnd(today)) return false;
  const flow = { ...day, cash: 0 as Money };
  if (last.at < tradingDayEnd(today)) {
    const row = eodSnapshot(accountId, today, moved(last, flow), null);
    // The day before is over: what was open at its end is known now.
    if (last.closedAt === null) await restateEnds(accountId, last.at, [last, row], repos);
    else await repos.snapshots.save(row);
    return true;
  }
  if (last.closedAt !== null || fill.executedAt < (last.epochStartedAt ?? 0)) return false;
  const highestEodBalance = await highestBefore(last, before ?? null, repos);
  const standing = moved({ ...last, highestEodBalance }, flow);
  await repos.snapshots.move(eodSnapshot(accountId, today, standing, null));
  return true;
}

/** The highest end-of-day balance of the days before a snapshot's. */
export async function highestBefore(
  snapshot: AccountSnapshot,
  before: AccountSnapshot | null,
  repos: ReadRepositories,
): Promise<Money | null> {
  const { accountId, epoch, epochStartedAt } = snapshot;
  if (before?.epoch === epoch) return before.highestEodBalance;
  if (epoch > 0 || epochStartedAt === null) return openingBalanceOf(snapshot);
  return (await repos.adoptions.current(accountId))?.highestEodBalance ?? null;
}

/** Recomputes the end-of-day rows from a day on (all for null). Returns as `followDays`. */
export async function restateDays(
  accountId: AccountId,
  first: TradingDay | null,
  repos: Repositories,
): Promise<readonly AccountSnapshot[]> {
  // Without a row before, the walk starts at the opening.
  const before = first && (await repos.snapshots.eodUpTo(accountId, tradingDayStart(first)));
  const from = before === null ? null : first;
  const totals =
    from === null ? await repos.days.list(accountId) : await repos.days.from(accountId, from);
  const rows = await endOfDayRows(accountId, from, totals, repos);
  // The day before may have been the newest until now.
  return restateEnds(accountId, before?.at ?? null, before ? [before, ...rows] : rows, repos);
}

/**
 * A price came for a day: what was open at its end, and at later ones without a newer price, may be worth
 * something else. Returns as `followDays`.
 */
export async function followMark(
  accountId: AccountId,
  contractId: ContractId,
  markedAt: Instant,
  repos: Repositories,
): Promise<readonly AccountSnapshot[]> {
  const from = tradingDayEnd(tradingDay(markedAt));
  const range = { accountId, from };
  const held = await repos.positionSnapshots.list({ ...range, contractIds: [contractId] });
  if (held.length === 0) return [];
  const rows = await repos.snapshots.list({ ...range, type: "eod" });
  return restateEnds(accountId, from, rows, repos);
}

/**
 * Writes end-of-day rows, and the positions at the ends of those days that are over.
 *
 * @param from rows of the store from here on (all for null) that are not among these are removed
 * @param rows without what was open, the newest last
 * @returns those of closed days that are other than before, oldest first
 */
async function restateEnds(
  accountId: AccountId,
  from: Instant | null,
  rows: readonly AccountSnapshot[],
  repos: Repositories,
): Promise<readonly AccountSnapshot[]> {
  const since = from === null ? {} : { from };
  const stored = await repos.snapshots.list({ accountId, type: "eod", ...since });
  const left = new Map(stored.map((row) => [row.at, row]));
  const held = await restatePositions(accountId, from, endedDays(rows), repos);
  const restated: AccountSnapshot[] = [];
  for (const row of valuedRows(rows, held)) {
    const known = left.get(row.at);
    left.delete(row.at);
    if (known && sameSnapshot(known, row)) continue;
    await repos.snapshots.save(row);
    if (known && known.closedAt !== null) restated.push(row);
  }
  for (const { at } of left.values()) await repos.snapshots.remove(accountId, at, "eod");
  return restated;
}

/** What the end-of-day rows from a day on should be, but for what was open at their ends. */
export async function endOfDayRows(
  accountId: AccountId,
  from: TradingDay | null,
  totals: readonly DayTotals[],
  repos: ReadRepositories,
): Promise<readonly AccountSnapshot[]> {
  const facts = await readAccountFacts(accountId, repos);
  const before =
    from === null ? null : await repos.snapshots.eodUpTo(accountId, tradingDayStart(from));
  let standing = before ?? openingOf(facts.first);
  const rows: AccountSnapshot[] = [];
  for (const day of await dayFlows(facts, from, totals, repos)) {
    const row = endOfDay(accountId, standing, day);
    rows.push(row);
    standing = row;
  }
  return rows;
}

function sameSnapshot(a: AccountSnapshot, b: AccountSnapshot): boolean {
  const fields = Object.keys(a) as readonly (keyof AccountSnapshot)[];
  return fields.every((field) => a[field] === b[field]);
}

/** Positions are kept at the ends of days that are over: all but the newest with activity, unless it was closed. */
export function endedDays(rows: readonly AccountSnapshot[]): readonly Instant[] {
  return rows.filter((row, i) => row.closedAt !== null || i < rows.length - 1).map((row) => row.at);
}

/** End-of-day rows with what was open at the ends of those days that are over. */
export function valuedRows(
  rows: readonly AccountSnapshot[],
  held: readonly PositionSnapshot[],
): readonly AccountSnapshot[] {
  const open = new Map<Instant, PositionSnapshot[]>(endedDays(rows).map((at) => [at, []]));
  for (const position of held) open.get(position.at)?.push(position);
  return rows.map((row) => {
    const atEnd = open.get(row.at);
    return { ...row, unrealizedPnl: atEnd ? unrealizedOf(atEnd) : null };
  });
}
