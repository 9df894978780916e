import type { Epoch } from "./epoch.js";
import type { AccountId } from "./ids.js";
import { addMoney, type Money, subtractMoney, ZERO } from "./money.js";
import type { AccountSnapshot } from "./snapshot.js";
import { type TradingDay, tradingDayEnd } from "./trading-day.js";

/** Where an account stands: the figures of its epoch so far. */
export type Standing = Pick<
  AccountSnapshot,
  | "epoch"
  | "epochStartedAt"
  | "balance"
  | "grossPnl"
  | "commissions"
  | "fees"
  | "cash"
  | "highestEodBalance"
>;

/** What happened to an account's money over some time. */
export interface Flow {
  readonly grossPnl: Money;
  readonly commissions: Money;
  readonly fees: Money;
  readonly cash: Money;
}

export const NO_FLOW: Flow = { grossPnl: ZERO, commissions: ZERO, fees: ZERO, cash: ZERO };

export function addFlows(a: Flow, b: Flow): Flow {
  return {
    grossPnl: addMoney(a.grossPnl, b.grossPnl),
    commissions: addMoney(a.commissions, b.commissions),
    fees: addMoney(a.fees, b.fees),
    cash: addMoney(a.cash, b.cash),
  };
}

/** The first moment of an epoch. */
export function openingOf(epoch: Epoch): Standing {
  return {
    ...NO_FLOW,
    epoch: epoch.epoch,
    epochStartedAt: epoch.startsAt,
    balance: epoch.openingBalance,
    highestEodBalance: epoch.highestEodBalance,
  };
}

/** The balance that the epoch of a standing began with. */
export function openingBalanceOf(standing: Flow & Pick<Standing, "balance">): Money {
  const { balance, grossPnl, commissions, fees, cash } = standing;
  return subtractMoney(addMoney(balance, commissions, fees), addMoney(grossPnl, cash));
}

/** The standing after a flow. The highest end-of-day balance moves at ends of days alone. */
export function moved(standing: Standing, flow: Flow): Standing {
  const { grossPnl, commissions, fees, cash } = flow;
  const change = subtractMoney(addMoney(grossPnl, cash), addMoney(commissions, fees));
  return {
    ...addFlows(standing, flow),
    epoch: standing.epoch,
    epochStartedAt: standing.epochStartedAt,
    balance: addMoney(standing.balance, change),
    highestEodBalance: standing.highestEodBalance,
  };
}

/** Part of a trading day: from the start of the day, or of an epoch, to the next start or the day's end. */
export interface DayPart {
  /** The epoch that begins the part; null when the one before goes on. */
  readonly opens: Epoch | null;
  readonly flow: Flow;
}

/** What a trading day brought. */
export interface DayFlow {
  readonly day: TradingDay;
  readonly parts: readonly DayPart[];
  readonly closedAt: AccountSnapshot["closedAt"];
}

/** The snapshot at the end of a day, and the standing that the next day begins with. */
export function endOfDay(accountId: AccountId, start: Standing, day: DayFlow): AccountSnapshot {
  let standing = start;
  for (const { opens, flow } of day.parts) {
    standing = moved(opens ? openingOf(opens) : standing, flow);
  }
  return eodSnapshot(accountId, day.day, standing, day.closedAt);
}

/** @param standing at the end of the day, with the highest balance of the days before it */
export function eodSnapshot(
  accountId: AccountId,
  day: TradingDay,
  standing: Standing,
  closedAt: AccountSnapshot["closedAt"],
): AccountSnapshot {
  const { balance, highestEodBalance: highest } = standing;
  return {
    accountId,
    at: tradingDayEnd(day),
    type: "eod",
    epoch: standing.epoch,
    epochStartedAt: standing.epochStartedAt,
    balance,
    grossPnl: standing.grossPnl,
    commissions: standing.commissions,
    fees: standing.fees,
    cash: standing.cash,
    unrealizedPnl: null,
    highestEodBalance: highest === null || highest > balance ? highest : balance,
    closedAt,
    brokerBalance: null,
    drift: null,
    brokerCanTrade: null,
  };
}
