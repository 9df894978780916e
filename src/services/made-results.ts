import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { type MadeOrigin, madeBy } from "../domain/made.js";
import type { ResultLevel } from "../domain/performance/result.js";
import type { Position } from "../domain/position.js";
import { madePositions } from "../ports/made-repositories.js";
import type { ClosedRows } from "../ports/queries.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ResolvedFilter } from "./performance-filter.js";
import { readResults } from "./result-reader.js";

/** Exits that are asked for at once. */
const EXITS = 500;

/** What each row rests on that no broker told. Matches and trades have one order on each side; positions any number. */
export async function madeOfRows(
  closed: ClosedRows,
  repos: ReadRepositories,
): Promise<readonly (readonly MadeOrigin[])[]> {
  if (closed.level === "position") return madeOfPositions(closed.rows, repos);
  return closed.rows.map(({ entryOrderId, exitOrderId }) => madeBy([entryOrderId, exitOrderId]));
}

async function madeOfPositions(
  positions: readonly Position[],
  repos: ReadRepositories,
): Promise<readonly (readonly MadeOrigin[])[]> {
  const byAccount = new Map<AccountId, ReadonlyMap<string, readonly MadeOrigin[]>>();
  for (const accountId of new Set(positions.map((position) => position.accountId))) {
    byAccount.set(accountId, await madePositions(accountId, repos));
  }
  return positions.map(
    ({ accountId, positionId }) => byAccount.get(accountId)?.get(positionId) ?? [],
  );
}

/** How many of the filtered results rest on synthetic fills. */
export async function countOnSyntheticFills(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<number> {
  const positions = new Set<string>();
  const exits = new Set<Instant>();
  for (const { accountId } of filter.accounts) {
    for (const place of await repos.made.places(accountId, "synthetic")) {
      positions.add(`${accountId} ${place.positionId}`);
      const exit = await exitOf(filter.level, accountId, place, repos);
      if (exit !== null) exits.add(exit);
    }
  }
  const all = [...exits];
  let count = 0;
  for (let at = 0; at < all.length; at += EXITS) {
    const results = await readResults(filter, repos, undefined, all.slice(at, at + EXITS));
    count += results.filter(({ accountId, positionId, entryOrderId, exitOrderId }) =>
      filter.level === "position"
        ? positions.has(`${accountId} ${positionId}`)
        : madeBy([entryOrderId, exitOrderId]).includes("synthetic"),
    ).length;
  }
  return count;
}

/** When a result of the level was closed; null while it is open. The last match of a trade ends it. */
async function exitOf(
  level: ResultLevel,
  accountId: AccountId,
  { positionId, exitTimestamp }: { positionId: string; exitTimestamp: Instant | null },
  { positions }: ReadRepositories,
): Promise<Instant | null> {
  if (level !== "position") return exitTimestamp;
  return (await positions.get(accountId, positionId))?.closedAt ?? null;
}
