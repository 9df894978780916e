import { nearestEven, PRICE_DECIMALS, total } from "./exact.js";

/** What an order says of risk: prices in billionths of a point. */
export interface OracleRiskOrder {
  readonly orderId: string;
  readonly filled: bigint;
  readonly averagePrice: bigint | null;
  readonly stopPrice: bigint | null;
  readonly stopLossOrderId: string | null;
  readonly parentOrderId: string | null;
  readonly createdAt: number;
  /** What people wrote on it and on its fills, in millionths of a dollar. */
  readonly written: readonly bigint[];
}

/** A closed result. */
export interface OracleRisked {
  readonly entryOrderId: string;
  readonly isLong: boolean;
  readonly quantity: bigint;
  /** Millionths of a dollar a point. */
  readonly pointValue: bigint;
  readonly net: bigint;
}

/**
 * What a result was planned to lose: its part of what people wrote of its entry order; else its distance to the stop
 * of that order, the linked one, else the newest child with a stop price.
 */
export function oracleRisk(
  { entryOrderId, isLong, quantity, pointValue }: OracleRisked,
  orders: readonly OracleRiskOrder[],
): bigint | null {
  const entry = orders.find(({ orderId }) => orderId === entryOrderId);
  if (!entry) return null;
  if (entry.written.length > 0) {
    const part = quantity < entry.filled ? quantity : entry.filled;
    const whole = total(entry.written);
    return whole > 0n && entry.filled > 0n ? nearestEven(whole * part, entry.filled) : null;
  }
  const linked = orders.find(({ orderId }) => orderId === entry.stopLossOrderId)?.stopPrice;
  const [newest] = orders
    .filter((order) => order.parentOrderId === entryOrderId && order.stopPrice !== null)
    .sort((a, b) => b.createdAt - a.createdAt || (a.orderId < b.orderId ? 1 : -1));
  const stop = linked ?? newest?.stopPrice ?? null;
  if (entry.averagePrice === null || stop === null) return null;
  const distance = isLong ? entry.averagePrice - stop : stop - entry.averagePrice;
  if (distance <= 0n) return null;
  return nearestEven(distance * quantity * pointValue, 10n ** BigInt(PRICE_DECIMALS));
}

/** The mean of results as multiples of their risk, where that is known and positive. */
export function oracleExpectancyR(
  results: readonly (OracleRisked & { readonly orders: readonly OracleRiskOrder[] })[],
): number | null {
  const multiples: number[] = [];
  for (const result of results) {
    const risk = oracleRisk(result, result.orders);
    if (risk !== null && risk > 0n) multiples.push(Number(result.net) / Number(risk));
  }
  if (multiples.length === 0) return null;
  return multiples.reduce((a, b) => a + b) / multiples.length;
}
