import { is, Param, Placeholder } from "drizzle-orm";
import type { Executable, Fields, Handle, Preparable } from "../drizzle/handle.js";
import type { Connection } from "./connection.js";

type Values = Record<string, unknown>;

/**
 * Runs Drizzle's SQL straight on better-sqlite3: what each parameter and each column needs is worked out once,
 * not at every run, which is most of what Drizzle's own prepared queries cost on the path of a fill.
 */
export function compilerOf(connection: Connection): Handle["compile"] {
  return <R>(query: Preparable<R>, _name: string, fields: Fields | null): Executable<R> => {
    const { sql, params } = withConstantLimit(query.toSQL());
    const statement = connection.prepare(sql);
    const binders = params.map(binderOf);
    if (fields === null) {
      return {
        execute(values) {
          statement.run(bound(binders, values));
          // The result of a write is not used: Postgres' has another shape.
          return undefined as R;
        },
      };
    }
    statement.raw(true);
    const rowOf = mapperOf(fields);
    return {
      execute(values) {
        const rows: unknown[] = statement.all(bound(binders, values));
        // The rows have the fields that the query selects, through their columns' codecs.
        return rows.map(rowOf) as R;
      },
    };
  };
}

/**
 * Drizzle binds the LIMIT. SQLite looks at the value of a bound LIMIT to choose its plan, and so plans anew at
 * every run, which takes longer than the query.
 */
function withConstantLimit(query: ReturnType<Preparable<unknown>["toSQL"]>): typeof query {
  const limit = query.params[query.params.length - 1];
  if (!query.sql.endsWith(" limit ?") || typeof limit !== "number") return query;
  const sql = `${query.sql.slice(0, -1)}${Math.trunc(limit)}`;
  return { sql, params: query.params.slice(0, -1) };
}

type Binder = (values: Values) => unknown;

function binderOf(param: unknown): Binder {
  if (is(param, Placeholder)) {
    const { name } = param;
    return (values) => valueFor(values, name);
  }
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { name } = param.value;
    const { encoder } = param;
    return (values) => {
      const value = valueFor(values, name);
      // Drizzle's codec of a flag makes false of null.
      return value === null ? null : encoder.mapToDriverValue(value);
    };
  }
  return () => param;
}

function valueFor(values: Values, name: string): unknown {
  const value = values[name];
  if (value === undefined) throw new RangeError(`no value for ${name}`);
  return value;
}

function bound(binders: readonly Binder[], values: Values): unknown[] {
  return binders.map((binder) => binder(values));
}

function mapperOf(fields: Fields): (row: unknown) => Values {
  const names = Object.keys(fields);
  const columns = Object.values(fields);
  return (row) => {
    const values: Values = {};
    if (!Array.isArray(row)) throw new RangeError("a raw row must be an array");
    for (let i = 0; i < names.length; i += 1) {
      const value: unknown = row[i];
      values[names[i] ?? ""] = value === null ? null : columns[i]?.mapFromDriverValue(value);
    }
    return values;
  };
}
