import type { AccountId, OrderId } from "../domain/ids.js";
import type { Money } from "../domain/money.js";
import {
  type EntryOrder,
  plannedRisk,
  type RiskBearer,
  UNKNOWN_ENTRY,
} from "../domain/performance/planned-risk.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** The entry orders of results, each read once. */
export class EntryOrders {
  readonly #known = new Map<OrderId, EntryOrder>();

  constructor(
    private readonly accountId: AccountId,
    private readonly repos: Pick<ReadRepositories, "orders">,
  ) {}

  async of(orderId: OrderId): Promise<EntryOrder> {
    const known = this.#known.get(orderId);
    if (known) return known;
    const entry = (await this.repos.orders.entry(this.accountId, orderId)) ?? UNKNOWN_ENTRY;
    this.#known.set(orderId, entry);
    return entry;
  }

  async plannedRisk(
    result: RiskBearer & { readonly entryOrderId: OrderId },
    pointValue: Money,
  ): Promise<Money | null> {
    return plannedRisk(await this.of(result.entryOrderId), result, pointValue);
  }
}
