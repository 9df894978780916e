import { FILL_ORIGINS, type FillOrigin, originOfOrder } from "./fill.js";
import type { OrderId } from "./ids.js";

/** Where fills are from that no broker told. */
export type MadeOrigin = Exclude<FillOrigin, "broker">;
export const MADE_ORIGINS: readonly MadeOrigin[] = FILL_ORIGINS.filter(
  (origin) => origin !== "broker",
);

/** What is entered and left by orders of these ids rests on: each origin but the broker's, once. */
export function madeBy(orderIds: readonly (OrderId | null)[]): readonly MadeOrigin[] {
  const origins = new Set(orderIds.map((id) => id && originOfOrder(id)));
  return MADE_ORIGINS.filter((origin) => origins.has(origin));
}

/** `synthetic, settlement`; null when the broker told it all. */
export function madeAsText(origins: readonly MadeOrigin[]): string | null {
  return origins.length === 0 ? null : origins.join(", ");
}
