import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { type Breakdown, GROUPING_FIELDS, groupOf } from "../domain/performance/breakdown.js";
import {
  combineSums,
  NO_RESULTS,
  netOfSums,
  type ResultSums,
} from "../domain/performance/result-sums.js";
import { SUMMED_FIELDS, tallyBy } from "../domain/performance/result-tally.js";
import { dayBefore, spanRanges } from "../domain/performance/span-ranges.js";
import { type BucketParts, partsOf, type SumFamily } from "../domain/performance/sum-row.js";
import { type TradingDay, tradingDay } from "../domain/trading-day.js";
import type { CalendarSums, DayQuery, DaySums } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ResolvedFilter } from "./performance-filter.js";
import { readColumns } from "./result-reader.js";

/** Sums by some key; null is a key too. */
export type Groups<K> = ReadonlyMap<K, ResultSums>;

/**
 * Sums of the filtered results by group: from the kept sums where one family tells apart all that is asked, else
 * from the results.
 */
export async function sumsBy(
  by: Breakdown | null,
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<Groups<string | null>> {
  const family = familyFor(filter, by);
  if (family === null) return tallyResults(by, filter, repos);
  const parts: [string | null, ResultSums][] = [];
  for (const { accountId } of filter.accounts) {
    for (const sums of await bucketsOf(accountId, family, filter, repos)) {
      const bucket = partsOf(sums.bucket, family);
      if (isWanted(bucket, filter)) parts.push([groupOfParts(bucket, by, filter), sums]);
    }
  }
  return merged(parts);
}

/** Sums of the filtered results by the trading day of their exit, oldest first. */
export async function sumsByDay(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly DaySums[]> {
  const family = familyFor(filter, null);
  return family === null
    ? tallyDays(filter, repos)
    : repos.sums.byDay(await dayQuery(family, filter, repos));
}

/** The same days with less to carry. */
export async function netsByDay(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly CalendarSums[]> {
  const family = familyFor(filter, null);
  return family === null
    ? (await tallyDays(filter, repos)).map(netOfDay)
    : repos.sums.netsByDay(await dayQuery(family, filter, repos));
}

/** Sums of all of the filtered results, and their days, in one go. */
export async function totalAndDays(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<{ readonly total: ResultSums; readonly days: readonly CalendarSums[] }> {
  if (familyFor(filter, null) === null) {
    const days = await tallyDays(filter, repos);
    const total = days.reduce<ResultSums>((sum, day) => combineSums(sum, day), NO_RESULTS);
    return { total, days: days.map(netOfDay) };
  }
  const total = (await sumsBy(null, filter, repos)).get(null) ?? NO_RESULTS;
  return { total, days: await netsByDay(filter, repos) };
}

const netOfDay = (day: DaySums): CalendarSums => ({
  tradingDay: day.tradingDay,
  count: day.count,
  wins: day.wins,
  losses: day.losses,
  netPnl: netOfSums(day),
});

async function tallyDays(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly DaySums[]> {
  const { columns } = await readColumns(filter, repos, [...SUMMED_FIELDS, "exitTimestamp"]);
  // As many exits as results.
  const days = tallyBy(columns, (n) => tradingDay(columns.exitTimestamp[n] as Instant));
  return [...days]
    .map(([day, sums]) => ({ tradingDay: day, ...sums }))
    .sort((a, b) => (a.tradingDay < b.tradingDay ? -1 : 1));
}

/** Which kept days a filter asks for: of a family that tells more apart than days, the buckets that it wants. */
async function dayQuery(
  family: SumFamily,
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<DayQuery> {
  const { accounts, level } = filter;
  const accountIds = accounts.map(({ accountId }) => accountId);
  const query = { accountIds, level, family, ...dayRange(filter) };
  if (family === "day") return { ...query, buckets: null };
  const buckets = new Set<string>();
  for (const { accountId } of accounts) {
    for (const { bucket } of await bucketsOf(accountId, family, filter, repos)) {
      if (isWanted(partsOf(bucket, family), filter)) buckets.add(bucket);
    }
  }
  return { ...query, buckets: [...buckets] };
}

/** An account's buckets over the days asked for, each in parts, from as few rows as there are. */
async function bucketsOf(
  accountId: AccountId,
  family: SumFamily,
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly (ResultSums & { readonly bucket: string })[]> {
  const newest = await repos.sums.newestDay(accountId);
  const found: (ResultSums & { readonly bucket: string })[] = [];
  for (const range of spanRanges(filter.from, lastDay(filter), newest)) {
    const { level } = filter;
    found.push(...(await repos.sums.byBucket({ accountId, level, family, ...range })));
  }
  return found;
}

/** The days asked for as texts that enclose them. */
export const dayRange = (filter: ResolvedFilter) => ({
  first: filter.from ?? "",
  last: lastDay(filter) ?? "9999-12-31",
});

/** The last day asked for; null for no end. */
export const lastDay = ({ to }: ResolvedFilter): TradingDay | null => to && dayBefore(to);

/** What a question tells results apart by: the family that knows all of it, or none. */
function familyFor(filter: ResolvedFilter, by: Breakdown | null): SumFamily | null {
  if (filter.written) return null;
  const families = new Set<SumFamily>();
  if (filter.contractIds || filter.strategies) families.add("contract");
  if (filter.sides) families.add("style");
  const asked = by && FAMILY_OF[by];
  if (asked) families.add(asked);
  if (families.size > 1) return null;
  return [...families][0] ?? "day";
}

const FAMILY_OF: Readonly<Record<Breakdown, SumFamily>> = {
  symbol: "contract",
  root: "contract",
  strategy: "contract",
  side: "style",
  duration: "style",
  "entry-type": "style",
  hour: "hour",
  weekday: "day",
};

function isWanted(parts: BucketParts, { contractIds, strategies, sides }: ResolvedFilter): boolean {
  const { contractId, strategy, side } = parts;
  return (
    (contractIds === null || (contractId !== undefined && contractIds.has(contractId))) &&
    (strategies === null || (strategy !== undefined && strategies.has(strategy))) &&
    (sides === null || (side !== undefined && sides.has(side)))
  );
}

function groupOfParts(
  parts: BucketParts,
  by: Breakdown | null,
  { contracts }: ResolvedFilter,
): string | null {
  const contract = parts.contractId && contracts.get(parts.contractId);
  switch (by) {
    case null:
      return null;
    case "symbol":
      return contract?.symbol ?? parts.contractId ?? null;
    case "root":
      return contract?.root ?? parts.contractId ?? null;
    case "strategy":
      return parts.strategy ?? null;
    case "side":
      return parts.side ?? null;
    case "hour":
      return parts.hour ?? null;
    case "weekday":
      return parts.weekday ?? null;
    case "duration":
      return parts.duration ?? null;
    case "entry-type":
      return parts.entryOrderType ?? null;
  }
}

/** Sums by a group that no family tells apart: from the results themselves. */
async function tallyResults(
  by: Breakdown | null,
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<Groups<string | null>> {
  const fields = by === null ? [] : [GROUPING_FIELDS[by]];
  const { columns } = await readColumns(filter, repos, [...SUMMED_FIELDS, ...fields]);
  if (by === null) return tallyBy(columns, () => null);
  return tallyBy(columns, (n) => groupOf((name) => columns[name][n] as never, by));
}

function merged<K>(parts: readonly (readonly [K, ResultSums])[]): Groups<K> {
  const groups = new Map<K, ResultSums>();
  for (const [key, sums] of parts) {
    const known = groups.get(key);
    groups.set(key, combineSums(known ?? NO_RESULTS, sums));
  }
  return groups;
}
