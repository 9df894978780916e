import { nearestEven, PRICE_DECIMALS, total } from "./exact.js";

/** A price at which something was dealt or seen; of one instant, in the order in which they stand. */
export interface OraclePrice {
  readonly at: number;
  /** Billionths of a point. */
  readonly price: bigint;
  /** Of the fill that dealt at it; null for a price that was only seen. */
  readonly fillId: string | null;
}

/** Contracts that one fill opened and another closed. */
export interface OraclePiece {
  readonly entryFillId: string;
  readonly exitFillId: string;
  readonly isLong: boolean;
  readonly quantity: bigint;
}

/**
 * Worst and best unrealised result of pieces, in millionths of a dollar, at most and at least 0: all of them valued
 * at each price of their market from the entry to the exit of any of them.
 *
 * @param prices of the account's fills and of the market, of one contract, in order
 * @param pointValue millionths of a dollar a point
 */
export function oracleExcursions(
  pieces: readonly OraclePiece[],
  prices: readonly OraclePrice[],
  pointValue: bigint,
): { readonly mae: bigint; readonly mfe: bigint } {
  const place = (id: string) => prices.findIndex(({ fillId }) => fillId === id);
  const seen = pieces.flatMap(({ entryFillId, exitFillId }) =>
    prices.slice(place(entryFillId), place(exitFillId) + 1),
  );
  const results = seen.map(({ price }) =>
    total(pieces.map((piece) => worth(piece, prices, price, pointValue))),
  );
  return {
    mae: results.reduce((a, b) => (b < a ? b : a), 0n),
    mfe: results.reduce((a, b) => (b > a ? b : a), 0n),
  };
}

function worth(
  { entryFillId, isLong, quantity }: OraclePiece,
  prices: readonly OraclePrice[],
  price: bigint,
  pointValue: bigint,
): bigint {
  const entry = prices.find(({ fillId }) => fillId === entryFillId);
  if (entry === undefined) throw new Error(`no fill ${entryFillId}`);
  const points = (price - entry.price) * (isLong ? quantity : -quantity);
  return nearestEven(points * pointValue, 10n ** BigInt(PRICE_DECIMALS));
}
