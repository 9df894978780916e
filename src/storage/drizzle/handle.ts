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
}

/** The only cast between the dialects; sound while `SchemasMatch` holds and repositories use only `Database`. */
export function sqliteHandle(
  db: BetterSQLite3Database<Record<string, never>>,
  t: typeof sqlite,
): Handle {
  return { db, t } as unknown as Handle & { readonly proof?: SchemasMatch };
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

interface Executable<R> {
  execute(values?: Record<string, unknown>): PromiseLike<R>;
}

/**
 * A query built and prepared once per connection. Building costs more than running: keep the ones that a fill
 * needs here, and put `sql.param(sql.placeholder(name), column)` where a column's codec must run.
 */
export function prepared<A extends object, R>(
  build: (handle: Handle) => Executable<R>,
): (session: Session, values: A) => Promise<R> {
  const byHandle = new WeakMap<Handle, Executable<R>>();
  return async (session, values) => {
    const handle = session.handle;
    let query = byHandle.get(handle);
    if (query === undefined) {
      query = build(handle);
      byHandle.set(handle, query);
    }
    // Every object has string keys; its values go through the columns' codecs.
    return query.execute(values as Record<string, unknown>);
  };
}
