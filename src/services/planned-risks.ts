import type { AccountId, FillId, OrderId } from "../domain/ids.js";
import { addMoney, type Money, ZERO } from "../domain/money.js";
import { riskShare, stopRisk } from "../domain/performance/planned-risk.js";
import type { Result } from "../domain/performance/result.js";
import type { EntryStop, ReadRepositories } from "../ports/repositories.js";
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
  const entries = new Map<AccountId, EntryRisks>();
  for (const { accountId } of accounts) {
    const risks = await entryRisks(accountId, repos);
    if (risks.written.size + risks.stops.size > 0) entries.set(accountId, risks);
  }
  if (entries.size === 0) return null;
  return ({ accountId, entryOrderId, contractId, quantity, side }) => {
    const risks = entries.get(accountId);
    const written = risks?.written.get(entryOrderId);
    if (written) return riskShare(written.risk, quantity, written.quantity);
    const stop = risks?.stops.get(entryOrderId);
    const pointValue = contracts.get(contractId)?.pointValue;
    if (stop === undefined || pointValue === undefined) return null;
    return stopRisk(stop.entryPrice, stop.stopPrice, side, quantity, pointValue);
  };
}

/** What is known of the risk of an account's entry orders. */
interface EntryRisks {
  /** By a person, for the filled quantity of the order. */
  readonly written: ReadonlyMap<OrderId, { readonly risk: Money; readonly quantity: number }>;
  readonly stops: ReadonlyMap<OrderId, EntryStop>;
}

async function entryRisks(accountId: AccountId, repos: ReadRepositories): Promise<EntryRisks> {
  const written = new Map<OrderId, { readonly risk: Money; readonly quantity: number }>();
  for (const { target, targetId, plannedRisk } of await repos.annotations.list(accountId)) {
    if (plannedRisk === null) continue;
    const orderId = await annotatedOrder(accountId, target, targetId, repos);
    const order = orderId && (await repos.orders.get(accountId, orderId));
    if (!order) continue;
    const known = written.get(order.orderId)?.risk ?? ZERO;
    written.set(order.orderId, {
      risk: addMoney(known, plannedRisk),
      quantity: order.filledQuantity,
    });
  }
  const stops = new Map<OrderId, EntryStop>();
  for (const stop of await repos.orders.entryStops(accountId)) stops.set(stop.entryOrderId, stop);
  return { written, stops };
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
