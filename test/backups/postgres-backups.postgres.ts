import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Blotter, createBlotter, openBackups } from "../../src/container.js";
import { toolAccess } from "../../src/storage/postgres/tools.js";
import { Child } from "../contract/child.js";
import { numberedFill } from "../contract/numbered-fills.js";
import { wholeStore } from "../contract/whole-store.js";
import { fillBooks } from "../schema/filled-books.js";
import { type OpenBlotter, postgres } from "../stores.js";
import { reseal } from "./reseal.js";

let folder: string;
let store: OpenBlotter;
let url: string;
/** Databases that a test made beside the store. */
const made: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-backups-"));
  store = await postgres.open();
  url = store.url ?? "";
});
afterEach(async () => {
  await store.dispose();
  for (const name of made.splice(0))
    await onServer(`drop database if exists "${name}" with (force)`);
  expect(await databases(`blotter_scratch_${process.pid}_%`)).toEqual([]);
  rmSync(folder, { recursive: true });
});

async function onServer(
  sql: string,
  where = process.env.TEST_DATABASE_URL,
): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

async function databases(like: string): Promise<readonly string[]> {
  const { rows } = await onServer(`select datname from pg_database where datname like '${like}'`);
  return rows.map(({ datname }) => String(datname));
}

const keeper = (where = url) => openBackups({ url: where, backups: join(folder, "backups") });
const inBackups = (name: string) => join(folder, "backups", name);

/** Another database of the server: its url. */
function elsewhere(name: string): string {
  made.push(name);
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function looking<T>(where: string, look: (blotter: Blotter) => Promise<T>): Promise<T> {
  const blotter = await createBlotter({ url: where, create: false });
  try {
    return await look(blotter);
  } finally {
    await blotter.close();
  }
}

describe("a backup of a Postgres store", () => {
  it("is a private dump with its manifest, and makes the store again elsewhere", async () => {
    await fillBooks(store.blotter);
    const backup = await (await keeper()).create();
    expect(backup).toMatchObject({ engine: "postgres", kind: "manual" });
    expect(backup.tables.fills?.rows).toBe(9);
    expect(readdirSync(join(folder, "backups")).sort()).toEqual([
      backup.name,
      `${backup.name}.json`,
    ]);
    expect(statSync(inBackups(backup.name)).mode & 0o777).toBe(0o600);
    const other = elsewhere(`blotter_restored_${process.pid}`);
    expect((await (await keeper(other)).restore(backup.name)).kept).toBeNull();
    const before = await wholeStore(store.blotter.store);
    await looking(other, async (blotter) => {
      expect(await wholeStore(blotter.store)).toEqual(before);
      expect(await blotter.trades.verify()).toEqual([]);
      const next = numberedFill("A1", "w", 1);
      expect((await blotter.orders.recordFill(next)).outcome).toBe("recorded");
    });
  });

  it("taken while another process writes is each time whole up to its moment", async () => {
    const writer = new Child("record-fills.ts", url, "busy", "w", "0", "100000");
    await writer.printed(1);
    writer.say("go");
    await writer.printed(10);
    const backups = await keeper();
    for (let i = 0; i < 3; i += 1) {
      const acknowledged = writer.lines.length - 1;
      const { name } = await backups.create();
      const other = elsewhere(`blotter_busy_${process.pid}_${i}`);
      await (await keeper(other)).restore(name);
      await looking(other, async (blotter) => {
        const fills = await blotter.orders.fills({ account: "busy" });
        expect(fills.length).toBeGreaterThanOrEqual(acknowledged);
        const told = fills.map((_, n) => numberedFill("busy", "w", n).fillId);
        expect(fills.map((fill) => `${fill.fillId}`).sort()).toEqual(told.sort());
        expect(await blotter.trades.verify()).toEqual([]);
      });
    }
    await writer.kill();
  }, 240_000);

  it("is refused without a store, and where the tools are missing", async () => {
    const empty = elsewhere(`blotter_empty_${process.pid}`);
    await expect((await keeper(empty)).create()).rejects.toMatchObject({ code: "not_found" });
    await onServer(`create database "blotter_empty_${process.pid}"`);
    await expect((await keeper(empty)).create()).rejects.toMatchObject({ code: "not_found" });
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      await expect((await keeper()).create()).rejects.toMatchObject({
        code: "unsupported",
        message: expect.stringMatching(/pg_dump is not installed.*postgresql-client/),
      });
    } finally {
      process.env.PATH = path;
    }
    expect(readdirSync(join(folder, "backups"))).toEqual([]);
  });
});

describe("restoring a Postgres store", () => {
  it("is refused while it is open; then puts it back, and keeps the one that was there", async () => {
    await fillBooks(store.blotter);
    const before = await wholeStore(store.blotter.store);
    const backups = await keeper();
    const { name } = await backups.create();
    await store.blotter.orders.voidFill({ accountId: "A1", fillId: "101" });
    const after = await wholeStore(store.blotter.store);
    await expect(backups.restore(name)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/is open: stop the bot/),
    });
    expect(await wholeStore(store.blotter.store)).toEqual(after);
    await store.blotter.close();
    const { kept } = await backups.restore(name);
    const old = elsewhere(kept ?? "");
    await looking(url, async (blotter) => {
      expect(await wholeStore(blotter.store)).toEqual(before);
    });
    await looking(old, async (blotter) => {
      expect(await wholeStore(blotter.store)).toEqual(after);
    });
  });

  const damages: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ["truncated", (file) => truncateSync(file, 20_000), /cannot be restored/],
    ["empty", (file) => truncateSync(file, 0), /cannot be restored/],
    [
      "no dump",
      (file) => writeFileSync(file, "drop database books;".repeat(500)),
      /cannot be restored/,
    ],
    ["with other rows than its manifest", changeManifest, /accounts has 2 rows instead of 7/],
  ];
  it.each(damages)("refuses a dump that is %s", async (_, damage, message) => {
    await fillBooks(store.blotter);
    const before = await wholeStore(store.blotter.store);
    const backups = await keeper();
    const { name } = await backups.create();
    damage(inBackups(name));
    reseal(inBackups(name));
    await expect(backups.restore(name)).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringMatching(message),
    });
    expect(await wholeStore(store.blotter.store)).toEqual(before);
  });

  it("refuses a backup of another kind of store, and one of newer code", async () => {
    await fillBooks(store.blotter);
    const backups = await keeper();
    const { name } = await backups.create();
    const sqlite = await openBackups({
      url: `file:${join(folder, "books.db")}`,
      backups: join(folder, "backups"),
    });
    await expect(sqlite.restore(name)).rejects.toMatchObject({ code: "unsupported" });
    expect(readdirSync(folder)).toEqual(["backups"]);
    await onServer(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('n', 9e15)`,
      url,
    );
    const newer = await backups.create().catch((error: unknown) => error);
    expect(newer).toMatchObject({ code: "unsupported", message: expect.stringMatching(/newer/) });
  });
});

describe("the tools' command line", () => {
  it("holds no password, wherever the url has it", () => {
    for (const [given, password] of [
      ["postgres://me:s%40cret@host:5/db?sslmode=require", "s@cret"],
      ["postgres://me@host/db?password=hidden", "hidden"],
    ] as const) {
      const { url: shown, env } = toolAccess(given);
      expect(shown).not.toMatch(/s%40cret|s@cret|hidden/);
      expect(env).toEqual({ PGPASSWORD: password });
    }
    expect(toolAccess("postgres://me@host/db")).toEqual({ url: "postgres://me@host/db", env: {} });
  });
});

function changeManifest(file: string): void {
  copyFileSync(`${file}.json`, `${file}.before`);
  const manifest = JSON.parse(readFileSync(`${file}.json`, "utf8"));
  manifest.tables.accounts.rows = 7;
  writeFileSync(`${file}.json`, JSON.stringify(manifest));
}
