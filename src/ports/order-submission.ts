import type { Instant } from "../domain/instant.js";
import type { OrderToSend } from "../domain/order-intent.js";

/** Gives an order to the broker; resolves to the broker's id of it. */
export type SendOrder = (order: OrderToSend) => Promise<{ readonly orderId: string }>;

/** What a broker said of the orders of an account. */
export interface ToldTags {
  /** The broker's order ids by custom tag. */
  readonly orders: ReadonlyMap<string, string>;
  /** Orders created from here on were told, all of them. */
  readonly since: Instant;
  /** When the broker was asked. An intent that was half a minute old, or less, may still be on its way. */
  readonly askedAt: Instant;
}
