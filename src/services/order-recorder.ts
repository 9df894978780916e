import { inject, injectable } from "tsyringe";
import { type Order, type OrderReport, orderFacts, placeholder } from "../domain/order.js";
import { isRelinked } from "../domain/order-links.js";
import { applyReport } from "../domain/order-merge.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import type { OrderOutcome } from "../ports/services.js";
import { BracketLinks } from "./bracket-links.js";
import { moveSums } from "./result-ledger.js";
import { followOrder } from "./risk-keeper.js";

export interface OrderFact extends OrderOutcome {
  /** The order as it was; null when it was not known at all. */
  readonly before: Order | null;
  /** Others whose links follow from this order's, as they are now. */
  readonly relatives: readonly Order[];
}

/** Records what reports say of orders, with every change and every refused move in the order's history. */
@injectable()
export class OrderRecorder {
  constructor(
    @inject(Ids) private readonly ids: Ids,
    @inject(BracketLinks) private readonly links: BracketLinks,
  ) {}

  /** @throws BlotterError `invalid` when contract or side is another than the order's */
  async order(report: OrderReport, repos: Repositories): Promise<OrderFact> {
    const { accountId, orderId } = report;
    const before = await repos.orders.get(accountId, orderId);
    const change = applyReport(before ?? blank(report), report);
    const order = { ...change.order, checksum: this.ids.checksum(orderFacts(change.order)) };
    const moved = Object.keys(change.changes).length > 0;
    if (before === null) await repos.orders.insert(order);
    else if (before.checksum !== order.checksum) await repos.orders.update(order);
    if (before === null || moved || change.refused !== null) {
      await repos.orders.addEvent({
        accountId,
        orderId,
        eventKey: this.ids.checksum(JSON.stringify([report.stamp, report.status, report.fields])),
        changes: JSON.stringify(change.changes),
        refused: change.refused,
        source: report.source,
      });
    }
    if (before) await moveSums(before, order, repos);
    await followOrder(before, order, repos);
    if (before && before.strategy !== order.strategy) {
      await repos.positions.setStrategy(accountId, orderId, order.strategy);
    }
    const outcome = before === null ? "recorded" : moved ? "changed" : "known";
    const { refused } = change;
    if (!isRelinked(before, order)) return { outcome, order, before, refused, relatives: [] };
    const linked = await this.links.follow(before, order, repos);
    return { outcome, before, refused, ...linked };
  }
}

function blank({ accountId, orderId, contract, side, createdAt }: OrderReport): Order {
  const { symbol, contractId, root } = contract;
  return placeholder({ accountId, orderId, symbol, contractId, root, side, createdAt });
}
