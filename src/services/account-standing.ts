import { cashEffect } from "../domain/cash.js";
import type { DayTotals } from "../domain/daily.js";
import type { Epoch } from "../domain/epoch.js";
import { invalid } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import { formatInstant, type Instant } from "../domain/instant.js";
import { addMoney, type Money, ZERO } from "../domain/money.js";
import { addFlows, moved, NO_FLOW, openingOf, type Standing } from "../domain/standing.js";
import { tradingDay, tradingDayEnd, tradingDayStart } from "../domain/trading-day.js";
import type { ReadRepositories } from "../ports/repositories.js";
import { type AccountFacts, readAccountFacts } from "./account-facts.js";
import { partOfDay, tradedWithin } from "./day-flows.js";
import { highestBefore } from "./end-of-day-rows.js";

/** Where an account stands with all that is booked; the highest end-of-day balance is of days over at `now`. */
export async function standingNow(
  accountId: AccountId,
  now: Instant,
  repos: ReadRepositories,
): Promise<Standing> {
  const [last, before] = await repos.snapshots.lastEods(accountId);
  if (last === undefined) return openingOf((await readAccountFacts(accountId, repos)).present);
  if (last.at <= now) return last;
  return { ...last, highestEodBalance: await highestBefore(last, before ?? null, repos) };
}

/** Where an account stood just after an instant. @throws BlotterError `invalid` before its records begin */
export async function standingAt(
  accountId: AccountId,
  at: Instant,
  repos: ReadRepositories,
): Promise<Standing> {
  const facts = await readAccountFacts(accountId, repos);
  requireRecorded(facts, at);
  const dayStart = tradingDayStart(tradingDay(at));
  const until = (at + 1) as Instant;
  const opened = facts.epochs.filter(
    ({ startsAt }) => startsAt !== null && startsAt >= dayStart && startsAt <= at,
  );
  const epoch = opened[opened.length - 1];
  const from = epoch?.startsAt ?? dayStart;
  const before = epoch ? null : await repos.snapshots.eodUpTo(accountId, dayStart);
  const start = before ?? openingOf(epoch ?? facts.first);
  const traded = await tradedWithin(accountId, { from, to: until }, repos);
  const cash = await cashWithin(accountId, from, until, repos);
  return moved(start, addFlows(traded, { ...NO_FLOW, cash }));
}

function requireRecorded({ account, first }: AccountFacts, at: Instant): void {
  if (first.startsAt === null || at >= first.startsAt) return;
  throw invalid(
    `the records of account ${account.accountId} begin at ${formatInstant(first.startsAt)}, after ${formatInstant(at)}`,
  );
}

async function cashWithin(
  accountId: AccountId,
  from: Instant,
  to: Instant,
  repos: ReadRepositories,
): Promise<Money> {
  const moves = await repos.cash.list({ accountId, from, to });
  return moves.reduce(
    (sum, move) => (move.voidedAt === null ? addMoney(sum, cashEffect(move)) : sum),
    ZERO,
  );
}

/** The ledger days of an epoch, oldest first; of the day it begins or ends in, its own part. */
export async function daysOfEpoch(
  accountId: AccountId,
  { startsAt, endsAt }: Epoch,
  repos: ReadRepositories,
): Promise<readonly DayTotals[]> {
  const days: DayTotals[] = [];
  for (const day of await repos.days.list(accountId)) {
    const [from, to] = [tradingDayStart(day.tradingDay), tradingDayEnd(day.tradingDay)];
    const [start, end] = [Math.max(from, startsAt ?? from), Math.min(to, endsAt ?? to)];
    if (start >= end) continue;
    if (start === from && end === to) days.push(day);
    else {
      const range = { from: start as Instant, to: end as Instant };
      const part = await partOfDay(accountId, range, repos);
      if (part) days.push(part);
    }
  }
  return days;
}
