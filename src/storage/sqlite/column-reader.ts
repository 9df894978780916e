import { MONEY_UNIT } from "../../domain/money.js";
import type { Handle } from "../drizzle/handle.js";
import type { Connection } from "./connection.js";

/** An aggregate of our own, by this name. */
const COLLECT = "blotter_collect";

/**
 * Reads columns of very many rows: an aggregate function takes the values out of the running query, without a row, an
 * object or a text for any of them. A million rows take about half as long as from better-sqlite3's own rows.
 */
export function columnReaderOf(connection: Connection): Handle["columns"] {
  let collected: unknown[][] = [];
  connection.aggregate(COLLECT, {
    varargs: true,
    directOnly: true,
    start: (): unknown[][] => [],
    step(lists: unknown[][], ...values: readonly unknown[]) {
      for (let i = 0; i < values.length; i += 1) {
        const list = lists[i];
        if (list) list.push(values[i]);
        else lists[i] = [values[i]];
      }
    },
    result(lists: unknown[][]) {
      collected = lists;
      return 0;
    },
  });
  return async (query, fields, summed = []) => {
    const { sql, params } = query.toSQL();
    const all = Object.entries(fields).map(([name, column], i) => ({ name, column, at: `c${i}` }));
    const isSummed = ({ name }: { readonly name: string }) => summed.includes(name);
    const listed = all.filter((field) => !isSummed(field)).map(({ at }) => at);
    const sums = all.filter(isSummed).map(({ at }) => `${exactSum(at)} as ${at}`);
    const asked = [`${COLLECT}(${listed.join(", ")})`, ...sums].join(", ");
    const names = all.map(({ at }) => at).join(", ");
    // An aggregate over a subquery sees its rows in their order, but for min, max and count.
    const found: unknown = connection
      .prepare(`with q(${names}) as (${sql}) select ${asked} from q`)
      .get(...params);
    const lists = collected;
    collected = [];
    let list = 0;
    return all.map((field) => {
      if (isSummed(field)) return [sumIn(found, field.at)];
      list += 1;
      return decoded(lists[list - 1] ?? [], field.column);
    });
  };
}

/** Money lies on disk as decimals, of which only whole millionths add up exactly. */
const exactSum = (column: string): string =>
  `coalesce(sum(cast(round(${column} * ${MONEY_UNIT}) as integer)), 0)`;

function sumIn(row: unknown, name: string): unknown {
  return Object.entries(row ?? {}).find(([column]) => column === name)?.[1];
}

/** The values through their column's codec, in place. */
function decoded(
  list: unknown[],
  column: { mapFromDriverValue(value: unknown): unknown },
): unknown[] {
  for (let i = 0; i < list.length; i += 1) {
    const value = list[i];
    list[i] = value === null ? null : column.mapFromDriverValue(value);
  }
  return list;
}
