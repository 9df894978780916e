import { addMoney, type Money, ZERO } from "../domain/money.js";
import { type BalancedDay, balances } from "../domain/performance/day-series.js";
import type { DayNet } from "../ports/day-repositories.js";
import type { DayBasis } from "../ports/performance.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { isUnfiltered, type ResolvedFilter } from "./performance-filter.js";
import { netsByDay } from "./sum-reader.js";

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
  if (isUnfiltered(filter)) return ledgerDays(filter, repos);
  return tradeDays(filter, await netsByDay(filter, repos));
}

/** Ledger days and the cash of the accounts: they add up to the balance. */
export async function ledgerDays(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<DaySeries> {
  const { from } = filter;
  const nets = await ledgerNets(filter, repos);
  const days = balances(openingOf(filter), withoutCash(nets));
  const first = from === null ? 0 : days.findIndex(({ tradingDay }) => tradingDay >= from);
  const asked = first === -1 ? [] : days.slice(first);
  const before = first === -1 ? days.at(-1) : days[first - 1];
  return { basis: "ledger", start: before?.closing ?? openingOf(filter), days: asked };
}

/** Net of each ledger day of the accounts, from the first one on: balances need those before the days asked for. */
export async function ledgerNets(
  { accounts, to }: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly DayNet[]> {
  const ids = accounts.map(({ accountId }) => accountId);
  return repos.days.nets(ids, to);
}

/** Results whole on the day of their exit, on the accounts' starting balance. */
export function tradeDays(filter: ResolvedFilter, nets: readonly DayNet[]): DaySeries {
  const start = openingOf(filter);
  return { basis: "trade", start, days: balances(start, withoutCash(nets)) };
}

const withoutCash = (nets: readonly DayNet[]) =>
  nets.map(({ tradingDay, netPnl }) => ({ tradingDay, netPnl, cash: ZERO }));

function openingOf({ accounts }: ResolvedFilter): Money {
  return accounts.reduce((sum, { startingBalance }) => addMoney(sum, startingBalance), ZERO);
}
