import { and, asc, type Column, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { invalid } from "../../domain/errors.js";
import type { ListPlace, RowQuery } from "../../ports/row-query.js";

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

/** The conditions of the places between which rows are asked for, by the columns that order them. */
export function placeConditions(query: RowQuery, order: readonly Column[]): SQL[] {
  const { before, after } = query;
  const columns = listOf(order.map((column) => sql`${column}`));
  const found: SQL[] = [];
  if (before) {
    const than = before.inclusive ? sql`<=` : sql`<`;
    found.push(sql`${columns} ${than} ${valuesOf(before, order)}`);
  }
  if (after) {
    const than = after.inclusive ? sql`>=` : sql`>`;
    found.push(sql`${columns} ${than} ${valuesOf(after, order)}`);
  }
  return found;
}

function valuesOf({ key }: ListPlace, order: readonly Column[]): SQL {
  if (key.length !== order.length) {
    throw invalid(`a place in this list has ${order.length} values, not ${key.length}`);
  }
  return listOf(order.map((column, index) => sql`${sql.param(key[index], column)}`));
}

function listOf(parts: SQL[]): SQL {
  return sql`(${sql.join(parts, sql`, `)})`;
}

/** More rows than any store holds. */
const ALL = 2 ** 31 - 1;

/** How many rows to ask for: the newest or oldest n, or all. */
export function limitOf(query: RowQuery): number {
  return query.newest ?? query.oldest ?? ALL;
}

/** Ascending; or descending, so that a limit keeps the newest. */
export function ordering(query: RowQuery, columns: readonly Column[]): SQL[] {
  return columns.map((column) => (query.newest === undefined ? asc(column) : desc(column)));
}

/** Rows that came in `ordering`, back in canonical order. */
export function canonical<R>(query: RowQuery, rows: R[]): readonly R[] {
  return query.newest === undefined ? rows : rows.reverse();
}
