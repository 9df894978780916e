import type { AccountId } from "../domain/ids.js";
import { RESULT_LEVELS } from "../domain/performance/result.js";
import { longerPeriod, newestDay, rolledInto } from "../domain/performance/sum-book.js";
import {
  SUM_FAMILIES,
  type SumRow,
  type SumSpan,
  spanPeriod,
} from "../domain/performance/sum-row.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { Repositories } from "../ports/repositories.js";

/**
 * Adds changes to the kept sums of days, and keeps those of months and years. A month or year has rows once a
 * newer one has begun: a fill of today changes the day alone, and years of history are read from few rows.
 *
 * @param before the account's newest day with a match before the changes; null for none
 */
export async function writeSums(
  accountId: AccountId,
  before: TradingDay | null,
  changes: readonly SumRow[],
  repos: Repositories,
): Promise<void> {
  for (const change of changes) await addTo(change, repos);
  const removed = changes.some(({ count }) => count < 0);
  const after = removed ? await repos.sums.newestDay(accountId) : later(before, newestDay(changes));
  await keepSpan("month", { accountId, before, after, changes }, repos);
  await keepSpan("year", { accountId, before, after, changes }, repos);
}

const later = (a: TradingDay | null, b: TradingDay | null) =>
  a === null || (b !== null && b > a) ? b : a;

async function addTo(change: SumRow, repos: Repositories): Promise<void> {
  await repos.sums.add(change);
  if (change.count < 0) await repos.sums.prune(change);
}

interface Change {
  readonly accountId: AccountId;
  readonly before: TradingDay | null;
  readonly after: TradingDay | null;
  readonly changes: readonly SumRow[];
}

async function keepSpan(
  span: Exclude<SumSpan, "day">,
  { accountId, before, after, changes }: Change,
  repos: Repositories,
): Promise<void> {
  const was = before && spanPeriod(before, span);
  const is = after && spanPeriod(after, span);
  if (was !== null) {
    const late = changes.filter(({ period }) => longerPeriod(period, span) < was);
    for (const change of rolledInto(span, late)) await addTo(change, repos);
  }
  if (is === null || (was !== null && is < was)) {
    await repos.sums.removeFrom(accountId, span, is ?? "");
  } else if (was === null || is > was) {
    await keepOver(span, accountId, was ?? "", is, repos);
  }
}

/** Makes the rows of the periods that are now over: from one up to before another. */
async function keepOver(
  span: Exclude<SumSpan, "day">,
  accountId: AccountId,
  first: string,
  before: string,
  repos: Repositories,
): Promise<void> {
  const shorter = span === "month" ? "day" : "month";
  for (const level of RESULT_LEVELS) {
    for (const family of SUM_FAMILIES) {
      // A shorter period inside another sorts after it, so none of `before` itself comes along.
      const range = { accountId, level, family, span: shorter, first, last: before } as const;
      const rows = await repos.sums.list(range);
      for (const row of rolledInto(span, rows)) await repos.sums.add(row);
    }
  }
}
