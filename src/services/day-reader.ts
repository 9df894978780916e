import { type Money, ZERO } from "../domain/money.js";
import {
  type BalancedDay,
  balances,
  mergeDays,
  tradedDays,
} from "../domain/performance/day-series.js";
import type { DayNet } from "../ports/day-repositories.js";
import type { DayBasis } from "../ports/performance.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { readCash } from "./cash-days.js";
import { isUnfiltered, type ResolvedFilter } from "./performance-filter.js";
import { netsByDay } from "./sum-reader.js";

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
  if (isUnfiltered(filter)) return ledgerDays(filter, repos);
  return tradeDays(filter, await netsByDay(filter, repos), repos);
}

/** Ledger days and the cash of the accounts: they add up to the balance. */
export async function ledgerDays(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<DaySeries> {
  const { accounts, from, to } = filter;
  const nets = await ledgerNets(filter, repos);
  const { opening, changes } = await readCash(accounts, to, repos);
  const trading = withoutCash(nets);
  const hasCash = changes.length > 0;
  const days = balances(opening, hasCash ? mergeDays([...trading, ...changes]) : trading);
  const first = from === null ? 0 : days.findIndex(({ tradingDay }) => tradingDay >= from);
  const asked = first === -1 ? [] : days.slice(first);
  const before = first === -1 ? days.at(-1) : days[first - 1];
  const start = before?.closing ?? opening;
  if (!hasCash) return { basis: "ledger", start, days: asked, withCash: asked };
  const traded = new Set(nets.map(({ tradingDay }) => tradingDay));
  const onTraded = tradedDays(asked, (day) => traded.has(day));
  return { basis: "ledger", start, days: onTraded, withCash: asked };
}

/** Net of each ledger day of the accounts, from the first one on: balances need those before the days asked for. */
export async function ledgerNets(
  { accounts, to }: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly DayNet[]> {
  const ids = accounts.map(({ accountId }) => accountId);
  return repos.days.nets(ids, to);
}

/** Results whole on the day of their exit, on what the accounts began with; cash is no result of a filter. */
export async function tradeDays(
  { accounts, to }: ResolvedFilter,
  nets: readonly DayNet[],
  repos: ReadRepositories,
): Promise<DaySeries> {
  const { opening: start } = await readCash(accounts, to, repos);
  const days = balances(start, withoutCash(nets));
  return { basis: "trade", start, days, withCash: days };
}

const withoutCash = (nets: readonly DayNet[]) =>
  nets.map(({ tradingDay, netPnl }) => ({ tradingDay, netPnl, cash: ZERO }));
