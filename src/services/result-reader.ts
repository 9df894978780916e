import type { Instant } from "../domain/instant.js";
import { compareClosed } from "../domain/match.js";
import { addMoney } from "../domain/money.js";
import type { Result } from "../domain/performance/result.js";
import type {
  PlannedResult,
  ResultLists,
  SummableField,
} from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { queryOf, type ResolvedFilter } from "./performance-filter.js";

/** The filtered results of all accounts in canonical order; with `newest`, the newest n; with `exits`, of those. */
export async function readResults(
  filter: ResolvedFilter,
  repos: ReadRepositories,
  newest?: number,
  exits?: readonly Instant[],
): Promise<readonly Result[]> {
  const { accounts, contractIds } = filter;
  if (contractIds?.size === 0) return [];
  const all: Result[] = [];
  const limit = newest === undefined ? {} : { newest };
  for (const { accountId } of accounts) {
    const query = { ...queryOf(filter, accountId), ...limit, ...(exits && { exits }) };
    for (const row of await repos.results.list(query)) {
      all.push(row);
    }
  }
  if (accounts.length > 1) all.sort(compareClosed);
  return newest === undefined ? all : all.slice(Math.max(0, all.length - newest));
}

/** Some fields of the filtered results, one account after the other, each account's in canonical order. */
export interface JoinedColumns<K extends keyof PlannedResult, S extends SummableField = never>
  extends ResultLists<K, S> {
  /** Where each account's results begin. */
  readonly starts: readonly number[];
}

/** What `readResults` reads, by columns and as the accounts follow each other: for figures over very many. */
export async function readColumns<K extends keyof PlannedResult, S extends SummableField = never>(
  filter: ResolvedFilter,
  repos: ReadRepositories,
  names: readonly K[],
  summed: readonly S[] = [],
): Promise<JoinedColumns<K, S>> {
  const found: ResultLists<K, S>[] = [];
  if (filter.contractIds?.size !== 0) {
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

/** One list after the other; packed ones stay packed. */
function joinedLists<T>(lists: readonly ArrayLike<T>[]): ArrayLike<T> {
  const packed = lists.filter((list) => list instanceof Float64Array);
  if (packed.length < lists.length) {
    // `concat` copies whole arrays, where `flat` looks at each of a million values.
    const [first = [], ...rest] = lists.map(arrayOf);
    return first.concat(...rest);
  }
  const joined = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of packed) {
    joined.set(list, at);
    at += list.length;
  }
  // The values of packed lists are numbers.
  return joined as ArrayLike<unknown> as ArrayLike<T>;
}

const arrayOf = <T>(list: ArrayLike<T>): readonly T[] =>
  Array.isArray(list) ? list : Array.from(list);
