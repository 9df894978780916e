import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const exec = promisify(execFile);

test("the program that is built finds the worker that makes its backups", async () => {
  await exec("node", [".build/build.mjs", "--when-needed"]);
  const folder = mkdtempSync(join(tmpdir(), "blotter-built-"));
  const blotter = async (...args: string[]) => {
    const db = `file:${join(folder, "books.db")}`;
    return (await exec("node", ["dist/bin/blotter.js", ...args, "--db", db])).stdout;
  };
  try {
    await blotter("migrate");
    await blotter("accounts", "add", "A");
    // What the command printed is what the test then restores.
    const { name } = JSON.parse(await blotter("backup", "--json"));
    await blotter("accounts", "add", "B");
    await blotter("restore", name);
    expect(JSON.parse(await blotter("accounts", "--json"))).toHaveLength(1);
    expect(readdirSync(join(folder, "backups"))).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
