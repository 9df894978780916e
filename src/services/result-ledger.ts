import type { AccountId, OrderId } from "../domain/ids.js";
import { secondsBetween } from "../domain/instant.js";
import type { Match } from "../domain/match.js";
import type { Order } from "../domain/order.js";
import { positionResult } from "../domain/performance/result.js";
import { SumBook, withLongerSpans } from "../domain/performance/sum-book.js";
import type { SumRow } from "../domain/performance/sum-row.js";
import type { Position } from "../domain/position.js";
import { netOf, type Trade } from "../domain/trade.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { writeSums } from "./sum-writer.js";

/** What results take from their entry order. */
export type EntryOrder = Pick<Order, "strategy" | "orderType">;

const UNKNOWN_ENTRY: EntryOrder = { strategy: null, orderType: null };

/** Collects what results add to the kept sums, and take from them. */
export class ResultLedger {
  readonly #entries = new Map<OrderId, EntryOrder>();
  #matches = 0;

  constructor(
    private readonly accountId: AccountId,
    private readonly repos: ReadRepositories,
    /** Entry orders that are to be taken as they were, not as they are. */
    entries: ReadonlyMap<OrderId, EntryOrder> = new Map(),
    private readonly book = new SumBook(accountId),
  ) {
    for (const [id, entry] of entries) this.#entries.set(id, entry);
  }

  async match(match: Match, times: 1 | -1): Promise<void> {
    const { strategy, orderType } = await this.#entry(match.entryOrderId);
    this.#matches += times;
    const { entryTimestamp, exitTimestamp, grossPnl, commissions, fees } = match;
    const netPnl = netOf(grossPnl, commissions, fees);
    const durationSeconds = secondsBetween(entryTimestamp, exitTimestamp);
    const figures = { strategy, entryOrderType: orderType, netPnl, durationSeconds };
    this.book.add("match", { ...match, ...figures }, times);
  }

  async trade(trade: Trade, times: 1 | -1): Promise<void> {
    const { strategy, orderType } = await this.#entry(trade.entryOrderId);
    this.book.add("trade", { ...trade, strategy, entryOrderType: orderType }, times);
  }

  /** An open position is no result. */
  async position(position: Position, times: 1 | -1): Promise<void> {
    if (position.status === "open") return;
    const { strategy, orderType } = await this.#entry(position.entryOrderId);
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

  async #entry(orderId: OrderId): Promise<EntryOrder> {
    const known = this.#entries.get(orderId);
    if (known) return known;
    const entry = (await this.repos.orders.entry(this.accountId, orderId)) ?? UNKNOWN_ENTRY;
    this.#entries.set(orderId, entry);
    return entry;
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
    return makeSums(accountId, repos);
  }
  return writeSums(accountId, newest, rows, repos);
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
    const ledger = new ResultLedger(accountId, repos, new Map([[orderId, order]]), book);
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
