import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import type { Match } from "../domain/match.js";
import { type PlainRow, plainMatch } from "../domain/plain.js";

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
