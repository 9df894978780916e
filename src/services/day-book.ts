import { inject, injectable } from "tsyringe";
import { BlotterError, invalid } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import { formatInstant } from "../domain/instant.js";
import { plainSnapshot } from "../domain/plain.js";
import { type AccountSnapshot, snapshotDay } from "../domain/snapshot.js";
import {
  dayAfter,
  isWeekday,
  parseTradingDay,
  type TradingDay,
  tradingDay,
  tradingDayEnd,
} from "../domain/trading-day.js";
import type { DayOutcome } from "../ports/account-service.js";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import type { OutboxEvent } from "../ports/events.js";
import type { Repositories } from "../ports/repositories.js";
import { readAccountFacts } from "./account-facts.js";
import { restateDays } from "./end-of-day-rows.js";

/** Closes trading days: each once. */
@injectable()
export class DayBook {
  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
  ) {}

  /** @throws BlotterError `invalid` for a day that is not over, or lies before the account's records */
  async close(
    accountId: AccountId,
    text: string | undefined,
    repos: Repositories,
  ): Promise<DayOutcome> {
    const day = text === undefined ? this.#lastWeekday() : parseTradingDay(text);
    const end = tradingDayEnd(day);
    if (end > this.clock.now()) {
      throw invalid(`trading day ${day} is not over: it ends at ${formatInstant(end)}`);
    }
    const { first } = await readAccountFacts(accountId, repos);
    if (first.startsAt !== null && end <= first.startsAt) {
      throw invalid(
        `trading day ${day} lies before the records of account ${accountId}, which begin at ${formatInstant(first.startsAt)}`,
      );
    }
    const [closed] = await this.#close(accountId, [day], repos);
    if (closed) return { outcome: "recorded", snapshot: closed };
    const snapshot = await repos.snapshots.get(accountId, end, "eod");
    if (!snapshot) throw new BlotterError("corrupt", `closed day ${day} has no snapshot: rebuild`);
    return { outcome: "known", snapshot };
  }

  /** Closes each weekday, and each day with activity, that is over and not closed. */
  async catchUp(accountId: AccountId, repos: Repositories): Promise<readonly DayOutcome[]> {
    const due = await this.#due(accountId, repos);
    if (due.length === 0) return [];
    const closed = await this.#close(accountId, due, repos);
    return closed.map((snapshot) => ({ outcome: "recorded", snapshot }));
  }

  async #due(accountId: AccountId, repos: Repositories): Promise<readonly TradingDay[]> {
    const { account, first } = await readAccountFacts(accountId, repos);
    const since = Math.max(account.createdAt, first.startsAt ?? 0) as typeof account.createdAt;
    const from = tradingDay(since);
    const today = tradingDay(this.clock.now());
    if (from >= today) return [];
    const closings = await repos.closings.list(accountId, from);
    const closed = new Set(closings.map((closing) => closing.tradingDay));
    const range = { from: tradingDayEnd(from), to: tradingDayEnd(today) };
    const rows = await repos.snapshots.list({ accountId, type: "eod", ...range });
    const active = new Set(rows.map(snapshotDay));
    const due: TradingDay[] = [];
    for (let day = from; day < today; day = dayAfter(day, 1)) {
      if (!closed.has(day) && (isWeekday(day) || active.has(day))) due.push(day);
    }
    return due;
  }

  /** @param days ascending. Those that were closed already do not come back. */
  async #close(
    accountId: AccountId,
    days: readonly TradingDay[],
    repos: Repositories,
  ): Promise<readonly AccountSnapshot[]> {
    const closedAt = this.clock.now();
    const fresh: TradingDay[] = [];
    for (const day of days) {
      if (await repos.closings.insert({ accountId, tradingDay: day, closedAt })) fresh.push(day);
    }
    const [first] = fresh;
    if (first === undefined) return [];
    await restateDays(accountId, first, repos);
    const rows: AccountSnapshot[] = [];
    for (const day of fresh) {
      const row = await repos.snapshots.get(accountId, tradingDayEnd(day), "eod");
      if (row) rows.push(row);
    }
    const events: readonly OutboxEvent[] = rows.map((row) => ({
      type: "day.closed",
      payload: plainSnapshot(row),
    }));
    await repos.outbox.append(accountId, events, closedAt);
    for (const day of fresh) {
      await this.compliance.review(accountId, { kind: "closed", day }, repos, closedAt);
    }
    return rows;
  }

  /** The newest weekday that is over. */
  #lastWeekday(): TradingDay {
    let day = dayAfter(tradingDay(this.clock.now()), -1);
    while (!isWeekday(day)) day = dayAfter(day, -1);
    return day;
  }
}
