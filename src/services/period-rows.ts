import { addMoney, type Money, ZERO } from "../domain/money.js";
import { type Period, periodOf } from "../domain/performance/period.js";
import { combineSums, NO_RESULTS, type ResultSums } from "../domain/performance/result-sums.js";
import { tradeFigures } from "../domain/performance/trade-figures.js";
import type { TradingDay } from "../domain/trading-day.js";
import type { DayNet } from "../ports/day-repositories.js";
import type { CalendarDay, PeriodRow } from "../ports/performance.js";
import type { CalendarSums } from "../ports/performance-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { ledgerNets, readDays } from "./day-reader.js";
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
  const results = await netsByDay(filter, repos);
  if (!isUnfiltered(filter)) return results.map((day) => ({ ...day, ledgerNet: null }));
  const { from } = filter;
  const ledger = await ledgerNets(filter, repos);
  return sideBySide(results, from === null ? ledger : ledger.filter((d) => d.tradingDay >= from));
}

/** Two lists of days, each oldest first, as one. */
function sideBySide(
  results: readonly CalendarSums[],
  ledger: readonly DayNet[],
): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  let [r, l] = [0, 0];
  for (;;) {
    const [result, booked] = [results[r], ledger[l]];
    const day = earlier(result?.tradingDay, booked?.tradingDay);
    if (day === undefined) return days;
    const [isResult, isBooked] = [result?.tradingDay === day, booked?.tradingDay === day];
    const { count, wins, losses, netPnl } = isResult && result ? result : NOTHING_CLOSED;
    const ledgerNet = isBooked && booked ? booked.netPnl : ZERO;
    days.push({ tradingDay: day, count, wins, losses, netPnl, ledgerNet });
    if (isResult) r += 1;
    if (isBooked) l += 1;
  }
}

const NOTHING_CLOSED = { count: 0, wins: 0, losses: 0, netPnl: ZERO } as const;

function earlier(a: TradingDay | undefined, b: TradingDay | undefined): TradingDay | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
