import type { AdoptedLot } from "../../domain/adoption.js";
import { formatInstant, parseInstant } from "../../domain/instant.js";
import { formatPrice, parsePrice } from "../../domain/money.js";

interface LotText {
  readonly contractId: AdoptedLot["contractId"];
  readonly side: AdoptedLot["side"];
  readonly quantity: number;
  readonly price: string;
  readonly openedAt: string;
}

/** Lots as JSON that people and other languages read: prices as decimals, instants as ISO-8601. */
export function textOfLots(lots: readonly AdoptedLot[]): string {
  return JSON.stringify(
    lots.map(
      ({ contractId, side, quantity, price, openedAt }): LotText => ({
        contractId,
        side,
        quantity,
        price: formatPrice(price),
        openedAt: formatInstant(openedAt),
      }),
    ),
  );
}

export function lotsOfText(text: string): readonly AdoptedLot[] {
  // The text was written by `textOfLots`; the row's checksum covers it.
  const lots = JSON.parse(text) as readonly LotText[];
  return lots.map((lot) => ({
    ...lot,
    price: parsePrice(lot.price, "stored price"),
    openedAt: parseInstant(lot.openedAt, "stored instant"),
  }));
}
