import type { Account } from "../domain/account.js";
import { cashEffect } from "../domain/cash.js";
import type { AccountId } from "../domain/ids.js";
import { addMoney, type Money, subtractMoney, ZERO } from "../domain/money.js";
import type { DayChange } from "../domain/performance/day-series.js";
import {
  type TradingDay,
  tradingDay,
  tradingDayEnd,
  tradingDayStart,
} from "../domain/trading-day.js";
import type { CashEntry } from "../ports/account-repositories.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** What moved the balances of accounts other than by trading. */
export interface AccountCash {
  /** Sum of the balances that the records of the accounts begin with: opened with, or adopted with. */
  readonly opening: Money;
  /** In no order; a day may come several times. */
  readonly changes: readonly DayChange[];
}

/**
 * The cash of accounts, up to before a day (null: the end). What is older than an adoption is history, as it is
 * for the balance. A reset adds what it takes to get from the balance before it to the one after it.
 */
export async function readCash(
  accounts: readonly Account[],
  to: TradingDay | null,
  repos: ReadRepositories,
): Promise<AccountCash> {
  const ids = accounts.map(({ accountId }) => accountId);
  const adoptions = await repos.adoptions.openings(ids);
  const adopted = new Map(adoptions.map((adoption) => [adoption.accountId, adoption]));
  const openings = new Map(
    accounts.map(({ accountId, startingBalance }) => [
      accountId,
      adopted.get(accountId)?.balance ?? startingBalance,
    ]),
  );
  const end = to && tradingDayStart(to);
  const entries = (await repos.cash.entries(ids, end)).filter(
    ({ accountId, at }) => at >= (adopted.get(accountId)?.at ?? at),
  );
  const resets = new Map(
    entries.filter(({ type }) => type === "reset").map((reset) => [dayKey(reset), reset]),
  );
  const changes = entries.flatMap((entry) =>
    resets.has(dayKey(entry)) ? [] : [change(tradingDay(entry.at), cashEffect(entry))],
  );
  for (const { accountId, at } of resets.values()) {
    const day = tradingDay(at);
    const opening = openings.get(accountId) ?? ZERO;
    changes.push(change(day, await cashOfResetDay(accountId, day, opening, repos)));
  }
  return {
    opening: [...openings.values()].reduce((sum, one) => addMoney(sum, one), ZERO),
    changes,
  };
}

/** All that a day with a reset did to the balance and that was not trading. */
async function cashOfResetDay(
  accountId: AccountId,
  day: TradingDay,
  opening: Money,
  repos: ReadRepositories,
): Promise<Money> {
  const before = await repos.snapshots.eodUpTo(accountId, tradingDayStart(day));
  const after = await repos.snapshots.eodUpTo(accountId, tradingDayEnd(day));
  const traded = await repos.days.get(accountId, day);
  const start = before?.balance ?? opening;
  return subtractMoney(after?.balance ?? start, addMoney(start, traded?.netPnl ?? ZERO));
}

const dayKey = ({ accountId, at }: CashEntry) => `${tradingDay(at)} ${accountId}`;

const change = (day: TradingDay, cash: Money): DayChange => ({
  tradingDay: day,
  netPnl: ZERO,
  cash,
});
