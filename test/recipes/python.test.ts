import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBlotter } from "../../src/container.js";
import { RECIPES, type Rows, totalsOf } from "./expected-totals.js";
import { recordManyFills } from "./many-fills.js";

const PROGRAM = fileURLToPath(new URL("totals.py", import.meta.url));

/** The store is open to other languages: plain SQL from Python's own library, the same totals. */
describe("totals.py", () => {
  let folder = "";
  let expected: Readonly<Record<string, Rows>>;
  let whileOpen: Readonly<Record<string, Rows>>;
  let totals: Readonly<Record<string, Rows>>;
  let bytesBefore = Buffer.of(0);
  let bytesAfter = Buffer.of(1);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "blotter books #1 "));
    const path = join(folder, "trading bot.db");
    const blotter = await createBlotter({ url: `file:${path}` });
    await recordManyFills(blotter, 300);
    whileOpen = await runPython(path);
    expected = await totalsOf(blotter);
    await blotter.close();
    bytesBefore = readFileSync(path);
    totals = await runPython(path);
    bytesAfter = readFileSync(path);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(RECIPES)("reads the same %s from a closed store, to the cent", (name) => {
    expect(expected[name]?.length).toBeGreaterThanOrEqual(2);
    expect(totals[name]).toEqual(expected[name]);
  });

  it("runs every recipe, and changes nothing in the store", () => {
    expect(Object.keys(totals)).toEqual(RECIPES);
    expect(bytesAfter.equals(bytesBefore)).toBe(true);
  });

  it("reads the same beside a bot that has the store open", () => {
    expect(whileOpen).toEqual(totals);
  });

  it("tells what is wrong with a file that is no store", async () => {
    await expect(runPython(PROGRAM)).rejects.toThrow(/cannot read .*not a database/);
    await expect(runPython(join(folder, "none.db"))).rejects.toThrow(/cannot read/);
    expect(readdirSync(folder)).not.toContain("none.db");
  });
});

function runPython(path: string): Promise<Record<string, Rows>> {
  return new Promise((resolve, reject) => {
    execFile("python3", [PROGRAM, path], (error, stdout, stderr) => {
      if (error?.code === "ENOENT") {
        reject(new Error("python3 is not installed: this test reads a store from Python"));
      } else if (error) reject(new Error(stderr || error.message));
      else resolve(JSON.parse(stdout));
    });
  });
}
