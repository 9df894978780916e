import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { progressLine, withProgress } from "../../src/cli/row-progress.js";
import { copyStore, createBlotter, openBackups } from "../../src/container.js";
import type { TransferProgress } from "../../src/ports/transfer.js";
import { fillBooks } from "../schema/filled-books.js";
import { fileOf } from "../transfer/transfer-contract.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-progress-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const url = (name: string) => `file:${join(folder, name)}`;

async function filled(name: string): Promise<string> {
  const blotter = await createBlotter({ url: url(name) });
  await fillBooks(blotter);
  await blotter.close();
  return url(name);
}

/** Collects what is told, step by step: how often, and the last figures. */
function listener() {
  const told: TransferProgress[] = [];
  const steps = () => [...new Set(told.map(({ step }) => step))];
  const last = (step: string) => told.filter((progress) => progress.step === step).at(-1);
  return { onProgress: (progress: TransferProgress) => void told.push(progress), steps, last };
}

describe("progress is told", () => {
  test("by a copy: facts that arrived, then what is made of them", async () => {
    const { onProgress, steps, last } = listener();
    const { rows } = await copyStore(await filled("a.db"), url("b.db"), { onProgress });
    expect(steps()).toEqual(["writing", "rebuilding", "comparing"]);
    expect(last("writing")).toEqual({ step: "writing", done: rows, total: null });
  });

  test("by an export, and by the import of it, which knows how much there is", async () => {
    const blotter = await createBlotter({ url: await filled("a.db") });
    const out = listener();
    let text = "";
    const write = async (part: string) => {
      text += part;
    };
    const { rows } = await blotter.transfer.exportFacts(write, out);
    expect(out.steps()).toEqual(["reading", "comparing"]);
    expect(out.last("reading")?.done).toBe(rows);
    const lines = listener();
    await blotter.transfer.exportRows("fills", async () => undefined, lines);
    expect(lines.last("reading")?.done).toBeGreaterThan(5);
    await blotter.close();
    const target = await createBlotter({ url: url("b.db") });
    const into = listener();
    await target.transfer.importFacts(fileOf(text), into);
    expect(into.last("writing")).toEqual({ step: "writing", done: rows, total: rows });
    await target.close();
  });

  test("by a restore: bytes that were read, and unpacked", async () => {
    const keeper = await openBackups({ url: await filled("a.db") });
    const made = await keeper.create("weekly");
    const told: object[] = [];
    await keeper.restore(made.name, (progress) => told.push(progress));
    const total = made.bytes;
    expect(told).toContainEqual({ step: "reading", done: total, total });
    expect(told).toContainEqual({ step: "unpacking", done: total, total });
    expect(told.at(-1)).toEqual({ step: "comparing", done: 0, total: null });
  });
});

describe("a bar", () => {
  const lineOf = (step: string, done: number, total: number | null) =>
    progressLine(
      { barCompleteString: "====", barIncompleteString: "----", barsize: 4, barGlue: "" },
      { progress: 0.5, eta: 0, startTime: 0, stopTime: null, total: 4, value: 2, maxWidth: 80 },
      { step, done, total },
      "rows",
    );

  test("reads as far as it is known", () => {
    expect(lineOf("writing", 2, 4)).toBe("writing [==--] 2/4 rows");
    expect(lineOf("reading", 2, null)).toBe("reading 2 rows");
    expect(lineOf("comparing", 0, null)).toBe("comparing");
  });

  test("is for a terminal alone", async () => {
    const off = { err: { isTerminal: false } } as never;
    expect(await withProgress(off, "rows", async (onProgress) => onProgress)).toBeUndefined();
  });

  test.each(["copy", "restore", "import", "export"])("is drawn by a long %s", async (what) => {
    const drawn = spyOnTerminal();
    const db = await filled("a.db");
    const name = (await (await openBackups({ url: db })).create()).name;
    const file = join(folder, "books.jsonl");
    await runBlotter(["export", "--format", "json", "--out", file, "--db", db]);
    // Looking at the clock takes a second, so that everything is long.
    const clock = vi.spyOn(performance, "now");
    let now = 0;
    clock.mockImplementation(() => {
      now += 1_000;
      return now;
    });
    const args = {
      copy: ["copy", "--from", db, "--to", url("b.db")],
      restore: ["restore", name, "--db", db],
      import: ["import", "blotter", file, "--db", url("c.db")],
      export: ["export", "--format", "csv", "--table", "fills", "--db", db],
    }[what];
    const silent = await runBlotter(args ?? []);
    expect(silent.code, silent.stderr).toBe(0);
    expect(drawn()).toBe("");
    const again = (args ?? []).map((arg) => arg.replace(/[bc]\.db$/, "again.db"));
    const loud = await runBlotter(again, { terminal: true });
    expect(loud.code, loud.stderr).toBe(0);
    expect(drawn()).toMatch(what === "restore" ? /\d+\/\d+ bytes/ : /\d+ rows/);
  });
});

/** Stderr as a terminal; tells what was drawn on it. */
function spyOnTerminal(): () => string {
  let text = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((part) => {
    text += String(part);
    return true;
  });
  const before = Object.getOwnPropertyDescriptor(process.stderr, "isTTY");
  Object.defineProperty(process.stderr, "isTTY", { value: true, configurable: true });
  onTestFinished(() => {
    write.mockRestore();
    if (before) Object.defineProperty(process.stderr, "isTTY", before);
    else Reflect.deleteProperty(process.stderr, "isTTY");
    vi.restoreAllMocks();
  });
  return () => text;
}
