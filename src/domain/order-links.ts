import { compareText, type OrderId } from "./ids.js";
import type { Order } from "./order.js";

/** What a bracket's child is for. */
export type BracketRole = "STOP_LOSS" | "TAKE_PROFIT";

/** Links that follow from those of other orders where no report tells them. */
export type DerivedLinks = Pick<Order, "parentOrderId" | "stopLossOrderId" | "takeProfitOrderId">;
export type LinkField = keyof DerivedLinks;

const SUFFIXES: readonly (readonly [suffix: string, role: BracketRole])[] = [
  ["-SL", "STOP_LOSS"],
  ["-TP", "TAKE_PROFIT"],
];

/** The tags that a bracket's children carry: the parent's, with `-SL` and `-TP` behind. */
export function childTags(tag: string): readonly [stopLoss: string, takeProfit: string] {
  return [`${tag}-SL`, `${tag}-TP`];
}

/** The tag of a child's parent; null for a tag that names none. A child has no children. */
export function parentTag(tag: string | null): string | null {
  if (tag === null || tagRole(tag) === null) return null;
  const rest = tag.slice(0, -3);
  return rest === "" || tagRole(rest) !== null ? null : rest;
}

function tagRole(tag: string): BracketRole | null {
  return SUFFIXES.find(([suffix]) => tag.endsWith(suffix))?.[1] ?? null;
}

/** By the tag's suffix, else by the type: a stop protects, a limit takes profit. Null for any other. */
export function bracketRole({ customTag, orderType }: Order): BracketRole | null {
  const named = customTag === null ? null : tagRole(customTag);
  if (named !== null) return named;
  switch (orderType) {
    case "STOP":
    case "STOP_LIMIT":
    case "TRAILING_STOP":
      return "STOP_LOSS";
    case "LIMIT":
      return "TAKE_PROFIT";
    case "MARKET":
    case "JOIN_BID":
    case "JOIN_ASK":
    case null:
      return null;
  }
}

/** The newest of several orders: brackets are replaced, and tags used again. */
export function newestOrder(orders: readonly Order[]): Order | null {
  return [...orders].sort(newestFirst)[0] ?? null;
}

/** @param children all orders whose parent this one is */
export function bracketOf(
  parent: Order,
  children: readonly Order[],
): Pick<DerivedLinks, "stopLossOrderId" | "takeProfitOrderId"> {
  const own = children.filter((child) => isOf(child, parent));
  const newest = (role: BracketRole): OrderId | null =>
    newestOrder(own.filter((child) => bracketRole(child) === role))?.orderId ?? null;
  return { stopLossOrderId: newest("STOP_LOSS"), takeProfitOrderId: newest("TAKE_PROFIT") };
}

/** The parent of a child that is known by its tag only. @param tagged orders that carry the parent's tag */
export function parentByTag(child: Order, tagged: readonly Order[]): OrderId | null {
  return newestOrder(tagged.filter((parent) => isOf(child, parent)))?.orderId ?? null;
}

/** A bracket is of one contract, and no order is its own parent. */
function isOf(child: Order, parent: Order): boolean {
  return child.contractId === parent.contractId && child.orderId !== parent.orderId;
}

/** What an order's links, and those of its relatives, depend on. */
export function isRelinked(before: Order | null, after: Order): boolean {
  // A placeholder has no links, and nobody is linked to it.
  if (before === null || before.asOf === null) return true;
  return (
    before.parentOrderId !== after.parentOrderId ||
    before.stopLossOrderId !== after.stopLossOrderId ||
    before.takeProfitOrderId !== after.takeProfitOrderId ||
    before.customTag !== after.customTag ||
    before.orderType !== after.orderType ||
    before.createdAt !== after.createdAt
  );
}

function newestFirst(a: Order, b: Order): number {
  return b.createdAt - a.createdAt || compareText(b.orderId, a.orderId);
}
