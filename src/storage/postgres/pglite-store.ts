import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { BlotterError } from "../../domain/errors.js";
import type { Clock } from "../../ports/clock.js";
import type { ReadRepositories, Repositories } from "../../ports/repositories.js";
import type { Store, StoreCapabilities, StoreReport, WriteScope } from "../../ports/store.js";
import { postgresHandle } from "../drizzle/handle.js";
import { Queue } from "../drizzle/queue.js";
import { refuseNested, runWork } from "../drizzle/unit-of-work.js";
import { sqlState, translatePostgresError } from "./errors.js";
import { inspectPostgres, migratePostgres } from "./migrate.js";
import * as schema from "./schema.js";
import { rolledBackInstead, type SqlClient } from "./sql-client.js";

/** Postgres inside the process, in a folder or in memory: one connection, one process; reads wait their turn. */
export class PgliteStore implements Store {
  readonly capabilities: StoreCapabilities = { concurrentReads: false, processes: "one" };
  readonly #queue = new Queue();
  readonly #client: SqlClient;
  #closing: Promise<void> | null = null;

  private constructor(
    private readonly database: PGlite,
    private readonly lock: FolderLock | null,
    private readonly name: string,
    private readonly clock: Clock,
  ) {
    this.#client = clientOf(database);
  }

  /**
   * @param directory null for a store that lives as long as the process
   * @throws BlotterError `unsupported` when PGlite is not installed, `unavailable` when another process has
   *   the folder open, and as `migratePostgres`
   */
  static async open(directory: string | null, create: boolean, clock: Clock): Promise<PgliteStore> {
    const path = directory === null ? null : resolve(directory);
    if (path !== null && !create && !existsSync(path)) {
      throw new BlotterError("not_found", `no store at ${path}: run blotter migrate or import`);
    }
    const { PGlite: Database } = await loadPglite();
    const lock = path === null ? null : new FolderLock(path);
    try {
      const database = await (path === null ? Database.create() : Database.create(path));
      return await PgliteStore.over(database, lock, path ?? "pglite:memory", create, clock);
    } catch (error) {
      lock?.release();
      throw translatePostgresError(error);
    }
  }

  /** A store over a database that is open already. */
  static async over(
    database: PGlite,
    lock: FolderLock | null,
    name: string,
    create: boolean,
    clock: Clock,
  ): Promise<PgliteStore> {
    await database.exec("set time zone 'UTC'");
    const store = new PgliteStore(database, lock, name, clock);
    await migratePostgres(store.#client, create, name);
    return store;
  }

  async write<T>(_scope: WriteScope, work: (repos: Repositories) => Promise<T>): Promise<T> {
    refuseNested();
    if (this.#closing) throw new BlotterError("unavailable", "the store is closed");
    return this.#queue.run(() => this.#transaction("begin", work));
  }

  async read<T>(query: (repos: ReadRepositories) => Promise<T>): Promise<T> {
    refuseNested();
    if (this.#closing) throw new BlotterError("unavailable", "the store is closed");
    return this.#queue.run(() => this.#transaction("begin read only", query));
  }

  async #transaction<T>(begin: string, work: (repos: Repositories) => Promise<T>): Promise<T> {
    try {
      await this.#client.exec(begin);
      try {
        const result = await runWork(this.#client.handle, this.clock.now(), work);
        await this.#client.commit();
        return result;
      } catch (error) {
        await this.#client.exec("rollback");
        throw error;
      }
    } catch (error) {
      throw translatePostgresError(error);
    }
  }

  async inspect(): Promise<StoreReport> {
    refuseNested();
    if (this.#closing) throw new BlotterError("unavailable", "the store is closed");
    return this.#queue.run(() => inspectPostgres(this.#client, this.name));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.idle();
    await this.database.close();
    this.lock?.release();
  }
}

async function loadPglite(): Promise<typeof import("@electric-sql/pglite")> {
  try {
    return await import("@electric-sql/pglite");
  } catch (error) {
    throw new BlotterError(
      "unsupported",
      "pglite: needs the optional package @electric-sql/pglite: npm install @electric-sql/pglite",
      { cause: error },
    );
  }
}

function clientOf(database: PGlite): SqlClient {
  return {
    handle: postgresHandle(drizzle({ client: database }), schema),
    query: async (text, values = []) =>
      (await database.query<Record<string, unknown>>(text, [...values])).rows,
    exec: async (text) => {
      await database.exec(text);
    },
    commit: async () => {
      // PGlite does not tell how it answered a commit: a failed transaction refuses any query before.
      const failed = await database.query("select 1").then(
        () => false,
        (error: unknown) => sqlState(error) === "25P02",
      );
      if (failed) throw rolledBackInstead();
      await database.exec("commit");
    },
  };
}

/** The locks that this process holds. */
const heldHere = new Set<string>();

/** A file beside the folder that names the process which has it open. */
class FolderLock {
  readonly #file: string;

  /** @throws BlotterError `unavailable` */
  constructor(directory: string) {
    this.#file = `${directory}.lock`;
    if (this.#take()) return;
    const owner = Number(readFileSync(this.#file, "utf8"));
    // A process that is gone may have had our number.
    if (owner === process.pid ? heldHere.has(this.#file) : isRunning(owner)) {
      throw new BlotterError(
        "unavailable",
        `${directory} is open in process ${owner}: a pglite folder belongs to one process at a time`,
      );
    }
    // Its process is gone without closing the store.
    rmSync(this.#file, { force: true });
    if (!this.#take()) {
      throw new BlotterError("unavailable", `${directory} was just opened by another process`);
    }
  }

  #take(): boolean {
    try {
      const file = openSync(this.#file, "wx", 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      heldHere.add(this.#file);
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    }
  }

  release(): void {
    heldHere.delete(this.#file);
    rmSync(this.#file, { force: true });
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
