import { setTimeout as sleep } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { BlotterError } from "../../domain/errors.js";
import type { Clock } from "../../ports/clock.js";
import type { ReadRepositories, Repositories } from "../../ports/repositories.js";
import type { Store, StoreCapabilities, StoreReport, WriteScope } from "../../ports/store.js";
import { postgresHandle } from "../drizzle/handle.js";
import { KeyedQueue } from "../drizzle/queue.js";
import { refuseNested, runWork } from "../drizzle/unit-of-work.js";
import { isTransient, translatePostgresError } from "./errors.js";
import { inspectPostgres, migratePostgres } from "./migrate.js";
import * as schema from "./schema.js";
import { rolledBackInstead, type SqlClient } from "./sql-client.js";

export interface PostgresOptions {
  readonly url: string;
  /** The url as it may stand in messages. */
  readonly name: string;
  readonly create: boolean;
  readonly lockTimeoutMs: number;
}

const MOST_CONNECTIONS = 8;
const MOST_TRIES = 5;
/** Accounts share this lock, a global unit of work holds it alone. */
const GLOBAL_LOCK = "7812457812457813";

/**
 * A Postgres server. Writes run at read committed behind an advisory lock an account, which makes them serial
 * without retries; reads see one snapshot.
 */
export class PostgresStore implements Store {
  readonly capabilities: StoreCapabilities = { concurrentReads: true, processes: "many" };
  readonly #queue = new KeyedQueue();
  readonly #clients = new WeakMap<pg.PoolClient, SqlClient>();
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  private constructor(
    private readonly pool: pg.Pool,
    private readonly name: string,
    private readonly clock: Clock,
  ) {}

  /** @throws BlotterError `unavailable`, `not_found`, `unsupported`, `corrupt` */
  static async open(options: PostgresOptions, clock: Clock): Promise<PostgresStore> {
    const pool = new pg.Pool({
      connectionString: options.url,
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: options.lockTimeoutMs,
      options: `-c TimeZone=UTC -c synchronous_commit=on -c lock_timeout=${options.lockTimeoutMs}`,
    });
    // An idle connection that breaks is replaced by the pool; the next use tells of a server that is gone.
    pool.on("error", () => undefined);
    const { name } = options;
    const store = new PostgresStore(pool, name, clock);
    try {
      await store.#withClient((client) => migratePostgres(client, options.create, name));
    } catch (error) {
      await pool.end();
      throw translatePostgresError(error);
    }
    return store;
  }

  async write<T>(scope: WriteScope, work: (repos: Repositories) => Promise<T>): Promise<T> {
    refuseNested();
    this.#requireOpen();
    const accounts = typeof scope === "string" ? [scope] : [...new Set(scope)].sort();
    return this.#queue.run(accounts, () => this.#retried(accounts, work));
  }

  async read<T>(query: (repos: ReadRepositories) => Promise<T>): Promise<T> {
    refuseNested();
    this.#requireOpen();
    return this.#translated(() =>
      this.#begun("begin isolation level repeatable read read only", async (client) => {
        try {
          return await runWork(client.handle, this.clock.now(), query);
        } finally {
          await rollback(client);
        }
      }),
    );
  }

  async #retried<T>(
    accounts: readonly string[],
    work: (repos: Repositories) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#begun("begin isolation level read committed", (client) =>
          this.#transaction(client, accounts, work),
        );
      } catch (error) {
        if (!isTransient(error) || attempt === MOST_TRIES) throw translatePostgresError(error);
        await sleep(attempt * 5 + Math.random() * 10);
      }
    }
  }

  async #transaction<T>(
    client: SqlClient,
    accounts: readonly string[],
    work: (repos: Repositories) => Promise<T>,
  ): Promise<T> {
    let result: T;
    try {
      await lock(client, accounts);
      result = await runWork(client.handle, this.clock.now(), work);
    } catch (error) {
      await rollback(client);
      throw error;
    }
    try {
      await client.commit();
    } catch (error) {
      throw commitError(error);
    }
    return result;
  }

  /** Opens a transaction. An idle connection may have been cut meanwhile: then the next one is tried. */
  async #begun<T>(begin: string, use: (client: SqlClient) => Promise<T>): Promise<T> {
    for (let left = MOST_CONNECTIONS; ; left -= 1) {
      const begun = await this.#withClient(async (client) => {
        try {
          await client.exec(begin);
        } catch (error) {
          if (left > 0 && isLost(error)) return new CutConnection(error);
          throw error;
        }
        return { result: await use(client) };
      });
      if (!(begun instanceof CutConnection)) return begun.result;
    }
  }

  async #withClient<T>(use: (client: SqlClient) => Promise<T>): Promise<T> {
    const work = this.#onConnection(use);
    const done = work.catch(() => undefined);
    this.#running.add(done);
    try {
      return await work;
    } finally {
      this.#running.delete(done);
    }
  }

  async #onConnection<T>(use: (client: SqlClient) => Promise<T>): Promise<T> {
    const connection = await this.pool.connect();
    let broken = false;
    const onError = () => {
      broken = true;
    };
    connection.on("error", onError);
    try {
      const result = await use(this.#clientOf(connection));
      broken ||= result instanceof CutConnection;
      return result;
    } catch (error) {
      broken ||= isLost(error);
      throw error;
    } finally {
      connection.off("error", onError);
      connection.release(broken);
    }
  }

  #requireOpen(): void {
    if (this.#closing) throw new BlotterError("unavailable", "the store is closed");
  }

  /** Prepared statements belong to a connection: its handle lives as long. */
  #clientOf(connection: pg.PoolClient): SqlClient {
    const known = this.#clients.get(connection);
    if (known) return known;
    const client: SqlClient = {
      handle: postgresHandle(drizzle({ client: connection }), schema),
      query: async (text, values = []) => (await connection.query(text, [...values])).rows,
      exec: async (text) => {
        await connection.query(text);
      },
      commit: async () => {
        const { command } = await connection.query("commit");
        if (command !== "COMMIT") throw rolledBackInstead();
      },
    };
    this.#clients.set(connection, client);
    return client;
  }

  async #translated<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async inspect(): Promise<StoreReport> {
    refuseNested();
    this.#requireOpen();
    return this.#translated(() => this.#withClient((client) => inspectPostgres(client, this.name)));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.idle();
    await Promise.all(this.#running);
    await this.pool.end();
  }
}

/** A connection that turned out to be cut before anything was done on it. */
class CutConnection {
  constructor(readonly cause: unknown) {}
}

function isLost(error: unknown): boolean {
  const translated = translatePostgresError(error);
  return translated instanceof BlotterError && translated.code === "unavailable";
}

/** Locks in one order everywhere, so that writers of several accounts never wait for each other in a ring. */
async function lock(client: SqlClient, accounts: readonly string[]): Promise<void> {
  if (accounts.includes("global")) {
    await client.query(`select pg_advisory_xact_lock(${GLOBAL_LOCK})`);
    return;
  }
  await client.query(`select pg_advisory_xact_lock_shared(${GLOBAL_LOCK})`);
  for (const account of accounts) {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [account]);
  }
}

async function rollback(client: SqlClient): Promise<void> {
  try {
    await client.exec("rollback");
  } catch {
    // The connection is gone, and with it the transaction; the first error tells why.
  }
}

/** A commit that was refused did not happen; one whose answer was cut off may have. */
function commitError(error: unknown): unknown {
  const translated = translatePostgresError(error);
  if (isTransient(error) || !(translated instanceof BlotterError)) return error;
  if (translated.code !== "unavailable") return translated;
  const message = `the connection was cut during a commit, which may or may not have happened: repeat the call`;
  return new BlotterError("unavailable", message, { cause: error, outcome: "unknown" });
}
