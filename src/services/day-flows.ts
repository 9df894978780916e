import { type CashMovement, cashEffect } from "../domain/cash.js";
import type { DayTotals } from "../domain/daily.js";
import type { Epoch } from "../domain/epoch.js";
import type { AccountId } from "../domain/ids.js";
import type { Instant } from "../domain/instant.js";
import { addMoney, type Money, ZERO } from "../domain/money.js";
import { addFlows, type DayFlow, type DayPart, type Flow, NO_FLOW } from "../domain/standing.js";
import {
  type TradingDay,
  tradingDay,
  tradingDayEnd,
  tradingDayStart,
} from "../domain/trading-day.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { AccountFacts } from "./account-facts.js";

/**
 * What each day from one on brought: days with fills or realised results, with cash movements, with the start
 * of an epoch, and closed ones. Days before the records of the account begin are left out.
 *
 * @param totals ledger days, at least those from that day on
 */
export async function dayFlows(
  facts: AccountFacts,
  from: TradingDay | null,
  totals: readonly DayTotals[],
  repos: ReadRepositories,
): Promise<readonly DayFlow[]> {
  const { accountId } = facts.account;
  const start = later(from, facts.first.startsAt);
  const days = new Map(totals.map((day) => [day.tradingDay, day]));
  const since = start === null ? {} : { from: tradingDayStart(start) };
  const moves = await repos.cash.list({ accountId, ...since });
  const cash = byDay(moves.filter((movement) => counts(movement, facts.first)));
  const closings = await repos.closings.list(accountId, start);
  const closed = new Map(closings.map((closing) => [closing.tradingDay, closing.closedAt]));
  const starts = facts.epochs.flatMap(({ startsAt }) =>
    startsAt === null ? [] : [tradingDay(startsAt)],
  );
  const all = new Set([...days.keys(), ...cash.keys(), ...closed.keys(), ...starts]);
  const flows: DayFlow[] = [];
  for (const day of [...all].filter((one) => start === null || one >= start).sort()) {
    const moved = cash.get(day) ?? [];
    const parts = await partsOf(facts, day, days.get(day) ?? null, moved, repos);
    flows.push({ day, parts, closedAt: closed.get(day) ?? null });
  }
  return flows;
}

function later(from: TradingDay | null, startsAt: Instant | null): TradingDay | null {
  const first = startsAt === null ? null : tradingDay(startsAt);
  if (from === null || first === null) return from ?? first;
  return from > first ? from : first;
}

/** A movement before an adoption is in the adopted balance. */
function counts({ voidedAt, at }: CashMovement, first: Epoch): boolean {
  return voidedAt === null && at >= (first.startsAt ?? at);
}

function byDay(movements: readonly CashMovement[]): ReadonlyMap<TradingDay, CashMovement[]> {
  const days = new Map<TradingDay, CashMovement[]>();
  for (const movement of movements) {
    const day = tradingDay(movement.at);
    const known = days.get(day);
    if (known) known.push(movement);
    else days.set(day, [movement]);
  }
  return days;
}

async function partsOf(
  { account, epochs }: AccountFacts,
  day: TradingDay,
  totals: DayTotals | null,
  cash: readonly CashMovement[],
  repos: ReadRepositories,
): Promise<readonly DayPart[]> {
  const [from, to] = [tradingDayStart(day), tradingDayEnd(day)];
  const opening = epochs.filter(({ startsAt: at }) => at !== null && at >= from && at < to);
  if (opening.length === 0) return [{ opens: null, flow: flowOf(totals, cash) }];
  const parts = [
    { opens: null, from },
    ...opening.map((opens) => ({ opens, from: opens.startsAt })),
  ];
  const flows: DayPart[] = [];
  for (const [i, part] of parts.entries()) {
    const end = parts[i + 1]?.from ?? to;
    const within = { from: part.from ?? from, to: end };
    const moved = cash.filter(({ at }) => at >= within.from && at < within.to);
    const traded = await tradedWithin(account.accountId, within, repos);
    flows.push({ opens: part.opens, flow: addFlows(traded, flowOf(null, moved)) });
  }
  return flows;
}

function flowOf(totals: DayTotals | null, cash: readonly CashMovement[]): Flow {
  const { grossPnl, commissions, fees } = totals ?? NO_FLOW;
  return { grossPnl, commissions, fees, cash: sumOf(cash, cashEffect) };
}

/** What trading brought within a part of a day, from the fills and matches themselves. */
export async function tradedWithin(
  accountId: AccountId,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  repos: ReadRepositories,
): Promise<Flow> {
  if (from >= to) return NO_FLOW;
  const fills = await repos.fills.list({ accountId, from, to });
  const matches = await repos.matches.list({ accountId, from, to });
  return {
    grossPnl: sumOf(matches, (match) => match.grossPnl),
    commissions: sumOf(fills, (fill) => fill.commission),
    fees: sumOf(fills, (fill) => fill.fee),
    cash: ZERO,
  };
}

function sumOf<T>(rows: readonly T[], amountOf: (row: T) => Money | null): Money {
  return rows.reduce((sum, row) => addMoney(sum, amountOf(row) ?? ZERO), ZERO);
}
