import type { AccountId, OrderId } from "../domain/ids.js";
import type { Order } from "../domain/order.js";
import { isTerminal } from "../domain/order-lifecycle.js";
import {
  plainFill,
  plainOrder,
  plainPosition,
  plainSnapshot,
  plainTrade,
} from "../domain/plain.js";
import type { Trade } from "../domain/trade.js";
import type { OutboxEvent } from "../ports/events.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { Consolidation } from "../ports/services.js";
import type { FillFact } from "./fact-recorder.js";

export function orderChanged(order: Order): OutboxEvent {
  return { type: "order.changed", payload: plainOrder(order) };
}

/** What a change of fills has to tell: the fill, then its trades, then the position. */
export function fillEvents(fact: FillFact, done: Consolidation): readonly OutboxEvent[] {
  const events: OutboxEvent[] = [];
  if (fact.fill) events.push({ type: fillEventType(fact), payload: plainFill(fact.fill) });
  const { order } = fact;
  const ended = order && isTerminal(order.status) ? [order.orderId] : [];
  for (const event of consolidationEvents(done, new Set(ended))) events.push(event);
  return events;
}

function fillEventType({ outcome }: FillFact): "fill.voided" | "fill.recorded" | "fill.restated" {
  if (outcome === "voided") return "fill.voided";
  return outcome === "recorded" ? "fill.recorded" : "fill.restated";
}

/** Which of the trades' exit orders can fill no more. */
export async function endedOrders(
  accountId: AccountId,
  trades: readonly Trade[],
  repos: ReadRepositories,
): Promise<ReadonlySet<OrderId>> {
  const ended = new Set<OrderId>();
  for (const exitOrderId of new Set(trades.map((trade) => trade.exitOrderId))) {
    const order = await repos.orders.get(accountId, exitOrderId);
    if (order && isTerminal(order.status)) ended.add(exitOrderId);
  }
  return ended;
}

/** @param endedOrders exit orders of the trades that can fill no more */
export function consolidationEvents(
  done: Consolidation,
  endedOrders: ReadonlySet<OrderId>,
): readonly OutboxEvent[] {
  const { trades, removedTrades, position, restated } = done;
  const events: OutboxEvent[] = [];
  if (restated) {
    const payload = { removed: removedTrades.map(plainTrade), added: trades.map(plainTrade) };
    events.push({ type: "trades.restated", payload });
  } else {
    for (const trade of trades) {
      const flat = position?.positionId !== trade.positionId || position.status === "closed";
      const type = flat || endedOrders.has(trade.exitOrderId) ? "trade.closed" : "trade.changed";
      events.push({ type, payload: plainTrade(trade) });
    }
  }
  if (position) events.push({ type: "position.changed", payload: plainPosition(position) });
  for (const day of done.restatedDays) {
    events.push({ type: "day.restated", payload: plainSnapshot(day) });
  }
  return events;
}

/** Trades that are closed because their exit order has just ended; those of flat positions were before. */
export async function closedByOrder(
  before: Order | null,
  order: Order,
  repos: ReadRepositories,
): Promise<readonly OutboxEvent[]> {
  const ended = isTerminal(order.status) && !isTerminal(before?.status ?? null);
  if (!ended || order.bookedQuantity === 0) return [];
  const { accountId, contractId, orderId } = order;
  const position = await repos.positions.lastOpened(accountId, contractId, null);
  if (position?.status !== "open") return [];
  const trades = await repos.trades.ofPosition(accountId, position.positionId);
  return trades
    .filter((trade) => trade.exitOrderId === orderId)
    .map((trade) => ({ type: "trade.closed" as const, payload: plainTrade(trade) }));
}
