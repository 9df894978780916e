import type { AccountId, OrderId } from "../domain/ids.js";
import { secondsBetween } from "../domain/instant.js";
import type { Match } from "../domain/match.js";
import type { Order } from "../domain/order.js";
import { positionResult } from "../domain/performance/result.js";
import { SumBook, withLongerSpans } from "../domain/performance/sum-book.js";
import type { SumRow } from "../domain/performance/sum-row.js";
import type { Position } from "../domain/position.js";
import { netOf, type Trade } from "../domain/trade.js";
import type { Repositories } from "../ports/repositories.js";
import { makeRisks } from "./risk-keeper.js";
import { writeSums } from "./sum-writer.js";

/** What tells the buckets of results by their entry order. */
interface BucketSource {
  of(entry: OrderId): Promise<Pick<Order, "strategy" | "orderType">>;
}

/** Collects what results add to the kept sums, and take from them. */
export class ResultLedger {
  #matches = 0;

  constructor(
    accountId: AccountId,
    private readonly entries: BucketSource,
    private readonly book = new SumBook(accountId),
  ) {}

  async match(match: Match, times: 1 | -1): Promise<void> {
    const { strategy, orderType } = await this.entries.of(match.entryOrderId);
    this.#matches += times;
    const { entryTimestamp, exitTimestamp, grossPnl, commissions, fees } = match;
    const netPnl = netOf(grossPnl, commissions, fees);
    const durationSeconds = secondsBetween(entryTimestamp, exitTimestamp);
    const figures = { strategy, entryOrderType: orderType, netPnl, durationSeconds };
    this.book.add("match", { ...match, ...figures }, times);
  }

  async trade(trade: Trade, times: 1 | -1): Promise<void> {
    const { strategy, orderType } = await this.entries.of(trade.entryOrderId);
    this.book.add("trade", { ...trade, strategy, entryOrderType: orderType }, times);
  }

  /** An open position is no result. */
  async position(position: Position, times: 1 | -1): Promise<void> {
    if (position.status === "open") return;
    const { strategy, orderType } = await this.entries.of(position.entryOrderId);
    const result = positionResult({ ...position, strategy }, orderType);
    if (result) this.book.add("position", result, times);
  }

  get rows(): readonly SumRow[] {
    return this.book.rows();
  }

  /** Matches added less those taken away. */
  get matchCount(): number {
    return this.#matches;
  }
}

/** Writes what was collected. Books that were kept before there were sums get them first. */
export async function writeLedger(
  accountId: AccountId,
  ledger: ResultLedger,
  repos: Repositories,
): Promise<void> {
  const { rows } = ledger;
  // A fill that closes nothing is most of what is told: it costs nothing here.
  if (rows.length === 0) return;
  const newest = await repos.sums.newestDay(accountId);
  if (newest === null && (await repos.matches.count(accountId)) > ledger.matchCount) {
    return makeKept(accountId, repos);
  }
  return writeSums(accountId, newest, rows, repos);
}

/** Makes what an account keeps of results that were there before: their planned risks, and their sums. */
export async function makeKept(accountId: AccountId, repos: Repositories): Promise<void> {
  let after: OrderId | null = null;
  do after = await makeRisks(accountId, after, repos);
  while (after !== null);
  await makeSums(accountId, repos);
}

/** Makes an account's sums from its rows; whatever stood there goes. */
export async function makeSums(accountId: AccountId, repos: Repositories): Promise<void> {
  await repos.sums.clear(accountId);
  const book = new SumBook(accountId);
  for (const level of ["match", "trade", "position"] as const) {
    for (const result of await repos.results.list({ accountId, level })) {
      book.add(level, result, 1);
    }
  }
  for (const row of withLongerSpans(book.rows())) await repos.sums.add(row);
}

/** An order's strategy or type became known, or another: the sums of what it entered move to another bucket. */
export async function moveSums(before: Order, after: Order, repos: Repositories): Promise<void> {
  if (before.strategy === after.strategy && before.orderType === after.orderType) return;
  const { accountId, orderId } = after;
  const trades = await repos.trades.ofEntry(accountId, orderId);
  if (trades.length === 0) return;
  const positions = await repos.positions.ofEntry(accountId, orderId);
  const steps = [
    [before, -1],
    [after, 1],
  ] as const;
  const book = new SumBook(accountId);
  for (const [order, times] of steps) {
    const ledger = new ResultLedger(accountId, { of: async () => order }, book);
    for (const trade of trades) {
      await ledger.trade(trade, times);
      const { positionId, exitOrderId } = trade;
      for (const match of await repos.matches.ofTrade(
        accountId,
        positionId,
        orderId,
        exitOrderId,
      )) {
        await ledger.match(match, times);
      }
    }
    for (const position of positions) await ledger.position(position, times);
  }
  await writeSums(accountId, await repos.sums.newestDay(accountId), book.rows(), repos);
}
