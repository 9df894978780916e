import { addMoney, type Money } from "../money.js";
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
