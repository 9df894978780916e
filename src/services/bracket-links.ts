import { inject, injectable } from "tsyringe";
import type { OrderId } from "../domain/ids.js";
import { type Order, orderFacts } from "../domain/order.js";
import {
  bracketOf,
  childTags,
  type DerivedLinks,
  parentByTag,
  parentTag,
} from "../domain/order-links.js";
import { changedFields, isDerivedLink, withLinks } from "../domain/order-merge.js";
import { Ids } from "../ports/ids.js";
import type { Repositories } from "../ports/repositories.js";
import { followOrder } from "./risk-keeper.js";

/**
 * Links of brackets that no report tells: a parent's stop loss and take profit, and the parent of a child that is
 * known by its tag only. They follow from all orders together, so the order in which those come does not matter.
 */
@injectable()
export class BracketLinks {
  constructor(@inject(Ids) private readonly ids: Ids) {}

  /** Brings the links of an order that was just written, and of its relatives, up to date. */
  async follow(
    before: Order | null,
    written: Order,
    repos: Repositories,
  ): Promise<{ readonly order: Order; readonly relatives: readonly Order[] }> {
    const changed = new Map<OrderId, Order>();
    let order = await this.#underItsParent(written, repos, changed);
    const parents = new Set<OrderId>();
    for (const parent of [before?.parentOrderId, written.parentOrderId, order.parentOrderId]) {
      if (parent) parents.add(parent);
    }
    for (const tag of new Set([before?.customTag, order.customTag])) {
      for (const parent of await this.#adopt(order, tag ?? null, repos, changed)) {
        parents.add(parent);
      }
    }
    parents.delete(order.orderId);
    for (const id of parents) {
      const parent = await repos.orders.get(order.accountId, id);
      // A placeholder has no links: its own report brings them.
      if (parent && parent.asOf !== null) await this.#withBracket(parent, repos, changed);
    }
    order = await this.#withBracket(order, repos, changed);
    changed.delete(order.orderId);
    return { order, relatives: [...changed.values()] };
  }

  /** An order that tells no parent is below the one whose tag its own begins with. */
  async #underItsParent(
    order: Order,
    repos: Repositories,
    changed: Map<OrderId, Order>,
  ): Promise<Order> {
    if (!isDerivedLink(order, "parentOrderId")) return order;
    const tag = parentTag(order.customTag);
    if (tag === null && order.parentOrderId === null) return order;
    const tagged = tag === null ? [] : await repos.orders.taggedEither(order.accountId, tag, tag);
    return this.#save(order, { parentOrderId: parentByTag(order, tagged) }, repos, changed);
  }

  /** Children by tag that have this order for a parent now, or no longer. Returns the parents that it concerns. */
  async #adopt(
    order: Order,
    tag: string | null,
    repos: Repositories,
    changed: Map<OrderId, Order>,
  ): Promise<readonly OrderId[]> {
    if (tag === null) return [];
    const [stopLoss, takeProfit] = childTags(tag);
    if (parentTag(stopLoss) === null) return [];
    const concerned: OrderId[] = [];
    for (const child of await repos.orders.taggedEither(order.accountId, stopLoss, takeProfit)) {
      if (child.orderId === order.orderId) continue;
      const moved = await this.#underItsParent(child, repos, changed);
      for (const parent of [child.parentOrderId, moved.parentOrderId]) {
        if (parent && child.parentOrderId !== moved.parentOrderId) concerned.push(parent);
      }
    }
    return concerned;
  }

  async #withBracket(
    order: Order,
    repos: Repositories,
    changed: Map<OrderId, Order>,
  ): Promise<Order> {
    const children = await repos.orders.children(order.accountId, order.orderId);
    return this.#save(order, bracketOf(order, children), repos, changed);
  }

  async #save(
    order: Order,
    links: Partial<DerivedLinks>,
    repos: Repositories,
    changed: Map<OrderId, Order>,
  ): Promise<Order> {
    const linked = withLinks(order, links);
    const changes = changedFields(order, linked);
    if (Object.keys(changes).length === 0) return order;
    const checked = { ...linked, checksum: this.ids.checksum(orderFacts(linked)) };
    await repos.orders.update(checked);
    await followOrder(order, checked, repos);
    const { accountId, orderId } = checked;
    const text = JSON.stringify(changes);
    await repos.orders.addEvent({
      accountId,
      orderId,
      eventKey: this.ids.checksum(JSON.stringify(["links", text])),
      changes: text,
      refused: null,
      source: "links",
    });
    changed.set(orderId, checked);
    return checked;
  }
}
