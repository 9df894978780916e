import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type BackupContent, contentDifferences } from "../../domain/backup.js";
import { BlotterError } from "../../domain/errors.js";
import type { Restored, StoreArchiver } from "../../ports/backup.js";
import type { Clock } from "../../ports/clock.js";
import { pendingMigrations, readMigrations } from "../drizzle/migrations.js";
import { sqlState, translatePostgresError } from "./errors.js";
import { appliedTo, contentOf, headOf, quoted } from "./snapshot-content.js";
import { runTool } from "./tools.js";

/** Where databases are made and renamed from; every server has it. */
const MAINTENANCE = "postgres";

/**
 * Backups of a Postgres database by its own tools. A dump is proved by restoring it into a database of its own and
 * comparing every table with the moment it was taken from.
 */
export class PostgresArchiver implements StoreArchiver {
  readonly engine = "postgres";
  readonly ending = ".dump";
  readonly storeName: string;

  constructor(
    private readonly url: string,
    /** The url as it may stand in messages. */
    private readonly name: string,
    private readonly clock: Clock,
  ) {
    this.storeName = decodeURIComponent(new URL(url).pathname.slice(1)) || MAINTENANCE;
  }

  async copy(file: string): Promise<BackupContent> {
    return this.#connected(this.storeName, async (client) => {
      await client.query("begin isolation level repeatable read read only");
      await this.#requireStore(client);
      const { rows } = await client.query<{ readonly id: string }>(
        "select pg_export_snapshot() as id",
      );
      const pinned = await contentOf(client);
      await runTool("pg_dump", this.url, [
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        `--snapshot=${rows[0]?.id}`,
        `--file=${file}`,
      ]);
      await this.#proved(file, pinned, async () => undefined);
      return pinned;
    });
  }

  async head(): Promise<BackupContent["head"]> {
    return this.#connected(this.storeName, async (client) => {
      await this.#requireStore(client);
      return headOf(client);
    });
  }

  async #requireStore(client: pg.Client): Promise<void> {
    if ((await appliedTo(client)).length > 0) return;
    throw new BlotterError("not_found", `no store at ${this.name}: run blotter migrate or import`);
  }

  async restore(
    unpack: (file: string) => Promise<void>,
    expected: BackupContent,
  ): Promise<Restored> {
    const folder = await mkdtemp(join(tmpdir(), "blotter-restore-"));
    try {
      const file = join(folder, "backup.dump");
      await writeFile(file, "", { flag: "wx", mode: 0o600 });
      await unpack(file);
      return await this.#proved(file, expected, (scratch) => this.#swap(scratch));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Restores a dump into a database of its own and compares; `use` may keep the database by renaming it. */
  async #proved<T>(
    file: string,
    expected: BackupContent,
    use: (scratch: string) => Promise<T>,
  ): Promise<T> {
    const scratch = `blotter_scratch_${process.pid}_${randomUUID().replaceAll("-", "")}`;
    await this.#connected(MAINTENANCE, (client) => makeDatabase(client, scratch, this.storeName));
    try {
      await this.#fill(scratch, file);
      const found = await this.#connected(scratch, async (client) => {
        await requireOurs(client);
        return contentOf(client);
      });
      const [difference] = contentDifferences(found, expected);
      if (difference === undefined) return await use(scratch);
      throw new BlotterError("corrupt", `the backup is not what it should be: ${difference}`);
    } finally {
      const drop = `drop database if exists ${quoted(scratch)} with (force)`;
      await this.#connected(MAINTENANCE, (client) => client.query(drop));
    }
  }

  async #fill(scratch: string, file: string): Promise<void> {
    const args = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", file];
    try {
      await runTool("pg_restore", this.#urlOf(scratch), args);
    } catch (error) {
      if (!(error instanceof BlotterError) || error.code !== "unavailable") throw error;
      throw new BlotterError("corrupt", `the backup cannot be restored: ${error.message}`, {
        cause: error,
      });
    }
  }

  /** Gives a database the store's name, and the store's the name it is kept under; both or neither. */
  async #swap(scratch: string): Promise<Restored> {
    const stamp = new Date(this.clock.now() / 1000).toISOString().replace(/[-:.]/g, "");
    const kept = `${this.storeName.slice(0, 26)}_before_restore_${stamp}`;
    return this.#connected(MAINTENANCE, async (client) => {
      const { rows } = await client.query("select 1 from pg_database where datname = $1", [
        this.storeName,
      ]);
      const rename = (from: string, to: string) =>
        client.query(`alter database ${quoted(from)} rename to ${quoted(to)}`);
      await client.query("begin");
      if (rows.length > 0) await rename(this.storeName, kept);
      await rename(scratch, this.storeName);
      await client.query("commit");
      return { kept: rows.length > 0 ? kept : null };
    });
  }

  #urlOf(database: string): string {
    const url = new URL(this.url);
    url.pathname = `/${encodeURIComponent(database)}`;
    return url.href;
  }

  async #connected<T>(database: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({
      connectionString: this.#urlOf(database),
      options: "-c TimeZone=UTC",
    });
    // A connection that breaks while idle is told by the next query.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await use(client);
    } catch (error) {
      throw this.#translated(error);
    } finally {
      await client.end();
    }
  }

  #translated(error: unknown): unknown {
    switch (error instanceof BlotterError ? null : sqlState(error)) {
      case "55006":
        return new BlotterError(
          "unavailable",
          `${this.name} is open: stop the bot and all that is connected to it, then restore`,
          { cause: error },
        );
      case "42501":
        return new BlotterError(
          "unavailable",
          `the server does not let this user make a database, in which a backup is proved: grant CREATEDB`,
          { cause: error },
        );
      case "3D000":
        return new BlotterError(
          "not_found",
          `no store at ${this.name}: run blotter migrate or import`,
          { cause: error },
        );
      default:
        return translatePostgresError(error);
    }
  }
}

/** An empty database that sorts and encodes as the store's does, where there is one. */
async function makeDatabase(client: pg.Client, name: string, like: string): Promise<void> {
  const { rows } = await client.query<Readonly<Record<"encoding" | "collate" | "ctype", string>>>(
    `select pg_encoding_to_char(encoding) as encoding, datcollate as collate, datctype as ctype
     from pg_database where datname = $1`,
    [like],
  );
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const [same] = rows;
  const locale = same
    ? `encoding ${text(same.encoding)} lc_collate ${text(same.collate)} lc_ctype ${text(same.ctype)}`
    : "encoding 'UTF8'";
  await client.query(`create database ${quoted(name)} template template0 ${locale}`);
}

/** @throws BlotterError `corrupt` or `unsupported` for what is no store that this Blotter can read */
async function requireOurs(client: pg.Client): Promise<void> {
  const applied = await appliedTo(client);
  if (applied.length === 0) throw new BlotterError("corrupt", "the backup holds no store");
  pendingMigrations(readMigrations("postgres"), applied);
  const { rows } = await client.query<{ readonly name: string }>(
    `select proname as name from pg_proc join pg_namespace n on n.oid = pronamespace
       where nspname not in ('pg_catalog', 'information_schema')
     union all select tgname from pg_trigger where not tgisinternal`,
  );
  const [strange] = rows;
  if (strange === undefined) return;
  throw new BlotterError("unsupported", `the backup has a function or trigger: ${strange.name}`);
}
