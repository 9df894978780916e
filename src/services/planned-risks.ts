import type { AccountId, FillId, OrderId } from "../domain/ids.js";
import { addMoney, type Money, type Price } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import { riskShare, stopRisk } from "../domain/performance/planned-risk.js";
import type { Result } from "../domain/performance/result.js";
import type { ReadRepositories } from "../ports/repositories.js";
import type { ResolvedFilter } from "./performance-filter.js";

/** The fields of a result that its planned risk follows from. */
export const RISKED_FIELDS = [
  "accountId",
  "entryOrderId",
  "contractId",
  "quantity",
  "side",
] as const satisfies readonly (keyof Result)[];

export type RiskOf = (result: Pick<Result, (typeof RISKED_FIELDS)[number]>) => Money | null;

/**
 * What each result was planned to lose at most: what a person wrote on its entry order, else the distance to that
 * order's protective stop as it was last told. Null where neither is known. A position bears the risk of the order
 * that opened it. No function where no order's risk is known.
 */
export async function plannedRisks(
  { accounts, contracts }: ResolvedFilter,
  repos: ReadRepositories,
): Promise<RiskOf | null> {
  const entries = new Map<string, EntryRisk>();
  for (const { accountId } of accounts) {
    for (const [orderId, entry] of await entryRisks(accountId, repos)) {
      entries.set(keyOf(accountId, orderId), entry);
    }
  }
  if (entries.size === 0) return null;
  return (result) => {
    const entry = entries.get(keyOf(result.accountId, result.entryOrderId));
    const pointValue = contracts.get(result.contractId)?.pointValue;
    if (entry === undefined) return null;
    if (entry.written !== null) {
      return riskShare(entry.written, result.quantity, entry.order.filledQuantity);
    }
    const { averageFillPrice } = entry.order;
    if (entry.stop === null || averageFillPrice === null || pointValue === undefined) return null;
    return stopRisk(averageFillPrice, entry.stop, result.side, result.quantity, pointValue);
  };
}

interface EntryRisk {
  readonly order: Order;
  readonly written: Money | null;
  readonly stop: Price | null;
}

const keyOf = (accountId: AccountId, orderId: OrderId) => JSON.stringify([accountId, orderId]);

async function entryRisks(
  accountId: AccountId,
  repos: ReadRepositories,
): Promise<ReadonlyMap<OrderId, EntryRisk>> {
  const written = new Map<OrderId, Money>();
  for (const { target, targetId, plannedRisk } of await repos.annotations.list(accountId)) {
    if (plannedRisk === null) continue;
    const orderId = await annotatedOrder(accountId, target, targetId, repos);
    if (orderId === null) continue;
    const known = written.get(orderId);
    written.set(orderId, known === undefined ? plannedRisk : addMoney(known, plannedRisk));
  }
  const stops = new Map<OrderId, Price>();
  for (const { entryOrderId, stopPrice } of await repos.orders.entryStops(accountId)) {
    stops.set(entryOrderId, stopPrice);
  }
  const risks = new Map<OrderId, EntryRisk>();
  for (const orderId of new Set([...written.keys(), ...stops.keys()])) {
    const order = await repos.orders.get(accountId, orderId);
    if (order === null) continue;
    risks.set(orderId, {
      order,
      written: written.get(orderId) ?? null,
      stop: stops.get(orderId) ?? null,
    });
  }
  return risks;
}

/** Risk written on fills adds up to that of their order. */
async function annotatedOrder(
  accountId: AccountId,
  target: "order" | "fill",
  targetId: string,
  repos: ReadRepositories,
): Promise<OrderId | null> {
  // Annotations are written on orders and fills that are there.
  if (target === "order") return targetId as OrderId;
  const fill = await repos.fills.get(accountId, targetId as FillId, false);
  return fill?.orderId ?? null;
}
