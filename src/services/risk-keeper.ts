import type { AccountId, OrderId } from "../domain/ids.js";
import type { Order } from "../domain/order.js";
import {
  isProtectionMoved,
  isRiskMoved,
  plannedRisk,
  UNKNOWN_ENTRY,
} from "../domain/performance/planned-risk.js";
import type { Repositories } from "../ports/repositories.js";

/** Brings the planned risk of all that some orders entered up to date with what orders and annotations say. */
export async function keepRisks(
  accountId: AccountId,
  entryOrders: Iterable<OrderId>,
  repos: Repositories,
): Promise<void> {
  for (const orderId of entryOrders) {
    const results = await repos.results.ofEntry(accountId, orderId);
    if (results.length === 0) continue;
    const entry = (await repos.orders.entry(accountId, orderId)) ?? UNKNOWN_ENTRY;
    for (const result of results) {
      const risk = plannedRisk(entry, result, result.pointValue);
      if (risk !== result.plannedRisk) await repos.results.setPlannedRisk(accountId, result, risk);
    }
  }
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
 * The same after fills of an order were written, with what the order takes from them.
 * @param hadFills without any before there is nothing that the order entered
 */
export async function followFills(
  before: Order,
  after: Order,
  hadFills: boolean,
  repos: Repositories,
): Promise<void> {
  // What hangs on a fill comes and goes with it, whatever the order says.
  await follow(before, after, hadFills, repos);
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

/** How many orders are looked at with one query. */
const PAGE = 1_000;

/** Makes the planned risks of an account whose results were there before any was kept. */
export async function makeRisks(accountId: AccountId, repos: Repositories): Promise<void> {
  let after: OrderId | null = null;
  for (;;) {
    const page: readonly Order[] = await repos.orders.page(accountId, after, PAGE);
    const filled = page.filter(({ filledQuantity }) => filledQuantity > 0);
    await keepRisks(
      accountId,
      filled.map(({ orderId }) => orderId),
      repos,
    );
    after = page[page.length - 1]?.orderId ?? null;
    if (page.length < PAGE) return;
  }
}
