import { chmodSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { BlotterError } from "../../domain/errors.js";
import type { Clock } from "../../ports/clock.js";
import type { ReadRepositories, Repositories } from "../../ports/repositories.js";
import type { Store, StoreCapabilities, StoreReport, WriteScope } from "../../ports/store.js";
import { type Handle, sqliteHandle } from "../drizzle/handle.js";
import { Queue } from "../drizzle/queue.js";
import { refuseNested, runWork } from "../drizzle/unit-of-work.js";
import { columnReaderOf } from "./column-reader.js";
import { compilerOf } from "./compile.js";
import {
  type Connection,
  openMemory,
  openReader,
  openWriter,
  refuseForeign,
  storeExists,
} from "./connection.js";
import { isBusy, translateSqliteError } from "./errors.js";
import { inspectSqlite } from "./inspect.js";
import { migrateSqlite } from "./migrate.js";
import { ReaderPool } from "./reader-pool.js";
import * as schema from "./schema.js";

export interface SqliteOptions {
  readonly path: string;
  readonly create: boolean;
  readonly lockTimeoutMs: number;
}

/**
 * SQLite in a file: one writer connection behind a queue, read-only connections beside it. Waiting for another
 * process's lock happens off the event loop, in small jittered steps.
 */
export class SqliteStore implements Store {
  readonly capabilities: StoreCapabilities;
  readonly #writes = new Queue();
  readonly #handle: Handle;
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  #closing: Promise<void> | null = null;
  #lookedAt = 0;

  private constructor(
    private readonly writer: Connection,
    private readonly readers: ReaderPool | null,
    private readonly file: OpenFile | null,
    private readonly clock: Clock,
    private readonly lockTimeoutMs: number,
  ) {
    this.#handle = handleOf(writer);
    this.#begin = writer.prepare("begin immediate");
    this.#commit = writer.prepare("commit");
    this.#rollback = writer.prepare("rollback");
    this.capabilities = { concurrentReads: readers !== null, processes: readers ? "many" : "one" };
  }

  /** @throws BlotterError `not_found` when there is no store and `create` is false */
  static async open(options: SqliteOptions, clock: Clock): Promise<SqliteStore> {
    const path = resolve(options.path);
    if (!options.create && !storeExists(path)) {
      throw new BlotterError("not_found", `no store at ${path}: run blotter migrate or import`);
    }
    const writer = openWriter(path);
    try {
      // Before the first write: another application's file stays as it is.
      await untilUnlocked(() => refuseForeign(writer, path), options.lockTimeoutMs);
      await untilUnlocked(() => writer.pragma("journal_mode = WAL"), options.lockTimeoutMs);
      await untilUnlocked(() => migrateSqlite(writer, path), options.lockTimeoutMs);
    } catch (error) {
      writer.close();
      throw translateSqliteError(error);
    }
    keepPrivate(path);
    const { dev, ino } = statSync(path);
    const readers = new ReaderPool(() => handleOfReader(path));
    return new SqliteStore(writer, readers, { path, dev, ino }, clock, options.lockTimeoutMs);
  }

  /** A store that lives as long as the process; reads wait their turn behind writes. */
  static openMemory(clock: Clock): SqliteStore {
    const writer = openMemory();
    migrateSqlite(writer, ":memory:");
    return new SqliteStore(writer, null, null, clock, 0);
  }

  async write<T>(_scope: WriteScope, work: (repos: Repositories) => Promise<T>): Promise<T> {
    refuseNested();
    this.#requireOpen();
    return this.#writes.run(() => this.#transaction(work));
  }

  async read<T>(query: (repos: ReadRepositories) => Promise<T>): Promise<T> {
    refuseNested();
    this.#requireOpen();
    if (this.readers === null) return this.#writes.run(() => this.#transaction(query));
    try {
      return await this.readers.run((handle) => runWork(handle, this.clock.now(), query));
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  async #transaction<T>(work: (repos: Repositories) => Promise<T>): Promise<T> {
    this.#requireSameFile();
    try {
      await untilUnlocked(() => this.#begin.run(), this.lockTimeoutMs);
      try {
        const result = await runWork(this.#handle, this.clock.now(), work);
        this.#commit.run();
        return result;
      } finally {
        // A failed commit leaves the transaction open; some errors have ended it already.
        if (this.writer.inTransaction) this.#rollback.run();
      }
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  #requireOpen(): void {
    if (this.#closing) throw new BlotterError("unavailable", "the store is closed");
  }

  /** SQLite would go on acknowledging commits into a file that was moved or deleted: look once a second. */
  #requireSameFile(): void {
    if (this.file === null || performance.now() - this.#lookedAt < 1_000) return;
    const { path, dev, ino } = this.file;
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.dev !== dev || found.ino !== ino) {
      throw new BlotterError("unavailable", `${path} was moved, deleted or replaced while open`);
    }
    this.#lookedAt = performance.now();
  }

  async inspect(): Promise<StoreReport> {
    refuseNested();
    this.#requireOpen();
    return this.#writes.run(async () => inspectSqlite(this.writer, this.file?.path ?? ":memory:"));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#writes.idle();
    await this.readers?.close();
    this.writer.close();
  }
}

/** A file that another tool made may be open to others; SQLite gives -wal and -shm the mode of the file. */
function keepPrivate(path: string): void {
  const { mode, uid } = statSync(path);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(path, 0o600);
}

interface OpenFile {
  readonly path: string;
  readonly dev: number;
  readonly ino: number;
}

function handleOf(connection: Connection): Handle {
  const columns = columnReaderOf(connection);
  return sqliteHandle(drizzle({ client: connection }), schema, compilerOf(connection), columns);
}

function handleOfReader(path: string) {
  const connection = openReader(path);
  return { connection, handle: handleOf(connection) };
}

/** Repeats a call that finds the lock taken, with jitter, until it succeeds or the time is up. */
async function untilUnlocked<T>(call: () => T, timeoutMs: number): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return call();
    } catch (error) {
      const waitedMs = performance.now() - start;
      if (!isBusy(error) || waitedMs >= timeoutMs) throw error;
      // Fractions of a millisecond at first, then longer steps.
      if (waitedMs < 5) await new Promise((resume) => setImmediate(resume));
      else await sleep(1 + Math.random() * 4);
    }
  }
}
