import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import { formatInstant } from "../domain/instant.js";
import type { Match } from "../domain/match.js";
import { moneyToNumber, priceToNumber } from "../domain/money.js";
import {
  type PlainRow,
  plainClosedPosition,
  plainMatch,
  plainPosition,
  plainTrade,
} from "../domain/plain.js";
import type { ClosedRows } from "../ports/queries.js";
import type { ValuedPosition } from "../ports/services.js";

/** Matches with the point values of their contracts. @throws BlotterError `corrupt` when one is missing */
export function plainMatches(
  matches: readonly Match[],
  contracts: readonly Contract[],
): readonly PlainRow[] {
  const pointValues = new Map(contracts.map((c) => [c.contractId, c.pointValue]));
  return matches.map((match) => {
    const pointValue = pointValues.get(match.contractId);
    if (pointValue === undefined) {
      throw new BlotterError(
        "corrupt",
        `the contract ${match.contractId} of a match is not in the store: run blotter verify`,
      );
    }
    return plainMatch(match, pointValue);
  });
}

export function plainClosedRows(
  closed: ClosedRows,
  contracts: readonly Contract[],
): readonly PlainRow[] {
  switch (closed.level) {
    case "match":
      return plainMatches(closed.rows, contracts);
    case "trade":
      return closed.rows.map(plainTrade);
    case "position":
      return closed.rows.map(plainClosedPosition);
  }
}

/** With what it is worth at the newest price that was seen; null where none was. */
export function plainValued({ position, price }: ValuedPosition): PlainRow {
  return {
    ...plainPosition(position),
    currentPrice: price && priceToNumber(price.currentPrice),
    unrealizedPnl: price && moneyToNumber(price.unrealizedPnl),
    markedAt: price && formatInstant(price.markedAt),
  };
}
