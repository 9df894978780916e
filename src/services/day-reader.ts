import { type Money, ZERO } from "../domain/money.js";
import {
  type BalancedDay,
  balances,
  mergeDays,
  tradedDays,
} from "../domain/performance/day-series.js";
import { netOfSums } from "../domain/performance/result-sums.js";
import type { DayBasis } from "../ports/performance.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { readCash } from "./cash-days.js";
import { isUnfiltered, type ResolvedFilter } from "./performance-filter.js";
import { sumsByDay } from "./sum-reader.js";

/** The days that a filter asks for, as one book of all its accounts. */
export interface DaySeries {
  readonly basis: DayBasis;
  /** Balance before the first day asked for. */
  readonly start: Money;
  readonly days: readonly BalancedDay[];
  /** The same and the days between them on which cash came or went: no days of trading, so none of the figures. */
  readonly withCash: readonly BalancedDay[];
}

export async function readDays(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<DaySeries> {
  return isUnfiltered(filter) ? ledgerDays(filter, repos) : tradeDays(filter, repos);
}

/** Ledger days and the cash of the accounts: they add up to the balance. */
async function ledgerDays(filter: ResolvedFilter, repos: ReadRepositories): Promise<DaySeries> {
  const { accounts, from, to } = filter;
  const ids = accounts.map(({ accountId }) => accountId);
  const nets = await repos.days.nets(ids, to);
  const { opening, changes } = await readCash(accounts, to, repos);
  const results = nets.map((day) => ({ ...day, cash: ZERO }));
  // Most books have no cash, and then each day stands once already.
  const days = balances(
    opening,
    changes.length === 0 ? results : mergeDays([...results, ...changes]),
  );
  const first = from === null ? 0 : days.findIndex(({ tradingDay }) => tradingDay >= from);
  const asked = first === -1 ? [] : days.slice(first);
  const before = first === -1 ? days.at(-1) : days[first - 1];
  const start = before?.closing ?? opening;
  if (changes.length === 0) return { basis: "ledger", start, days: asked, withCash: asked };
  const traded = new Set(nets.map(({ tradingDay }) => tradingDay));
  const tradedOnly = tradedDays(asked, (day) => traded.has(day));
  return { basis: "ledger", start, days: tradedOnly, withCash: asked };
}

/** Results whole on the day of their exit, on what the accounts began with; cash is no result of a filter. */
async function tradeDays(filter: ResolvedFilter, repos: ReadRepositories): Promise<DaySeries> {
  const sums = await sumsByDay(filter, repos);
  const changes = [...sums].map(([tradingDay, day]) => ({
    tradingDay,
    netPnl: netOfSums(day),
    cash: ZERO,
  }));
  const { opening: start } = await readCash(filter.accounts, filter.to, repos);
  const days = balances(start, changes);
  return { basis: "trade", start, days, withCash: days };
}
