import type { Column } from "drizzle-orm";
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
}

/** A built query. Its parameters may be placeholders, filled at each run. */
export interface Preparable<R> {
  prepare(name: string): Executable<R>;
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}

/** What a query selects: names in the rows, in the order of the select. */
export type Fields = Readonly<Record<string, Column>>;

export interface Executable<R> {
  /** The result, or a promise of it; errors may be thrown at once. */
  execute(values: Record<string, unknown>): R | PromiseLike<R>;
}

/** The only cast between the dialects; sound while `SchemasMatch` holds and repositories use only `Database`. */
export function sqliteHandle(
  db: BetterSQLite3Database<Record<string, never>>,
  t: typeof sqlite,
  compile: Handle["compile"],
): Handle {
  return { db, t, compile } as unknown as Handle & { readonly proof?: SchemasMatch };
}

/** Over a connection to Postgres, Drizzle prepares: the statement is named, and planned once. */
export function postgresHandle(db: Database, t: Tables): Handle {
  return { db, t, compile: (query, name) => query.prepare(name) };
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
