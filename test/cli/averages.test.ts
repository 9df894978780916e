import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBlotter } from "../../src/container.js";
import { fillInput } from "../contract/desk.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

/** Three contracts in at a mean of 20000 1/3, one of them still held. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-averages-"));
  db = `file:${join(folder, "books.db")}`;
  const blotter = await createBlotter({ url: db });
  await blotter.accounts.open({ accountId: "A" });
  for (const [at, order, what] of [
    [0, "in", "buy 2 @ 20000.25"],
    [1, "in", "buy 1 @ 20000.5"],
    [2, "out", "sell 1 @ 20001"],
    [3, "out", "sell 2 @ 20002"],
    [4, "held", "buy 2 @ 20000.25"],
    [5, "held", "buy 1 @ 20000.5"],
  ] as const) {
    await blotter.orders.recordFill(fillInput("A", at, String(at + 1), order, what));
  }
  await blotter.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["trades", /20000\.333 .* 20001\.667 /, "entryPrice"],
  ["positions", /20000\.333\b/, "entryPrice"],
  ["orders", /20000\.333\b/, "averageFillPrice"],
] as const)("blotter %s shows an average in full only to programs", async (list, shown, field) => {
  const table = await runBlotter([list, "--db", db]);
  expect(table.stdout).toMatch(shown);
  expect(table.stdout).not.toContain("333333333");
  const rows = JSON.parse((await runBlotter([list, "--json", "--db", db])).stdout);
  expect(rows.map((row: Record<string, unknown>) => row[field])).toContain(20_000.333_333_333);
});
