import type { DayTotals } from "../domain/daily.js";
import type { AccountId } from "../domain/ids.js";
import type { Money } from "../domain/money.js";
import type { TradingDay } from "../domain/trading-day.js";

/** What a trading day came to over several accounts. */
export interface DayNet {
  readonly tradingDay: TradingDay;
  readonly netPnl: Money;
}

export interface DayReads {
  /** Oldest first. */
  list(accountId: AccountId): Promise<readonly DayTotals[]>;
  /** The days from one on, oldest first. */
  from(accountId: AccountId, day: TradingDay): Promise<readonly DayTotals[]>;
  /** Net of each day over several accounts, up to before a day (null: the end), oldest first. */
  nets(accountIds: readonly AccountId[], to: TradingDay | null): Promise<readonly DayNet[]>;
  /** Null for a day without fills. */
  get(accountId: AccountId, day: TradingDay): Promise<DayTotals | null>;
}
export interface DayRepository extends DayReads {
  insert(day: DayTotals): Promise<void>;
  update(day: DayTotals): Promise<void>;
  remove(accountId: AccountId, day: TradingDay): Promise<void>;
  clear(accountId: AccountId): Promise<void>;
}
