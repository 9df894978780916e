import { expect } from "vitest";
import {
  type PlainRow,
  plainClosedPosition,
  plainDay,
  plainFill,
  plainMatch,
  plainOrder,
  plainPosition,
  plainPositionSnapshot,
  plainSnapshot,
  plainTrade,
} from "../../src/domain/plain.js";
import type { Blotter } from "../../src/index.js";
import type { OracleBooks } from "../oracle/fifo-oracle.js";

/** Everything that canonical state shows of the books, in the order in which it is returned. */
export interface Books {
  readonly fills: readonly PlainRow[];
  readonly matches: readonly PlainRow[];
  readonly trades: readonly PlainRow[];
  readonly closed: readonly PlainRow[];
  readonly open: readonly PlainRow[];
  readonly orders: readonly PlainRow[];
  readonly days: readonly PlainRow[];
  /** End-of-day snapshots, and the positions open at them. */
  readonly ends: readonly PlainRow[];
  readonly held: readonly PlainRow[];
}

/** The books of one account, or of all. */
export async function booksOf(blotter: Blotter, account?: string): Promise<Books> {
  const filter = account === undefined ? {} : { account };
  const contracts = await blotter.contracts.contracts();
  const pointValues = new Map(contracts.map((c) => [c.contractId, c.pointValue]));
  const matches = await blotter.trades.matches(filter);
  const accounts = account === undefined ? await blotter.accounts.list() : [{ accountId: account }];
  const days: PlainRow[] = [];
  for (const { accountId } of accounts) {
    days.push(...(await blotter.accounts.days(accountId)).map(plainDay));
  }
  return {
    fills: (await blotter.orders.fills(filter)).map(plainFill),
    matches: matches.map((match) => {
      const pointValue = pointValues.get(match.contractId);
      if (pointValue === undefined) throw new Error(`a match of ${match.contractId}, never traded`);
      return plainMatch(match, pointValue);
    }),
    trades: (await blotter.trades.trades(filter)).map(plainTrade),
    closed: (await blotter.positions.closed(filter)).map(plainClosedPosition),
    open: (await blotter.positions.open(filter)).map(plainPosition),
    orders: (await blotter.orders.orders(filter)).map(plainOrder),
    days,
    ends: (await blotter.accounts.snapshots({ ...filter, type: "eod", epoch: "all" })).map(
      plainSnapshot,
    ),
    held: (await blotter.accounts.positionSnapshots(filter)).map(plainPositionSnapshot),
  };
}

/** Rows without what an oracle cannot know: the product's own ids and the extremes of prices. */
function comparable(rows: readonly PlainRow[]): readonly PlainRow[] {
  return rows.map(({ tradeId: _t, positionId: _p, mae: _a, mfe: _f, ...row }) => row);
}

/** Fails unless the books are those of the oracle. */
export function expectSameBooks(actual: Books, expected: OracleBooks): void {
  expect(comparable(actual.matches)).toEqual(expected.matches);
  expect(comparable(actual.trades)).toEqual(expected.trades);
  expect(comparable(actual.closed)).toEqual(expected.closed);
  const byContract = (rows: readonly OracleBooks["open"][number][]) =>
    [...rows].sort((a, b) => (String(a.contractId) < String(b.contractId) ? -1 : 1));
  expect(byContract(comparable(actual.open))).toEqual(byContract(expected.open));
  expect(actual.days).toEqual(expected.days);
}
