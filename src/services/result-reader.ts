import { type AccountId, type FillId, matchId, type OrderId, tradeName } from "../domain/ids.js";
import { compareClosed, type Match } from "../domain/match.js";
import type { Result, ResultLevel } from "../domain/performance/result.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { queryOf, type ResolvedFilter } from "./performance-filter.js";

/** The filtered results of all accounts in canonical order; with `newest`, the newest n. */
export async function readResults(
  filter: ResolvedFilter,
  repos: ReadRepositories,
  newest?: number,
): Promise<readonly Result[]> {
  const { accounts, contractIds, tags } = filter;
  if (contractIds?.size === 0) return [];
  const all: Result[] = [];
  for (const { accountId } of accounts) {
    const query = queryOf(filter, accountId);
    // Tags are looked at afterwards, so that the newest n of all may not be those that carry one.
    const limit = newest === undefined || tags ? {} : { newest };
    const rows = await repos.results.list({ ...query, ...limit });
    const wanted = tags && (await taggedKeys(accountId, tags, filter.level, repos));
    for (const row of rows) {
      if (!wanted || wanted.has(resultKey(row, filter.level))) all.push(row);
    }
  }
  if (accounts.length > 1) all.sort(compareClosed);
  return newest === undefined ? all : all.slice(Math.max(0, all.length - newest));
}

/** Tells a result of an account from others of its level. */
function resultKey(
  {
    positionId,
    entryOrderId,
    exitOrderId,
    resultId,
  }: Pick<Result, "positionId" | "entryOrderId" | "exitOrderId" | "resultId">,
  level: ResultLevel,
): string {
  switch (level) {
    case "match":
      return resultId;
    case "trade":
      return tradeName(positionId, entryOrderId, exitOrderId);
    case "position":
      return positionId;
  }
}

/** Keys of the results that have a match with a tagged order or fill in it. */
async function taggedKeys(
  accountId: AccountId,
  tags: readonly string[],
  level: ResultLevel,
  repos: ReadRepositories,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const { target, targetId, tags: carried } of await repos.annotations.list(accountId)) {
    if (!carried.some((tag) => tags.includes(tag))) continue;
    const of = target === "order" ? matchesOfOrder : matchesOfFill;
    for (const match of await of(accountId, targetId, repos)) {
      const resultId = matchId(match.entryFillId, match.exitFillId);
      keys.add(resultKey({ ...match, resultId }, level));
    }
  }
  return keys;
}

/** All matches that an order entered or left by. */
async function matchesOfOrder(
  accountId: AccountId,
  id: string,
  repos: ReadRepositories,
): Promise<readonly Match[]> {
  // Annotations are written on orders that are there.
  const orderId = id as OrderId;
  const matches: Match[] = [];
  for (const { positionId, exitOrderId } of await repos.trades.ofEntry(accountId, orderId)) {
    matches.push(...(await repos.matches.ofTrade(accountId, positionId, orderId, exitOrderId)));
  }
  for (const fill of await repos.fills.ofOrder(accountId, orderId)) {
    matches.push(...(await repos.matches.ofExit(accountId, fill)));
  }
  return matches;
}

async function matchesOfFill(
  accountId: AccountId,
  id: string,
  repos: ReadRepositories,
): Promise<readonly Match[]> {
  // Annotations are written on fills that are there; a stand-in may have given way since.
  const fillId = id as FillId;
  const fill = await repos.fills.get(accountId, fillId, false);
  if (fill === null) return [];
  const matches = await matchesOfOrder(accountId, fill.orderId, repos);
  return matches.filter(
    ({ entryFillId, exitFillId }) => entryFillId === fillId || exitFillId === fillId,
  );
}
