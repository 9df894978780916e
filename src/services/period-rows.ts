import { addMoney, type Money, ZERO } from "../domain/money.js";
import { type Period, periodOf } from "../domain/performance/period.js";
import { combineSums, NO_RESULTS, type ResultSums } from "../domain/performance/result-sums.js";
import { tradeFigures } from "../domain/performance/trade-figures.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { CalendarDay, PeriodRow } from "../ports/performance.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { readDays } from "./day-reader.js";
import { isUnfiltered, type ResolvedFilter } from "./performance-filter.js";
import { netsByDay, sumsByDay } from "./sum-reader.js";

interface OpenPeriod {
  readonly firstDay: TradingDay;
  readonly lastDay: TradingDay;
  readonly sums: ResultSums;
  readonly ledgerNet: Money | null;
}

/** Results of each period, and the net of its ledger days beside them; oldest first. */
export async function periodRows(
  period: Period,
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly PeriodRow[]> {
  const ledger = isUnfiltered(filter);
  const periods = new Map<string, OpenPeriod>();
  const add = (day: TradingDay, sums: ResultSums | null, net: Money) => {
    const key = periodOf(day, period);
    const known = periods.get(key);
    const total = known?.sums ?? NO_RESULTS;
    periods.set(key, {
      firstDay: known && known.firstDay < day ? known.firstDay : day,
      lastDay: known && known.lastDay > day ? known.lastDay : day,
      sums: sums ? combineSums(total, sums) : total,
      ledgerNet: ledger ? addMoney(known?.ledgerNet ?? ZERO, net) : null,
    });
  };
  for (const day of await sumsByDay(filter, repos)) add(day.tradingDay, day, ZERO);
  const days = ledger ? (await readDays(filter, repos)).days : [];
  for (const { tradingDay, netPnl } of days) add(tradingDay, null, netPnl);
  return [...periods]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { sums, ...rest }]) => ({ key, ...rest, figures: tradeFigures(sums) }));
}

/** Each day's results and the net of its ledger day, side by side. */
export async function calendarDays(
  filter: ResolvedFilter,
  repos: ReadRepositories,
): Promise<readonly CalendarDay[]> {
  const results = new Map((await netsByDay(filter, repos)).map((day) => [day.tradingDay, day]));
  const ledger = isUnfiltered(filter) ? (await readDays(filter, repos)).days : null;
  const nets = new Map(ledger?.map(({ tradingDay, netPnl }) => [tradingDay, netPnl]));
  const days = [...new Set([...results.keys(), ...nets.keys()])].sort();
  return days.map((tradingDay) => {
    const day = results.get(tradingDay) ?? { count: 0, wins: 0, losses: 0, netPnl: ZERO };
    const { count, wins, losses, netPnl } = day;
    const ledgerNet = ledger && (nets.get(tradingDay) ?? ZERO);
    return { tradingDay, count, wins, losses, netPnl, ledgerNet };
  });
}
