import { addMoney, type Money, ZERO } from "../domain/money.js";
import { type BalancedDay, balances, mergeDays } from "../domain/performance/day-series.js";
import { netOfSums } from "../domain/performance/result-sums.js";
import type { DayBasis } from "../ports/performance.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { isUnfiltered, type ResolvedFilter } from "./performance-filter.js";
import { sumsByDay } from "./sum-reader.js";

/** The days that a filter asks for, as one book of all its accounts. */
export interface DaySeries {
  readonly basis: DayBasis;
  /** Balance before the first day asked for. */
  readonly start: Money;
  readonly days: readonly BalancedDay[];
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
  // Days of cash that was paid in or out join in here: a day may have both.
  const all = mergeDays(nets.map((day) => ({ ...day, cash: ZERO })));
  const days = balances(openingOf(filter), all);
  const first = from === null ? 0 : days.findIndex(({ tradingDay }) => tradingDay >= from);
  const asked = first === -1 ? [] : days.slice(first);
  const before = first === -1 ? days.at(-1) : days[first - 1];
  return { basis: "ledger", start: before?.closing ?? openingOf(filter), days: asked };
}

/** Results whole on the day of their exit, on the accounts' starting balance. */
async function tradeDays(filter: ResolvedFilter, repos: ReadRepositories): Promise<DaySeries> {
  const sums = await sumsByDay(filter, repos);
  const changes = [...sums].map(([tradingDay, day]) => ({
    tradingDay,
    netPnl: netOfSums(day),
    cash: ZERO,
  }));
  const start = openingOf(filter);
  return { basis: "trade", start, days: balances(start, changes) };
}

function openingOf({ accounts }: ResolvedFilter): Money {
  return accounts.reduce((sum, { startingBalance }) => addMoney(sum, startingBalance), ZERO);
}
