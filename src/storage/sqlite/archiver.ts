import { existsSync, linkSync, renameSync, rmSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import Database from "better-sqlite3";
import { type BackupContent, contentDifferences } from "../../domain/backup.js";
import { BlotterError } from "../../domain/errors.js";
import type { Restored, StoreArchiver } from "../../ports/backup.js";
import type { Clock } from "../../ports/clock.js";
import { syncDirectory, syncFile } from "../../system/files.js";
import { packageRoot } from "../../system/package-root.js";
import type { BackupAnswer, BackupJob } from "./backup-worker.js";
import { type Connection, openReader, storeExists } from "./connection.js";
import { isBusy, translateSqliteError } from "./errors.js";
import { headOf } from "./snapshot-content.js";

/** Backups of a SQLite file. All reading and checking happens in a worker, beside the bot's event loop. */
export class SqliteArchiver implements StoreArchiver {
  readonly engine = "sqlite";
  readonly ending = ".db";
  readonly storeName: string;
  readonly #path: string;

  constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    this.#path = resolve(path);
    this.storeName = basename(this.#path);
  }

  async copy(file: string): Promise<BackupContent> {
    this.#requireStore();
    const content = await inWorker({ kind: "copy", store: this.#path, file });
    await chmod(file, 0o600);
    return content;
  }

  async head(): Promise<BackupContent["head"]> {
    this.#requireStore();
    const connection = openReader(this.#path);
    try {
      return headOf(connection);
    } catch (error) {
      throw translateSqliteError(error);
    } finally {
      connection.close();
    }
  }

  #requireStore(): void {
    if (storeExists(this.#path)) return;
    throw new BlotterError("not_found", `no store at ${this.#path}: run blotter migrate or import`);
  }

  async restore(
    unpack: (file: string) => Promise<void>,
    expected: BackupContent,
  ): Promise<Restored> {
    const folder = dirname(this.#path);
    const file = join(folder, `.${this.storeName}.restore-${process.pid}`);
    try {
      await makeEmpty(file);
      await unpack(file);
      const found = await inWorker({ kind: "check", file });
      const [difference] = contentDifferences(found, expected);
      if (difference !== undefined) {
        throw new BlotterError(
          "corrupt",
          `the backup is not what its manifest says: ${difference}`,
        );
      }
      await syncFile(file);
      const kept = this.#swap(file);
      await syncDirectory(folder);
      return { kept };
    } finally {
      for (const ending of ["", "-journal", "-wal", "-shm"]) {
        rmSync(`${file}${ending}`, { force: true });
      }
    }
  }

  /** Puts the file in the store's place while holding the store alone; tells where the old one went. */
  #swap(file: string): string | null {
    if (!existsSync(this.#path)) {
      // A write-ahead log of a store that is gone would be played into the new one.
      this.#setAside(this.#asideName(), ["-wal", "-shm"]);
      renameSync(file, this.#path);
      return null;
    }
    const held = holdAlone(this.#path);
    try {
      const aside = this.#asideName();
      this.#setAside(aside, ["-wal", "-shm"]);
      linkSync(this.#path, aside);
      renameSync(file, this.#path);
      return aside;
    } finally {
      held?.close();
    }
  }

  #asideName(): string {
    const stamp = new Date(this.clock.now() / 1000).toISOString().replace(/[-:.]/g, "");
    return `${this.#path}.before-restore-${stamp}`;
  }

  #setAside(aside: string, endings: readonly string[]): void {
    for (const ending of endings) {
      if (existsSync(`${this.#path}${ending}`)) {
        renameSync(`${this.#path}${ending}`, `${aside}${ending}`);
      }
    }
  }
}

async function makeEmpty(file: string): Promise<void> {
  try {
    rmSync(file, { force: true });
    await writeFile(file, "", { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new BlotterError("unavailable", `cannot write beside the store: ${String(cause)}`, {
      cause,
    });
  }
}

/**
 * Takes the store's file for this connection alone, which fails while anything else has it open, and takes its
 * write-ahead log into it. Null for a file that is too damaged to be opened: nobody can be using it.
 * @throws BlotterError `unavailable`
 */
function holdAlone(path: string): Connection | null {
  let connection: Connection | null = null;
  try {
    connection = new Database(path, { fileMustExist: true, timeout: 0 });
    connection.pragma("journal_mode = DELETE");
    connection.exec("begin exclusive");
    return connection;
  } catch (error) {
    connection?.close();
    if (isBusy(error)) {
      throw new BlotterError(
        "unavailable",
        `${path} is open in another process or by this one: stop the bot, then restore`,
        { cause: error },
      );
    }
    const translated = translateSqliteError(error);
    if (translated instanceof BlotterError && translated.code === "corrupt") return null;
    throw translated;
  }
}

/**
 * Starts the worker: from the sources as TypeScript, else where the library is built to. The command line is
 * bundled, its worker is not.
 */
function startWorker(workerData: BackupJob): Worker {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith(".ts")) {
    const file = new URL("./backup-worker.ts", import.meta.url);
    const start = `import("tsx/esm/api").then((tsx) => { tsx.register(); return import("${file}"); })`;
    return new Worker(start, { eval: true, workerData });
  }
  const file = join(packageRoot(), "dist", "storage", "sqlite", "backup-worker.js");
  return new Worker(file, { workerData });
}

async function inWorker(job: BackupJob): Promise<BackupContent> {
  const worker = startWorker(job);
  const answer = await new Promise<BackupAnswer>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the backup's worker ended with ${code}`)));
  });
  if ("content" in answer) return answer.content;
  if (answer.code === null) throw new Error(answer.message);
  throw new BlotterError(answer.code, answer.message);
}
