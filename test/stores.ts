import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { type Blotter, createBlotter } from "../src/container.js";
import type { Store } from "../src/ports/store.js";
import { PgliteStore } from "../src/storage/postgres/pglite-store.js";
import { SystemClock } from "../src/system/system-clock.js";

/**
 * A kind of store that a suite runs on. Every store it opens is fresh and gone after `dispose`. Its days end when a test
 * says so, not when it happens to be 17:00 in Chicago.
 */
export interface StoreKind {
  readonly name: string;
  open(): Promise<OpenBlotter>;
}

export interface OpenBlotter {
  readonly blotter: Blotter;
  /** A url under which another connection or process sees the same store; null when none can. */
  readonly url: string | null;
  dispose(): Promise<void>;
}

export const sqliteFile: StoreKind = {
  name: "SQLite file",
  async open() {
    const folder = mkdtempSync(join(tmpdir(), "blotter-"));
    const url = `file:${join(folder, "books.db")}`;
    const blotter = await createBlotter({ url, closeDays: false });
    return {
      blotter,
      url,
      async dispose() {
        await blotter.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

export const sqliteMemory: StoreKind = {
  name: "SQLite memory",
  async open() {
    const blotter = await createBlotter({ url: ":memory:", closeDays: false });
    return { blotter, url: null, dispose: () => blotter.close() };
  },
};

/** A migrated database in memory; cloning it costs a fraction of making it. */
let template: Promise<PGlite> | undefined;

async function migratedTemplate(): Promise<PGlite> {
  const database = await PGlite.create();
  const clock = new SystemClock();
  await PgliteStore.over(database, null, "template", true, clock);
  return database;
}

export const pglite: StoreKind = {
  name: "PGlite",
  async open() {
    template ??= migratedTemplate();
    const clone = await (await template).clone();
    // A clone of a PGlite is one; its type says only that it has the interface.
    const database = clone as PGlite;
    const store = await PgliteStore.over(database, null, "clone", true, new SystemClock());
    const blotter = await createBlotter({ store, closeDays: false });
    return { blotter, url: null, dispose: () => blotter.close() };
  },
};

/** A database of its own on the server of TEST_DATABASE_URL. */
export const postgres: StoreKind = {
  name: "Postgres",
  async open() {
    const server = process.env.TEST_DATABASE_URL ?? "";
    const name = `blotter_${randomUUID().replaceAll("-", "")}`;
    await onServer(server, `create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    const blotter = await createBlotter({ url: url.href, closeDays: false });
    return {
      blotter,
      url: url.href,
      async dispose() {
        await blotter.close();
        await onServer(server, `drop database ${name} with (force)`);
      },
    };
  },
};

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Opens a fresh store of a kind; closing the Blotter takes the store with it. */
export async function openFresh(kind: StoreKind): Promise<Blotter> {
  const { blotter, dispose } = await kind.open();
  return { ...blotter, close: dispose };
}

/** A fresh store at a url, for processes that open it there themselves. */
export async function openAddressed(kind: StoreKind): Promise<Addressed> {
  const { blotter, url, dispose } = await kind.open();
  if (url === null) throw new Error(`another process cannot open ${kind.name}`);
  return { blotter: { ...blotter, close: dispose }, url };
}

export interface Addressed {
  readonly blotter: Blotter;
  readonly url: string;
}

/** A fresh store for Blotters that a test makes itself: closing one of them leaves it open. */
export async function openShared(
  kind: StoreKind,
): Promise<{ readonly store: Store; dispose(): Promise<void> }> {
  const { blotter, dispose } = await kind.open();
  return { store: lent(blotter.store), dispose };
}

/** A store that stays open when who borrows it closes it. */
export function lent(store: Store): Store {
  return {
    capabilities: store.capabilities,
    write: (scope, work) => store.write(scope, work),
    read: (query) => store.read(query),
    inspect: () => store.inspect(),
    close: async () => {},
  };
}

/** What `npm test` runs the shared suites on. */
export const LOCAL_STORES: readonly StoreKind[] = [sqliteFile, sqliteMemory, pglite];
