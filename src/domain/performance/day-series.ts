import { addMoney, type Money, ZERO } from "../money.js";
import type { TradingDay } from "../trading-day.js";

/** What a day added to the balance: by trading, and by cash that was paid in or out. */
export interface DayChange {
  readonly tradingDay: TradingDay;
  readonly netPnl: Money;
  /** Not a result: it moves the balance, and no return. */
  readonly cash: Money;
}

/** A day with the balances at its start and end. */
export interface BalancedDay extends DayChange {
  /** Where the day starts from: the balance before it, and the day's cash. */
  readonly opening: Money;
  readonly closing: Money;
}

/** Balances day by day: starting balance + net + cash. `days` is oldest first, each day once. */
export function balances(start: Money, days: readonly DayChange[]): readonly BalancedDay[] {
  let balance = start;
  return days.map(({ tradingDay, netPnl, cash }) => {
    const opening = addMoney(balance, cash);
    balance = addMoney(opening, netPnl);
    return { tradingDay, netPnl, cash, opening, closing: balance };
  });
}

/**
 * The days with trading on them. Cash of the days between counts to the next one, since it is there that it moves
 * what a result is measured by. `days` is oldest first.
 */
export function tradedDays(
  days: readonly BalancedDay[],
  isTraded: (day: TradingDay) => boolean,
): readonly BalancedDay[] {
  const traded: BalancedDay[] = [];
  let waiting = ZERO;
  for (const day of days) {
    waiting = addMoney(waiting, day.cash);
    if (!isTraded(day.tradingDay)) continue;
    traded.push({ ...day, cash: waiting });
    waiting = ZERO;
  }
  return traded;
}

/** The days of several accounts, or of several kinds of change, as one: sums by day, oldest first. */
export function mergeDays(changes: readonly DayChange[]): readonly DayChange[] {
  const byDay = new Map<TradingDay, DayChange>();
  for (const change of changes) {
    const { tradingDay } = change;
    const known = byDay.get(tradingDay) ?? { tradingDay, netPnl: ZERO, cash: ZERO };
    byDay.set(tradingDay, {
      tradingDay,
      netPnl: addMoney(known.netPnl, change.netPnl),
      cash: addMoney(known.cash, change.cash),
    });
  }
  return [...byDay.values()].sort((a, b) => (a.tradingDay < b.tradingDay ? -1 : 1));
}
