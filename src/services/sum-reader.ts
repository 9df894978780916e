import type { Instant } from "../domain/instant.js";
import { type Breakdown, GROUPING_FIELDS, groupOf } from "../domain/performance/breakdown.js";
import { combineSums, NO_RESULTS, type ResultSums } from "../domain/performance/result-sums.js";
import { SUMMED_FIELDS, tallyBy } from "../domain/performance/result-tally.js";
import { dayBefore, spanRanges } from "../domain/performance/span-ranges.js";
import { type BucketParts, partsOf, type SumFamily } from "../domain/performance/sum-row.js";
import { type TradingDay, tradingDay } from "../domain/trading-day.js";
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
    const newest = await repos.sums.newestDay(accountId);
    for (const range of spanRanges(filter.from, lastDay(filter), newest)) {
      const { level } = filter;
      const found = await repos.sums.byBucket({ accountId, level, family, ...range });
      for (const sums of found) {
        const bucket = partsOf(sums.bucket, family);
        if (isWanted(bucket, filter)) parts.push([groupOfParts(bucket, by, filter), sums]);
      }
    }
  }
  return merged(parts);
}

/** Sums of the filtered results by the trading day of their exit, oldest first. */
export async function sumsByDay(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<Groups<TradingDay>> {
  const family = familyFor(filter, null);
  if (family === null) {
    const names = [...SUMMED_FIELDS, "exitTimestamp"] as const;
    const { columns } = await readColumns(filter, repos, names);
    // As many exits as results.
    return sorted(tallyBy(columns, (n) => tradingDay(columns.exitTimestamp[n] as Instant)));
  }
  const range = dayRange(filter);
  if (family === "day") {
    const ids = filter.accounts.map(({ accountId }) => accountId);
    const days = await repos.sums.byDay(ids, filter.level, range.first, range.last);
    return new Map(days.map((day) => [day.tradingDay, day]));
  }
  const parts: [TradingDay, ResultSums][] = [];
  for (const { accountId } of filter.accounts) {
    const key = { accountId, level: filter.level, family, span: "day" } as const;
    for (const row of await repos.sums.list({ ...key, ...range })) {
      // Periods of days are trading days.
      if (isWanted(partsOf(row.bucket, family), filter))
        parts.push([row.period as TradingDay, row]);
    }
  }
  return sorted(merged(parts));
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
  if (filter.tags) return null;
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

const sorted = (groups: Groups<TradingDay>): Groups<TradingDay> =>
  new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
