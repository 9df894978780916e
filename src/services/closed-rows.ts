import { BlotterError } from "../domain/errors.js";
import { matchId } from "../domain/ids.js";
import type { Match } from "../domain/match.js";
import type { Result, ResultLevel } from "../domain/performance/result.js";
import type { Position } from "../domain/position.js";
import type { Trade } from "../domain/trade.js";
import type { ClosedRows } from "../ports/queries.js";
import type { ReadRepositories } from "../ports/repositories.js";

/** The whole rows of results, in their order. @throws BlotterError `corrupt` when one is missing */
export async function rowsOfResults(
  level: ResultLevel,
  results: readonly Result[],
  repos: ReadRepositories,
): Promise<ClosedRows> {
  switch (level) {
    case "match":
      return { level, rows: await each(results, (result) => matchOf(result, repos)) };
    case "trade":
      return { level, rows: await each(results, (result) => tradeOf(result, repos)) };
    case "position":
      return { level, rows: await each(results, (result) => positionOf(result, repos)) };
  }
}

async function each<R>(
  results: readonly Result[],
  find: (result: Result) => Promise<R | null>,
): Promise<readonly R[]> {
  const rows: R[] = [];
  for (const result of results) {
    const row = await find(result);
    if (row === null) {
      const { accountId, resultId } = result;
      throw new BlotterError(
        "corrupt",
        `result ${resultId} of account ${accountId} has no row: run blotter verify`,
      );
    }
    rows.push(row);
  }
  return rows;
}

async function matchOf(result: Result, { matches }: ReadRepositories): Promise<Match | null> {
  const { accountId, positionId, entryOrderId, exitOrderId, resultId } = result;
  const ofTrade = await matches.ofTrade(accountId, positionId, entryOrderId, exitOrderId);
  const found = ofTrade.find((match) => matchId(match.entryFillId, match.exitFillId) === resultId);
  return found ?? null;
}

const tradeOf = ({ accountId, resultId }: Result, { trades }: ReadRepositories) =>
  trades.get(accountId, resultId) satisfies Promise<Trade | null>;

const positionOf = ({ accountId, positionId }: Result, { positions }: ReadRepositories) =>
  positions.get(accountId, positionId) satisfies Promise<Position | null>;
