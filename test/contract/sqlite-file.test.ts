import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Blotter, createBlotter } from "../../src/index.js";
import { Child } from "./child.js";
import { Desk } from "./desk.js";
import { freshAccount } from "./fresh-account.js";
import { orderRow } from "./made-up-rows.js";

let folder: string;
let path: string;
const opened: Blotter[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-file-"));
  path = join(folder, "books.db");
});
afterEach(async () => {
  for (const blotter of opened.splice(0)) await blotter.close();
  rmSync(folder, { recursive: true });
});

async function open(options: { create?: boolean; lockTimeoutMs?: number } = {}): Promise<Blotter> {
  const blotter = await createBlotter({ url: `file:${path}`, ...options });
  opened.push(blotter);
  return blotter;
}

/** A closed store that Blotter made, changed by hand. */
async function madeStore(change: string): Promise<void> {
  const blotter = await createBlotter({ url: `file:${path}` });
  await blotter.close();
  const database = new Database(path);
  database.exec(change);
  database.close();
}

describe("a SQLite file", () => {
  it("is in WAL mode with every commit forced to disk, and healthy", async () => {
    const report = await (await open()).store.inspect();
    expect(report.problems).toEqual([]);
    const facts = Object.fromEntries(report.facts);
    expect(facts).toMatchObject({ synchronous: "FULL", "journal mode": "wal", store: path });
  });

  it("reads beside a writer, for many processes", async () => {
    const { capabilities } = (await open()).store;
    expect(capabilities).toEqual({ concurrentReads: true, processes: "many" });
  });

  it("can be read and written by its owner alone", async () => {
    await freshAccount(await open());
    const modes = ["", "-wal", "-shm"].map((end) => statSync(`${path}${end}`).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  });

  it("reports rows that refer to nothing", async () => {
    await madeStore(`pragma foreign_keys = off; insert into account_snapshots (account_id, timestamp,
      balance, realized_pnl, commissions, fees, is_eod, snapshot_type, created_at)
      values ('gone', 0, 0, 0, 0, 0, 0, 'manual', 0)`);
    const { problems } = await (await open()).store.inspect();
    expect(problems).toEqual([expect.stringContaining("account_snapshots")]);
  });
});

describe("opening a SQLite file", () => {
  it("makes no store when it is not to", async () => {
    const told = { code: "not_found", message: expect.stringContaining(`no store at ${path}`) };
    await expect(open({ create: false })).rejects.toMatchObject(told);
    expect(() => statSync(path)).toThrow("ENOENT");
    writeFileSync(path, "");
    await expect(open({ create: false })).rejects.toMatchObject(told);
  });

  it("opens what is there, with create false too", async () => {
    const account = await freshAccount(await open());
    const again = await open({ create: false });
    expect((await again.accounts.get(account)).accountId).toBe(account);
  });

  it("refuses a folder that is not there", async () => {
    path = join(folder, "missing", "books.db");
    await expect(open()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(path),
    });
  });

  it("refuses another application's database and leaves it as it was", async () => {
    const database = new Database(path);
    database.exec("create table notes (text); insert into notes values ('mine')");
    database.close();
    const before = readFileSync(path);
    await expect(open()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("another application"),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("refuses a file that is no database and leaves it as it was", async () => {
    const garbage = "date,profit\n".repeat(400);
    writeFileSync(path, garbage);
    await expect(open()).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringContaining("no SQLite database"),
    });
    expect(readFileSync(path, "utf8")).toBe(garbage);
  });

  it("refuses a store that newer code made", async () => {
    await madeStore(
      `insert into __drizzle_migrations (hash, created_at) values ('new', 9999999999999)`,
    );
    await expect(open()).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/newer.*update Blotter/),
    });
  });

  it("refuses a store whose migrations are not ours", async () => {
    await madeStore(`update __drizzle_migrations set hash = 'edited'`);
    await expect(open()).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringContaining("history has diverged"),
    });
  });

  it("makes a fresh store once when processes open it at once", async () => {
    const writers = ["a", "b", "c"];
    const children = writers.map(
      (writer) => new Child("record-fills.ts", `file:${path}`, "new", writer, "0", "2"),
    );
    await Promise.all(children.map((child) => child.printed(1)));
    for (const child of children) child.say("go");
    for (const child of children) expect(await child.ended).toEqual({ code: 0, errors: "" });
    const blotter = await open();
    expect(await blotter.orders.fills({ account: "new" })).toHaveLength(6);
    expect((await blotter.store.inspect()).problems).toEqual([]);
  });
});

describe("a SQLite file under a running bot", () => {
  it("locked by another process never stops the event loop, and says so in time", async () => {
    const blotter = await open({ lockTimeoutMs: 250 });
    const desk = await Desk.open(blotter);
    await desk.fill(1, "1", "o", "buy 1 @ 20000");
    const holder = new Child("hold-lock.ts", path);
    await holder.printed(1);
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 5);
    await expect(desk.fill(2, "2", "o", "buy 1 @ 20000")).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("another process holds the store's lock"),
    });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(10);
    expect(await desk.net()).toBe(1);
    const waiting = desk.fill(2, "2", "o", "buy 1 @ 20000");
    holder.say("release");
    expect((await waiting).outcome).toBe("recorded");
    await holder.ended;
  });

  const ends: readonly (readonly [string, () => void])[] = [
    ["moved", () => renameSync(path, `${path}.moved`)],
    ["deleted", () => rmSync(path)],
    ["replaced", () => replace()],
  ];

  it.each(ends)("that is %s is found out within about a second", async (_, act) => {
    const { store } = await open();
    const account = await freshAccount(opened[0] ?? (await open()));
    act();
    await sleep(1_050);
    const write = store.write(account, (repos) => repos.orders.insert(orderRow(account, "lost")));
    await expect(write).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("was moved, deleted or replaced"),
    });
  });
});

function replace(): void {
  const content = readFileSync(path);
  rmSync(path);
  writeFileSync(path, content);
}
