import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { BlotterError } from "../../domain/errors.js";
import type { Instant } from "../../domain/instant.js";
import type * as postgres from "../postgres/schema.js";
import type * as sqlite from "../sqlite/schema.js";
import type { SchemasMatch } from "./parity.js";

/**
 * What both dialects run. Typed on Postgres, whose builders are purely promise-based: no .get/.all/.run and no
 * UPDATE..LIMIT that only SQLite has.
 */
export type Tables = typeof postgres;
export type Database = Pick<
  PgDatabase<PgQueryResultHKT, Record<string, never>>,
  "select" | "selectDistinct" | "insert" | "update" | "delete"
>;

/** One connection and its tables; prepared statements live as long as it does. */
export interface Handle {
  readonly db: Database;
  readonly t: Tables;
  /** Prepares a query for this connection's driver. */
  compile<R>(query: Preparable<R>, name: string, fields: Fields | null): Executable<R>;
  /**
   * The rows of a query as columns: one list for each field, through its codec, in the order of the rows. For a few
   * fields of very many rows, where an object a row would cost more than reading it.
   */
  columns(query: Selection, fields: Fields, kinds?: ColumnKinds): Promise<readonly Column[]>;
  /** Whole seconds from one instant to another, for `Number` to read. */
  seconds(from: AnyColumn, to: AnyColumn): SQL;
  /** A select of texts, however many, in one parameter: for `in`. */
  texts(values: readonly string[]): SQL;
}

/** What is known of some of the columns asked for, by their names. */
export interface ColumnKinds {
  /** Numbers: they come packed, with NaN for null. */
  readonly numbers?: readonly string[];
  /** Money, of which only the exact sum is wanted: a column of one. */
  readonly sums?: readonly string[];
}

/** Values of one field. */
export type Column = ArrayLike<unknown>;

/** A built select, in which the values of its parameters stand. */
export interface Selection {
  execute(): PromiseLike<readonly Readonly<Record<string, unknown>>[]>;
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}

/** A built query. Its parameters may be placeholders, filled at each run. */
export interface Preparable<R> {
  prepare(name: string): Executable<R>;
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}

/** What a query selects: names in the rows, in the order of the select. */
export type Fields = Readonly<Record<string, Pick<AnyColumn, "mapFromDriverValue">>>;

export interface Executable<R> {
  /** The result, or a promise of it; errors may be thrown at once. */
  execute(values: Record<string, unknown>): R | PromiseLike<R>;
}

/** The only cast between the dialects; sound while `SchemasMatch` holds and repositories use only `Database`. */
export function sqliteHandle(
  db: BetterSQLite3Database<Record<string, never>>,
  t: typeof sqlite,
  compile: Handle["compile"],
  columns: Handle["columns"] = columnsOfRows,
): Handle {
  const texts: Handle["texts"] = (values) =>
    sql`(select value from json_each(${JSON.stringify(values)}))`;
  const seconds: Handle["seconds"] = (from, to) => sql`(${to} - ${from}) / 1000000`;
  return { db, t, compile, columns, seconds, texts } as unknown as Handle & {
    readonly proof?: SchemasMatch;
  };
}

/** Over a connection to Postgres, Drizzle prepares: the statement is named, and planned once. */
export function postgresHandle(db: Database, t: Tables): Handle {
  return {
    db,
    t,
    compile: (query, name) => query.prepare(name),
    columns: columnsOfRows,
    seconds: (from, to) => sql`trunc(extract(epoch from ${to} - ${from}))`,
    texts: (values) => sql`(select json_array_elements_text(${JSON.stringify(values)}::json))`,
  };
}

/** Where a driver has no faster way: the rows, turned. */
async function columnsOfRows(
  query: Selection,
  fields: Fields,
  { numbers = [], sums = [] }: ColumnKinds = {},
): Promise<readonly Column[]> {
  const rows = await query.execute();
  return Object.keys(fields).map((name) => {
    const list = rows.map((row) => row[name]);
    if (sums.includes(name)) return [list.reduce<number>((sum, n) => sum + Number(n), 0)];
    return numbers.includes(name) ? new Float64Array(list.map(numberOf)) : list;
  });
}

/** A value as a packed column holds it. */
const numberOf = (value: unknown): number => (value === null ? Number.NaN : Number(value));

/** Columns that were read with some fields as rows again. */
export function rowsOf<R>(fields: Fields, columns: readonly Column[]): readonly R[] {
  const names = Object.keys(fields);
  return Array.from(columns[0] ?? [], (_, n) => {
    const row: Record<string, unknown> = {};
    for (let i = 0; i < names.length; i += 1) row[names[i] ?? ""] = columns[i]?.[n];
    // The fields are those of the rows.
    return row as R;
  });
}

/** One unit of work on a connection. Dead once it has ended: a forgotten await is found out. */
export class Session {
  #alive = true;

  constructor(
    private readonly held: Handle,
    /** When the unit of work began; the one time it stamps its rows with. */
    readonly now: Instant,
  ) {}

  get handle(): Handle {
    if (!this.#alive) {
      throw new BlotterError(
        "invalid",
        "repositories used after their unit of work ended: await is missing",
      );
    }
    return this.held;
  }

  end(): void {
    this.#alive = false;
  }
}

/**
 * A query built and prepared once per connection. Building costs more than running: keep the ones that a fill
 * needs here, and put `sql.param(sql.placeholder(name), column)` where a column's codec must run.
 *
 * @param fields what a select selects; left out for writes
 */
export function prepared<A extends object, R>(
  name: string,
  build: (handle: Handle) => Preparable<R>,
  fields: ((handle: Handle) => Fields) | null = null,
): (session: Session, values: A) => Promise<R> {
  const byHandle = new WeakMap<Handle, Executable<R>>();
  return async (session, values) => {
    const handle = session.handle;
    let query = byHandle.get(handle);
    if (query === undefined) {
      query = handle.compile(build(handle), name, fields?.(handle) ?? null);
      byHandle.set(handle, query);
    }
    // Every object has string keys; its values go through the columns' codecs.
    return query.execute(values as Record<string, unknown>);
  };
}
