import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ONE_MORNING, ordersExport } from "./made-up-orders.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-cli-"));
  db = `file:${join(folder, "books.db")}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runBlotter([...args, "--db", db]);

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));

async function importMorning(): Promise<void> {
  writeFileSync(join(folder, "orders.csv"), ordersExport(ONE_MORNING));
  await output("import", "topstepx-orders", join(folder, "orders.csv"));
}

describe("backup, backups and restore", () => {
  test("copy a store, list the copies, and put one back", async () => {
    await importMorning();
    const trades = await output("trades", "--json");
    expect(await output("backup")).toMatch(
      /^backed up to books-db-\d{8}T\d{9}Z-manual\.db: \d+ rows, 4 fills, \d+ bytes\n$/,
    );
    const [backup] = await json("backups", "--check");
    expect(backup).toMatchObject({ kind: "manual", store: "books.db", fills: 4, problem: null });
    expect(await output("backups")).toContain(backup.name);
    await output("void", "1001", "--account", "ACC-1");
    const restored = await output("restore", backup.name);
    expect(restored).toMatch(/^restored books-db-\S+\nthe store that was there is now \S+\n$/);
    expect(await output("trades", "--json")).toBe(trades);
  });

  test("make a store that is not there from a backup elsewhere", async () => {
    await importMorning();
    const fills = await output("fills", "--csv");
    const elsewhere = join(folder, "usb");
    const { name } = await json("backup", "--to", elsewhere);
    rmSync(join(folder, "books.db"));
    expect((await run("fills")).code).toBe(1);
    expect(await json("restore", join(elsewhere, name))).toMatchObject({ kept: null });
    expect(await output("fills", "--csv")).toBe(fills);
    expect(await json("backups", "--in", elsewhere)).toHaveLength(1);
    expect(await output("backups")).toBe("no backups\n");
  });

  test("tell a damaged one with exit code 1, and do not restore it", async () => {
    await importMorning();
    const { name } = await json("backup");
    appendFileSync(join(folder, "backups", name), "x");
    const { code, stdout, stderr } = await run("backups", "--check");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "blotter: 1 backup is damaged: make a new one\n",
    });
    expect(stdout).toMatch(/bytes instead of/);
    const refused = await run("restore", name);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^blotter: [^\n]*bytes instead of[^\n]*\n$/);
  });

  test("by schedule, begin with the one that is due", async () => {
    await importMorning();
    const { code, stdout, stderr } = await run("backup", "--schedule");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^backed up to books-db-\S+-monthly\.db\.gz: /);
    expect(stderr).toBe("blotter: backing up by schedule until Ctrl-C\n");
  });

  test("say what is in the way of a new folder", async () => {
    await importMorning();
    const refused = async (to: string) => {
      const { code, stdout, stderr } = await run("backup", "--to", to);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      return stderr;
    };
    const none = join(folder, "none");
    expect(await refused(join(none, "b"))).toMatch(`: there is no folder ${none}\n`);
    const file = await refused(join(folder, "orders.csv", "b"));
    expect(file).toMatch(/^blotter: cannot make .*: Error: ENOTDIR/);
    // A folder that is there, and in which none can be made.
    const odd = await refused("/proc/blotter-backups");
    expect(odd).toMatch(/^blotter: cannot make \/proc\/blotter-backups: Error: E[A-Z]+/);
  });

  test.each([
    [["backup"], /no store at/],
    [["backups", "--in", "/no-such"], /there is no folder "\/no-such"/],
    [["backups", "--check", "--in", "/no-such"], /there is no folder "\/no-such"/],
    [["backups", "--in", "/dev/null"], /"\/dev\/null" is no folder/],
    [["restore", "no-such.db"], /no backup .*no-such\.db.*: see blotter backups/],
    [["restore", ".."], /a backup's name is 1-101 letters/],
    [["restore", "a%2fb/../../etc/passwd"], /no backup/],
    [["restore", "--in", "/proc/none", "x.db"], /no backup/],
  ])("%j exits 1 with a line, and makes nothing", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^blotter: [^\n]+\n$/);
    expect(existsSync(join(folder, "books.db"))).toBe(false);
    expect(readdirSync(folder).filter((name) => name !== "backups")).toEqual([]);
  });
});
