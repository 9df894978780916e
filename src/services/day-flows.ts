import { type CashMovement, cashEffect } from "../domain/cash.js";
import { DayLedger, type DayTotals } from "../domain/daily.js";
import { executionOf } from "../domain/fill.js";
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
  const cash = byDay(moves.filter(({ voidedAt }) => voidedAt === null));
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

/** The ledger of a part of a day, from the fills and matches themselves; nothing when there are none. */
export async function partOfDay(
  accountId: AccountId,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  repos: ReadRepositories,
): Promise<DayTotals | null> {
  if (from >= to) return null;
  const ledger = new DayLedger(accountId);
  for (const fill of await repos.fills.list({ accountId, from, to })) {
    ledger.fill(executionOf(fill, null), 1);
  }
  for (const match of await repos.matches.list({ accountId, from, to })) ledger.match(match, 1);
  return ledger.days()[0] ?? null;
}

/** What trading brought within a part of a day. */
export async function tradedWithin(
  accountId: AccountId,
  range: { readonly from: Instant; readonly to: Instant },
  repos: ReadRepositories,
): Promise<Flow> {
  return flowOf(await partOfDay(accountId, range, repos), []);
}

function sumOf<T>(rows: readonly T[], amountOf: (row: T) => Money | null): Money {
  return rows.reduce((sum, row) => addMoney(sum, amountOf(row) ?? ZERO), ZERO);
}
