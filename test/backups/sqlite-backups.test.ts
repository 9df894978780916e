import { execFile } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Blotter, createBlotter, openBackups } from "../../src/container.js";
import { Child } from "../contract/child.js";
import { numberedFill } from "../contract/numbered-fills.js";
import { wholeStore } from "../contract/whole-store.js";
import { fillBooks } from "../schema/filled-books.js";
import { reseal } from "./reseal.js";

let folder: string;
let path: string;
let url: string;
const opened: Blotter[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-backups-"));
  path = join(folder, "books.db");
  url = `file:${path}`;
});
afterEach(async () => {
  for (const blotter of opened.splice(0)) await blotter.close();
  rmSync(folder, { recursive: true });
});

const inBackups = (name: string) => join(folder, "backups", name);
const elsewhere = () => join(folder, "elsewhere.db");

async function open(where = url): Promise<Blotter> {
  const blotter = await createBlotter({ url: where });
  opened.push(blotter);
  return blotter;
}

async function filled(): Promise<Blotter> {
  const blotter = await open();
  await fillBooks(blotter);
  return blotter;
}

/** The backups of our folder, for a store of another name. */
const keeperElsewhere = () =>
  openBackups({ url: `file:${elsewhere()}`, backups: join(folder, "backups") });

async function closed(blotter: Blotter): Promise<void> {
  opened.splice(opened.indexOf(blotter), 1);
  await blotter.close();
}

describe("a backup of a SQLite file", () => {
  it("is one private file in its folder, with its manifest, and holds all that the store held", async () => {
    const blotter = await filled();
    const made = await blotter.backups.create();
    expect(readdirSync(join(folder, "backups")).sort()).toEqual([made.name, `${made.name}.json`]);
    expect(statSync(inBackups(made.name)).mode & 0o777).toBe(0o600);
    expect(statSync(inBackups(`${made.name}.json`)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "backups")).mode & 0o777).toBe(0o700);
    expect(made).toMatchObject({ kind: "manual", engine: "sqlite", store: "books.db" });
    expect(made.tables.fills?.rows).toBe(9);
    expect(await blotter.backups.list()).toEqual([made]);
    expect(await blotter.backups.check()).toEqual([
      { name: made.name, manifest: made, problem: null },
    ]);
    const copy = new Database(inBackups(made.name), { readonly: true });
    expect(copy.pragma("journal_mode", { simple: true })).toBe("delete");
    copy.close();
    await (await keeperElsewhere()).restore(made.name);
    const restored = await open(`file:${elsewhere()}`);
    expect(await wholeStore(restored.store)).toEqual(await wholeStore(blotter.store));
    expect(await restored.trades.verify()).toEqual([]);
  });

  it("taken 20 times while another process writes is each time whole up to its moment", async () => {
    const writer = new Child("record-fills.ts", url, "busy", "w", "0", "100000");
    await writer.printed(1);
    writer.say("go");
    await writer.printed(20);
    const keeper = await openBackups({ url });
    const taken: { readonly name: string; readonly acknowledged: number }[] = [];
    for (let i = 0; i < 20; i += 1) {
      const acknowledged = writer.lines.length - 1;
      taken.push({ name: (await keeper.create()).name, acknowledged });
    }
    await writer.kill();
    expect(new Set((await keeper.check()).map(({ problem }) => problem))).toEqual(new Set([null]));
    const other = await keeperElsewhere();
    for (const { name, acknowledged } of taken) {
      const { kept, backup } = await other.restore(name);
      if (kept !== null) rmSync(kept);
      const restored = await createBlotter({ url: `file:${elsewhere()}` });
      const fills = await restored.orders.fills({ account: "busy" });
      expect(fills.length).toBeGreaterThanOrEqual(acknowledged);
      const told = Array.from(fills, (_, n) => numberedFill("busy", "w", n).fillId);
      expect(fills.map((fill) => `${fill.fillId}`).sort()).toEqual(told.sort());
      expect(await restored.trades.verify()).toEqual([]);
      expect(backup.tables.fills?.rows).toBe(fills.length);
      await restored.close();
    }
    expect(taken.at(-1)?.acknowledged).toBeGreaterThan(taken[0]?.acknowledged ?? 0);
  }, 240_000);

  it("leaves nothing that looks like a backup when it is killed, and the next one cleans up", async () => {
    const blotter = await filled();
    const child = new Child("../backups/take-backups.ts", url);
    await child.printed(3);
    await child.kill();
    const names = () => readdirSync(join(folder, "backups"));
    const finished = names().filter((name) => !name.startsWith("."));
    for (const name of finished) {
      if (name.endsWith(".json")) expect(existsSync(inBackups(name.slice(0, -5)))).toBe(true);
    }
    const problems = (await blotter.backups.check()).map(({ problem }) => problem);
    expect(problems.length).toBeGreaterThanOrEqual(2);
    expect(new Set(problems)).toEqual(new Set([null]));
    writeFileSync(inBackups(".draft-4194304-0a"), "half");
    writeFileSync(inBackups(".draft-4194304-0a.gz"), "half");
    await blotter.backups.create();
    expect(names().filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("leaves nothing and says so where it cannot be written", async () => {
    const blotter = await filled();
    writeFileSync(join(folder, "backups"), "a file, no folder");
    await expect(blotter.backups.create()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/cannot write to .*backups/),
    });
    const keeper = await openBackups({ url, backups: "/proc/no/such" });
    await expect(keeper.create()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/there is no folder \/proc\/no/),
    });
  });

  it("leaves nothing and says so when the disk has no room for it", async () => {
    const blotter = await filled();
    // Files may grow to 200 KB, and the one that does is an error, not the end of the process.
    const script = "test/backups/take-backups.ts";
    const command = `trap "" XFSZ; ulimit -f 200; exec node --import tsx ${script} ${url}`;
    await expect(promisify(execFile)("bash", ["-c", command])).rejects.toMatchObject({
      stderr: expect.stringMatching(/BlotterError: the disk (is full|failed to read or write)/),
    });
    expect(readdirSync(join(folder, "backups"))).toEqual([]);
    expect(await blotter.trades.verify()).toEqual([]);
  });

  it("of a store that is not there is refused, and makes no folder entry", async () => {
    const keeper = await openBackups({ url });
    await expect(keeper.create()).rejects.toMatchObject({ code: "not_found" });
    expect(readdirSync(join(folder, "backups"))).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it("of a damaged store is not named", async () => {
    const blotter = await filled();
    await closed(blotter);
    const database = new Database(path);
    database.pragma("foreign_keys = OFF");
    database.exec("delete from orders");
    database.close();
    const keeper = await openBackups({ url });
    await expect(keeper.create()).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringMatching(/refer to nothing/),
    });
    expect(readdirSync(join(folder, "backups"))).toEqual([]);
  });

  it.each([":memory:", "pglite:memory"])(
    "of %s is refused with what to do instead",
    async (kind) => {
      const keeper = await openBackups({ url: kind, backups: folder });
      await expect(keeper.create()).rejects.toMatchObject({
        code: "unsupported",
        message: expect.stringContaining("blotter copy"),
      });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe("a backup whose manifest was lost or damaged", () => {
  it("is told, and hinders no other", async () => {
    const blotter = await filled();
    const [first, second] = [await blotter.backups.create(), await blotter.backups.create()];
    writeFileSync(inBackups(`${first.name}.json`), "garbage");
    const third = await blotter.backups.create("hourly");
    expect(await blotter.backups.list()).toEqual([second, third]);
    expect(await blotter.backups.check()).toEqual([
      { name: second.name, manifest: second, problem: null },
      { name: third.name, manifest: third, problem: null },
      { name: first.name, manifest: null, problem: expect.stringMatching(/is no JSON/) },
    ]);
  });
});

describe("backups by schedule", () => {
  it("are made when due and when something was recorded, the long ones compressed", async () => {
    const blotter = await filled();
    const first = await blotter.backups.createIfDue();
    expect(first?.kind).toBe("monthly");
    expect(first?.name).toMatch(/\.db\.gz$/);
    expect(readFileSync(inBackups(first?.name ?? "")).subarray(0, 2)).toEqual(
      Buffer.from([0x1f, 0x8b]),
    );
    expect(await blotter.backups.createIfDue()).toBeNull();
    await (await keeperElsewhere()).restore(first?.name ?? "");
    const restored = await open(`file:${elsewhere()}`);
    expect(await wholeStore(restored.store)).toEqual(await wholeStore(blotter.store));
  });
});

describe("restoring", () => {
  it("puts the store back as it was, and keeps the one that was there", async () => {
    const blotter = await filled();
    const before = await wholeStore(blotter.store);
    const made = await blotter.backups.create();
    await blotter.orders.voidFill({ accountId: "A1", fillId: "101" });
    const after = await wholeStore(blotter.store);
    await closed(blotter);
    const { kept } = await (await openBackups({ url })).restore(made.name);
    const restored = await open();
    expect(await wholeStore(restored.store)).toEqual(before);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(kept).toMatch(/books\.db\.before-restore-/);
    expect(await wholeStore((await open(`file:${kept}`)).store)).toEqual(after);
  });

  it("is refused while another process, or this one, has the store open", async () => {
    const blotter = await filled();
    const made = await blotter.backups.create();
    const before = await wholeStore(blotter.store);
    await expect(blotter.backups.restore(made.name)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/is open.*stop the bot/),
    });
    expect(await wholeStore(blotter.store)).toEqual(before);
    await closed(blotter);
    const other = new Child("record-fills.ts", url, "busy", "w", "0", "100000");
    await other.printed(1);
    other.say("go");
    await other.printed(3);
    const keeper = await openBackups({ url });
    await expect(keeper.restore(made.name)).rejects.toMatchObject({ code: "unavailable" });
    await other.printed(other.lines.length + 2);
    await other.kill();
    expect((await keeper.restore(made.name)).kept).not.toBeNull();
    expect(await wholeStore((await open()).store)).toEqual(before);
  });

  it("is refused while another program reads a store that was just restored", async () => {
    const blotter = await filled();
    const made = await blotter.backups.create();
    await closed(blotter);
    const keeper = await openBackups({ url });
    await keeper.restore(made.name);
    const reader = new Database(path, { readonly: true });
    reader.exec("begin");
    reader.prepare("select count(*) from fills").get();
    await expect(keeper.restore(made.name)).rejects.toMatchObject({ code: "unavailable" });
    reader.close();
    expect((await keeper.restore(made.name)).kept).not.toBeNull();
  });

  it("does not let the log of a store that was killed into the restored one", async () => {
    const blotter = await filled();
    const before = await wholeStore(blotter.store);
    const made = await blotter.backups.create();
    await closed(blotter);
    const writer = new Child("record-fills.ts", url, "late", "w", "0", "100000");
    await writer.printed(1);
    writer.say("go");
    await writer.printed(5);
    await writer.kill();
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await (await openBackups({ url })).restore(made.name);
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(await wholeStore((await open()).store)).toEqual(before);
  });

  it("does not let a log that a lost store left behind into the restored one", async () => {
    const blotter = await filled();
    const before = await wholeStore(blotter.store);
    const made = await blotter.backups.create();
    await closed(blotter);
    const writer = new Child("record-fills.ts", url, "late", "w", "0", "100000");
    await writer.printed(1);
    writer.say("go");
    await writer.printed(5);
    await writer.kill();
    rmSync(path);
    expect((await (await openBackups({ url })).restore(made.name)).kept).toBeNull();
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(await wholeStore((await open()).store)).toEqual(before);
  });

  it("puts a backup in the place of a file that is no database any more, and keeps that too", async () => {
    const blotter = await filled();
    const made = await blotter.backups.create();
    await closed(blotter);
    writeFileSync(path, "garbage".repeat(1000));
    const { kept } = await (await openBackups({ url })).restore(made.name);
    expect(readFileSync(kept ?? "", "utf8")).toContain("garbage");
    expect(await (await open()).trades.verify()).toEqual([]);
  });
});

describe("a backup that cannot be restored leaves the store as it was", () => {
  /** Something done to the backup's file; `sealed`: with a manifest that fits the changed bytes. */
  const cases: readonly (readonly [string, (file: string) => void, string, RegExp])[] = [
    ["damaged in one bit", flipBit, "corrupt", /checksum differs/],
    ["truncated", (file) => truncateSync(file, 8192), "corrupt", /8192 bytes instead of/],
    ["empty", (file) => truncateSync(file, 0), "corrupt", /0 bytes instead of/],
    ["without its manifest", (file) => rmSync(`${file}.json`), "not_found", /without its manifest/],
    [
      "with a manifest of garbage",
      (file) => writeFileSync(`${file}.json`, "{"),
      "corrupt",
      /no JSON/,
    ],
    ["a link", linkTo, "invalid", /is a link/],
    ["gone", (file) => rmSync(file), "not_found", /no backup/],
  ];
  const resealed: readonly (readonly [string, (file: string) => void, string, RegExp])[] = [
    ["empty, with a manifest for that", (file) => truncateSync(file, 0), "corrupt", /is empty/],
    [
      "no database",
      (file) => writeFileSync(file, "x".repeat(9000)),
      "corrupt",
      /no SQLite database/,
    ],
    [
      "truncated, with a manifest for that",
      (file) => truncateSync(file, 40_960),
      "corrupt",
      /damaged/,
    ],
    [
      "another application's",
      (file) => sql(file, "pragma application_id = 7"),
      "unsupported",
      /another application/,
    ],
    [
      "of newer code",
      (file) => sql(file, "insert into __drizzle_migrations (hash, created_at) values ('n', 9e12)"),
      "unsupported",
      /newer Blotter/,
    ],
    [
      "with a trigger in it",
      (file) => sql(file, "create trigger t after insert on fills begin select 1; end"),
      "unsupported",
      /trigger/,
    ],
    [
      "with a row more",
      (file) =>
        sql(
          file,
          "insert into outbox_cursors (consumer, account_id, sequence) values ('c', 'A1', 1)",
        ),
      "corrupt",
      /outbox_cursors has 1 rows instead of 0/,
    ],
    [
      "with a changed row",
      (file) => sql(file, "update accounts set starting_balance = 7 where account_id = 'A1'"),
      "corrupt",
      /rows of table accounts differ/,
    ],
  ];

  async function expectRefused(change: (file: string) => void, code: string, message: RegExp) {
    const blotter = await filled();
    const made = await blotter.backups.create();
    const before = await wholeStore(blotter.store);
    await closed(blotter);
    change(inBackups(made.name));
    await expect((await openBackups({ url })).restore(made.name)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(readdirSync(folder).filter((name) => name !== "backups")).toEqual(["books.db"]);
    expect(await wholeStore((await open()).store)).toEqual(before);
  }

  it.each(cases)("%s", (_, change, code, message) => expectRefused(change, code, message));

  it.each(resealed)("%s", (_, change, code, message) =>
    expectRefused(
      (file) => {
        change(file);
        reseal(file);
      },
      code,
      message,
    ),
  );

  it("and so does a name that is a path", async () => {
    const keeper = await openBackups({ url });
    for (const name of ["..", ".hidden", "a\u0000b", "..%2fbooks.db", ""]) {
      await expect(keeper.restore(name)).rejects.toMatchObject({ code: "invalid" });
    }
    for (const file of ["../../etc/passwd", "/etc/passwd", "./no.db", "/etc/passwd/x"]) {
      await expect(keeper.restore(file)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("takes a file of another folder by its path", async () => {
    const blotter = await filled();
    const made = await blotter.backups.create();
    mkdirSync(join(folder, "usb"));
    for (const ending of ["", ".json"]) {
      copyFileSync(
        inBackups(`${made.name}${ending}`),
        join(folder, "usb", `${made.name}${ending}`),
      );
    }
    const { backup } = await (await keeperElsewhere()).restore(join(folder, "usb", made.name));
    expect(backup).toEqual(made);
    expect(await wholeStore((await open(`file:${elsewhere()}`)).store)).toEqual(
      await wholeStore(blotter.store),
    );
  });
});

function flipBit(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(20_000) ^ 1, 20_000);
  writeFileSync(file, bytes);
}

function linkTo(file: string): void {
  copyFileSync(file, `${file}.moved`);
  rmSync(file);
  symlinkSync(`${file}.moved`, file);
}

function sql(file: string, statement: string): void {
  chmodSync(file, 0o600);
  const database = new Database(file);
  database.exec(statement);
  database.close();
}
