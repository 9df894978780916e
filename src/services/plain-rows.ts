import type { Contract } from "../domain/contract.js";
import { BlotterError } from "../domain/errors.js";
import type { Match } from "../domain/match.js";
import { moneyToNumber } from "../domain/money.js";
import { type PlainRow, plainAccount, plainMatch } from "../domain/plain.js";
import type { AccountSummary } from "../ports/services.js";

/** An account with what it comes to, as the command line and the endpoints show it. */
export function plainSummary({
  account,
  balance,
  totals,
  openPositions,
}: AccountSummary): PlainRow {
  return {
    ...plainAccount(account),
    balance: moneyToNumber(balance),
    grossPnl: moneyToNumber(totals.grossPnl),
    commissions: moneyToNumber(totals.commissions),
    fees: moneyToNumber(totals.fees),
    netPnl: moneyToNumber(totals.netPnl),
    costsKnown: totals.unknownCostFills === 0,
    fillCount: totals.fillCount,
    volume: totals.volume,
    openPositions,
  };
}

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
