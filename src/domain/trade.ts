import type { PositionSide } from "./codes.js";
import { divideHalfEven, toSafe } from "./decimal.js";
import type { AccountId, ContractId, FillKey, OrderId } from "./ids.js";
import { type Instant, secondsBetween } from "./instant.js";
import { compareClosed, type Match, profit } from "./match.js";
import { addKnown, addMoney, type Money, type Price, subtractMoney, ZERO } from "./money.js";

/** What a group of matches amounts to. Prices are averages; P&L is the sum of the matches', never an average's. */
export interface ClosedFigures {
  readonly quantity: number;
  readonly entryPrice: Price;
  readonly entryTimestamp: Instant;
  readonly entryFillKey: FillKey;
  readonly exitPrice: Price;
  readonly exitTimestamp: Instant;
  readonly exitFillKey: FillKey;
  readonly entryOrderId: OrderId;
  readonly exitOrderId: OrderId;
  readonly grossPnl: Money;
  readonly commissions: Money | null;
  readonly fees: Money | null;
  /** gross - known commissions - known fees */
  readonly netPnl: Money;
  readonly costsKnown: boolean;
  /** True when a fee table stands in for the broker's word on any cost. */
  readonly costsModelled: boolean;
  readonly durationSeconds: number;
  /** Worst and best unrealised result between first entry and last exit, in dollars; at most and at least 0. */
  readonly mae: Money;
  readonly mfe: Money;
}

/** A consolidated trade: all matches between one entry order and one exit order of one position. */
export interface Trade extends ClosedFigures {
  readonly accountId: AccountId;
  readonly tradeId: string;
  readonly positionId: string;
  readonly symbol: string;
  readonly contractId: ContractId;
  readonly root: string;
  readonly side: PositionSide;
  readonly pointValue: Money;
  readonly strategy: string | null;
}

/** Averages and sums over the matches of one position. `matches` is not empty and all of one side. */
export function closedFigures(matches: readonly Match[], pointValue: Money): ClosedFigures {
  const sorted = [...matches].sort(compareClosed);
  const last = sorted[sorted.length - 1];
  const first = sorted.reduce<Match | undefined>(earlierEntry, undefined);
  if (!first || !last) throw new RangeError("closedFigures needs at least one match");
  let quantity = 0;
  let grossPnl = ZERO;
  let commissions: Money | null = null;
  let fees: Money | null = null;
  for (const match of sorted) {
    quantity += match.quantity;
    grossPnl = addMoney(grossPnl, match.grossPnl);
    commissions = addKnown(commissions, match.commissions);
    fees = addKnown(fees, match.fees);
  }
  return {
    quantity,
    entryPrice: averagePrice(sorted, (m) => m.entryPrice),
    entryTimestamp: first.entryTimestamp,
    entryFillKey: first.entryFillKey,
    exitPrice: averagePrice(sorted, (m) => m.exitPrice),
    exitTimestamp: last.exitTimestamp,
    exitFillKey: last.exitFillKey,
    entryOrderId: first.entryOrderId,
    exitOrderId: last.exitOrderId,
    grossPnl,
    commissions,
    fees,
    netPnl: netOf(grossPnl, commissions, fees),
    costsKnown: sorted.every((m) => m.costsKnown),
    costsModelled: sorted.some((m) => m.costsModelled),
    durationSeconds: secondsBetween(first.entryTimestamp, last.exitTimestamp),
    ...excursions(sorted, pointValue),
  };
}

export function netOf(gross: Money, commissions: Money | null, fees: Money | null): Money {
  return subtractMoney(gross, addMoney(commissions ?? ZERO, fees ?? ZERO));
}

function earlierEntry(best: Match | undefined, match: Match): Match {
  if (!best) return match;
  const earlier =
    match.entryTimestamp - best.entryTimestamp || (match.entryFillKey < best.entryFillKey ? -1 : 1);
  return earlier < 0 ? match : best;
}

/** Quantity-weighted average, rounded half to even to 1e-9. */
export function averagePrice<T extends { readonly quantity: number }>(
  parts: readonly T[],
  priceOf: (part: T) => Price,
): Price {
  const first = parts[0];
  if (first && parts.every((part) => priceOf(part) === priceOf(first))) return priceOf(first);
  let value = 0n;
  let quantity = 0n;
  for (const part of parts) {
    value += BigInt(priceOf(part)) * BigInt(part.quantity);
    quantity += BigInt(part.quantity);
  }
  return toSafe(divideHalfEven(value, quantity), "average price") as Price;
}

/**
 * Maximum adverse and favourable excursion: all matches valued at the lowest and at the highest price
 * seen while any of them was open.
 */
export function excursions(
  matches: readonly Pick<Match, "lowPrice" | "highPrice" | "entryPrice" | "side" | "quantity">[],
  pointValue: Money,
): Pick<ClosedFigures, "mae" | "mfe"> {
  const low = matches.reduce((a, m) => Math.min(a, m.lowPrice), Infinity) as Price;
  const high = matches.reduce((a, m) => Math.max(a, m.highPrice), -Infinity) as Price;
  const results = [low, high].map((price) =>
    addMoney(
      ...matches.map((m) =>
        profit(m.entryPrice, price, m.side === "LONG" ? 1 : -1, m.quantity, pointValue),
      ),
    ),
  );
  return { mae: Math.min(0, ...results) as Money, mfe: Math.max(0, ...results) as Money };
}
