import {
  and,
  asc,
  type Column,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  lt,
  or,
  type SQL,
} from "drizzle-orm";
import type { ResultQuery } from "../../ports/performance-repositories.js";

/** More rows than any store holds. */
export const ALL = 2 ** 31 - 1;

/** What a query of results filters by. */
export interface FilteredColumns {
  readonly accountId: Column;
  readonly contractId: Column;
  readonly strategy: Column;
  readonly side: Column;
  readonly at: Column;
}

export function wanted(query: ResultQuery, columns: FilteredColumns): SQL | undefined {
  const { contractIds, sides, from, to, exits } = query;
  return and(
    eq(columns.accountId, query.accountId),
    contractIds && inArray(columns.contractId, [...contractIds]),
    sides && inArray(columns.side, [...sides]),
    strategyIn(query, columns.strategy),
    from !== undefined ? gte(columns.at, from) : undefined,
    to !== undefined ? lt(columns.at, to) : undefined,
    exits && inArray(columns.at, [...exits]),
  );
}

function strategyIn({ strategies }: ResultQuery, column: Column): SQL | undefined {
  if (strategies === undefined) return undefined;
  const named = strategies.filter((name) => name !== null);
  const unnamed = strategies.includes(null) ? isNull(column) : undefined;
  return named.length === 0 ? unnamed : or(inArray(column, named), unnamed);
}

type PairColumns = Readonly<
  Record<"accountId" | "positionId" | "entryOrderId" | "exitOrderId", Column>
>;

/** A match between the entry and the exit order of a trade. */
export const isMatchOf = (match: PairColumns, trade: PairColumns): SQL | undefined =>
  and(
    eq(match.accountId, trade.accountId),
    eq(match.positionId, trade.positionId),
    eq(match.entryOrderId, trade.entryOrderId),
    eq(match.exitOrderId, trade.exitOrderId),
  );

/** Canonical order; backwards for the newest. */
export const placed = (query: ResultQuery, columns: readonly Column[]) =>
  columns.map((column) => (query.newest === undefined ? asc(column) : desc(column)));
