import { and, asc, type Column, desc, eq, gte, inArray, lt, type SQL } from "drizzle-orm";
import type { RowQuery } from "../../ports/repositories.js";

interface QueriedColumns {
  readonly accountId: Column;
  readonly contractId: Column;
  readonly strategy?: Column | undefined;
  /** The row's own instant. */
  readonly at: Column;
}

/** The conditions of a row query; always begins with the account, so an index serves it. */
export function conditions(
  query: RowQuery,
  columns: QueriedColumns,
  ...more: SQL[]
): SQL | undefined {
  const { contractIds, strategy, from, to } = query;
  return and(
    eq(columns.accountId, query.accountId),
    contractIds && inArray(columns.contractId, [...contractIds]),
    strategy !== undefined && columns.strategy ? eq(columns.strategy, strategy) : undefined,
    from !== undefined ? gte(columns.at, from) : undefined,
    to !== undefined ? lt(columns.at, to) : undefined,
    ...more,
  );
}

/** More rows than any store holds. */
const ALL = 2 ** 31 - 1;

/** How many rows to ask for: the newest n, or all. */
export function limitOf(query: RowQuery): number {
  return query.newest ?? ALL;
}

/** Ascending; or descending, so that a limit keeps the newest. */
export function ordering(query: RowQuery, columns: readonly Column[]): SQL[] {
  return columns.map((column) => (query.newest === undefined ? asc(column) : desc(column)));
}

/** Rows that came in `ordering`, back in canonical order. */
export function canonical<R>(query: RowQuery, rows: R[]): readonly R[] {
  return query.newest === undefined ? rows : rows.reverse();
}
