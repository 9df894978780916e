import { type AccountId, type FillId, matchId, type OrderId, tradeName } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { compareClosed, type Match } from "../domain/match.js";
import { addMoney, ZERO } from "../domain/money.js";
import type { Result, ResultLevel } from "../domain/performance/result.js";
import type { ResultLists, SummableField } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { queryOf, type ResolvedFilter } from "./performance-filter.js";

/** The filtered results of all accounts in canonical order; with `newest`, the newest n; with `exits`, of those. */
export async function readResults(
  filter: ResolvedFilter,
  repos: ReadRepositories,
  newest?: number,
  exits?: readonly Instant[],
): Promise<readonly Result[]> {
  const { accounts, contractIds, tags } = filter;
  if (contractIds?.size === 0) return [];
  const all: Result[] = [];
  for (const { accountId } of accounts) {
    const query = queryOf(filter, accountId);
    // Tags are looked at afterwards, so that the newest n of all may not be those that carry one.
    const limit = newest === undefined || tags ? {} : { newest };
    const rows = await repos.results.list({ ...query, ...limit, ...(exits && { exits }) });
    const wanted = tags && (await taggedKeys(accountId, tags, filter.level, repos));
    for (const row of rows) {
      if (!wanted || wanted.has(resultKey(row, filter.level))) all.push(row);
    }
  }
  if (accounts.length > 1) all.sort(compareClosed);
  return newest === undefined ? all : all.slice(Math.max(0, all.length - newest));
}

/** Some fields of the filtered results, one account after the other, each account's in canonical order. */
export interface JoinedColumns<K extends keyof Result, S extends SummableField = never>
  extends ResultLists<K, S> {
  /** Where each account's results begin. */
  readonly starts: readonly number[];
}

/** What `readResults` reads, by columns and as the accounts follow each other: for figures over very many. */
export async function readColumns<K extends keyof Result, S extends SummableField = never>(
  filter: ResolvedFilter,
  repos: ReadRepositories,
  names: readonly K[],
  summed: readonly S[] = [],
): Promise<JoinedColumns<K, S>> {
  const found: ResultLists<K, S>[] = [];
  if (filter.tags) found.push(listsOf(await readResults(filter, repos), names, summed));
  else if (filter.contractIds?.size !== 0) {
    for (const { accountId } of filter.accounts) {
      found.push(await repos.results.columns(queryOf(filter, accountId), names, summed));
    }
  }
  const parts = found.map(({ columns }) => columns);
  const starts: number[] = [];
  let count = 0;
  for (const part of parts) {
    starts.push(count);
    count += names[0] === undefined ? 0 : part[names[0]].length;
  }
  const joined = names.map((name) => [name, joinedLists(parts.map((part) => part[name]))]);
  const sums = summed.map((name) => [name, addMoney(...found.map((part) => part.sums[name]))]);
  // Each list has the values of its field.
  const all = { columns: Object.fromEntries(joined), sums: Object.fromEntries(sums) };
  return { ...(all as ResultLists<K, S>), starts };
}

/** `concat` copies whole lists, where `flat` looks at each of a million values. */
function joinedLists<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const [first = [], ...rest] = lists;
  return rest.length === 0 ? first : first.concat(...rest);
}

function listsOf<K extends keyof Result, S extends SummableField>(
  results: readonly Result[],
  names: readonly K[],
  summed: readonly S[],
): ResultLists<K, S> {
  const lists = names.map((name) => [name, results.map((result) => result[name])]);
  const sums = summed.map((name) => [
    name,
    results.reduce((sum, result) => addMoney(sum, result[name]), ZERO),
  ]);
  // Each list has the values of its field.
  return { columns: Object.fromEntries(lists), sums: Object.fromEntries(sums) } as ResultLists<
    K,
    S
  >;
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
