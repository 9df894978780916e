import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import type { Match } from "../domain/match.js";
import { type PlainRow, plainClosedPosition, plainMatch, plainTrade } from "../domain/plain.js";
import type { ClosedRows } from "../ports/queries.js";

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
