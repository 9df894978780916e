import type { AccountId, OrderId } from "../domain/ids.js";
import type { Money } from "../domain/money.js";
import type { Order } from "../domain/order.js";
import {
  isProtectionMoved,
  isRiskMoved,
  plannedRisk,
  UNKNOWN_ENTRY,
} from "../domain/performance/planned-risk.js";
import type { RiskedRow } from "../ports/performance-repositories.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";

/** Brings the planned risk of all that some orders entered up to date with what orders and annotations say. */
export async function keepRisks(
  accountId: AccountId,
  entryOrders: Iterable<OrderId>,
  repos: Repositories,
): Promise<void> {
  for (const orderId of entryOrders) {
    for (const { row, risk } of await risksOf(accountId, orderId, repos)) {
      if (risk !== row.plannedRisk) await repos.results.setPlannedRisk(accountId, row, risk);
    }
  }
}

/** All that an order entered, each with the planned risk that it should have. */
export async function risksOf(
  accountId: AccountId,
  entryOrder: OrderId,
  repos: ReadRepositories,
): Promise<readonly { readonly row: RiskedRow; readonly risk: Money | null }[]> {
  const rows = await repos.results.ofEntry(accountId, entryOrder);
  if (rows.length === 0) return [];
  const entry = (await repos.orders.entry(accountId, entryOrder)) ?? UNKNOWN_ENTRY;
  return rows.map((row) => ({ row, risk: plannedRisk(entry, row, row.pointValue) }));
}

/** The same after an order was written: what it entered, and what the orders entered that it protects. */
export async function followOrder(
  before: Order | null,
  after: Order,
  repos: Repositories,
): Promise<void> {
  await follow(before, after, before !== null && isRiskMoved(before, after), repos);
}

/**
 * The same after fills of an order were written. What is written on a fill comes and goes with it, also where the
 * order stays as it was: what it entered is always looked at.
 */
export async function followFills(before: Order, after: Order, repos: Repositories): Promise<void> {
  await follow(before, after, true, repos);
}

async function follow(
  before: Order | null,
  after: Order,
  ownMoved: boolean,
  repos: Repositories,
): Promise<void> {
  const { accountId, orderId } = after;
  const moved = new Set<OrderId>();
  if (ownMoved) moved.add(orderId);
  if (isProtectionMoved(before, after)) {
    for (const parent of [before?.parentOrderId, after.parentOrderId]) {
      if (parent) moved.add(parent);
    }
    for (const linked of await repos.orders.protectedBy(accountId, orderId)) moved.add(linked);
  }
  await keepRisks(accountId, moved, repos);
}

/** How many orders are looked at in one step. */
const STEP = 1_000;

/**
 * A step of making the planned risks of an account whose results were there before any was kept: those of the orders
 * after one, by id; null for the first. Returns where the next step begins; null when none is left.
 */
export async function makeRisks(
  accountId: AccountId,
  after: OrderId | null,
  repos: Repositories,
): Promise<OrderId | null> {
  const orders = await repos.orders.page(accountId, after, STEP);
  const filled = orders.filter(({ filledQuantity }) => filledQuantity > 0);
  const ids = filled.map(({ orderId }) => orderId);
  await keepRisks(accountId, ids, repos);
  return orders.length < STEP ? null : (orders.at(-1)?.orderId ?? null);
}
