import { allCostsKnown, type EffectiveCosts } from "./cost.js";
import type { AccountId } from "./ids.js";
import type { Match } from "./match.js";
import { addMoney, type Money, subtractMoney, ZERO } from "./money.js";
import { type TradingDay, tradingDay } from "./trading-day.js";

/**
 * The ledger day: gross realised P&L on the day of each exit, costs on the day of each fill. Days of an
 * account add up to its balance: starting balance + sum of net.
 */
export interface DayTotals {
  readonly accountId: AccountId;
  readonly tradingDay: TradingDay;
  readonly grossPnl: Money;
  /** Known and modelled commissions and fees of the day's fills. */
  readonly commissions: Money;
  readonly fees: Money;
  readonly netPnl: Money;
  readonly fillCount: number;
  /** Fills whose commission or fee the broker has not told yet. */
  readonly unknownCostFills: number;
  /** Contracts filled. */
  readonly volume: number;
}

interface CostedFill extends EffectiveCosts {
  readonly executedAt: Match["exitTimestamp"];
  readonly quantity: number;
}

/** Collects what a change adds to and takes from the days of one account. */
export class DayLedger {
  readonly #days = new Map<TradingDay, DayTotals>();

  constructor(private readonly accountId: AccountId) {}

  fill(fill: CostedFill, times: 1 | -1): void {
    const day = this.#day(tradingDay(fill.executedAt));
    const move = times === 1 ? addMoney : subtractMoney;
    const costsKnown = allCostsKnown(fill);
    this.#put({
      ...day,
      commissions: move(day.commissions, fill.commission ?? ZERO),
      fees: move(day.fees, fill.fee ?? ZERO),
      fillCount: day.fillCount + times,
      unknownCostFills: day.unknownCostFills + (costsKnown ? 0 : times),
      volume: day.volume + times * fill.quantity,
    });
  }

  match(match: Match, times: 1 | -1): void {
    const day = this.#day(tradingDay(match.exitTimestamp));
    const move = times === 1 ? addMoney : subtractMoney;
    this.#put({ ...day, grossPnl: move(day.grossPnl, match.grossPnl) });
  }

  /** The days that changed, oldest first, each with its change (or, from nothing, its totals). */
  days(): readonly DayTotals[] {
    return [...this.#days.values()]
      .map((day) => ({
        ...day,
        netPnl: subtractMoney(day.grossPnl, addMoney(day.commissions, day.fees)),
      }))
      .filter(
        (day) =>
          day.grossPnl ||
          day.commissions ||
          day.fees ||
          day.fillCount ||
          day.unknownCostFills ||
          day.volume,
      )
      .sort((a, b) => (a.tradingDay < b.tradingDay ? -1 : 1));
  }

  #day(day: TradingDay): DayTotals {
    return this.#days.get(day) ?? emptyDay(this.accountId, day);
  }

  #put(day: DayTotals): void {
    this.#days.set(day.tradingDay, day);
  }
}

/** The first day's head with the sums of both. */
export function addDays(a: DayTotals, b: DayTotals): DayTotals {
  return {
    ...a,
    grossPnl: addMoney(a.grossPnl, b.grossPnl),
    commissions: addMoney(a.commissions, b.commissions),
    fees: addMoney(a.fees, b.fees),
    netPnl: addMoney(a.netPnl, b.netPnl),
    fillCount: a.fillCount + b.fillCount,
    unknownCostFills: a.unknownCostFills + b.unknownCostFills,
    volume: a.volume + b.volume,
  };
}

export function emptyDay(accountId: AccountId, day: TradingDay): DayTotals {
  return {
    accountId,
    tradingDay: day,
    grossPnl: ZERO,
    commissions: ZERO,
    fees: ZERO,
    netPnl: ZERO,
    fillCount: 0,
    unknownCostFills: 0,
    volume: 0,
  };
}
