import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { jsonFile, orderRow, positionRow, tradeRow } from "./projectx-files.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runBlotter([...args, "--db", db]);
  expect(code, stderr).toBe(0);
  return stdout;
}
// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));
const file = (name: string, content: unknown) => jsonFile(folder, name, content);

const SETTLED = `accountId symbol contractId root side quantity entryPrice entryTimestamp exitPrice
  exitTimestamp grossPnl commissions fees netPnl costsKnown entryOrderId exitOrderId tradeId strategy
  mae mfe costsModelled`.split(/\s+/);

/** One contract was bought; the broker says that it holds three, and a synthetic fill explains two. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-made-"));
  db = `file:${join(folder, "books.db")}`;
  await output("import", "projectx-orders", file("orders", [orderRow(1, 1)]));
  await output("import", "projectx-trades", file("trades", [tradeRow(1, 1)]));
  const held = file("held", [positionRow({ size: 3, averagePrice: 21_004.25 })]);
  await output("reconcile", "--apply", "--from", held);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Minutes after the comparison, which tells what was held until then. */
const later = (minutes: number) => ({
  creationTimestamp: new Date(Date.now() + minutes * 60_000).toISOString(),
});

/** Two of the three are sold; the first of them is the real one. */
async function sellTwo(): Promise<void> {
  await output(
    "import",
    "projectx-orders",
    file("out", [orderRow(2, 5, { side: 1, size: 2, ...later(1) })]),
  );
  const sold = [tradeRow(2, 5, { side: 1, size: 2, orderId: 2, ...later(1) })];
  await output("import", "projectx-trades", file("sold", sold));
}

/** The cells of a table's column, by its rows. */
const lastWords = (table: string) =>
  table
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => (line.endsWith("synthetic") ? "synthetic" : ""));

describe("what rests on a synthetic fill", () => {
  test("is marked on a terminal in positions, orders, fills and the account", async () => {
    for (const command of ["positions", "orders", "fills"]) {
      const table = await output(command);
      expect(table, command).toMatch(/Made as\n/);
      expect(lastWords(table).filter(Boolean), command).toEqual(["synthetic"]);
    }
    expect(await output("account", "7")).toMatch(/^syntheticFills +1$/m);
    expect(await json("account", "7")).toMatchObject({ syntheticFills: 1 });
    expect(await json("positions")).toMatchObject([{ madeAs: "synthetic" }]);
    expect(await output("positions", "--csv")).toMatch(/,madeAs\n.*,synthetic\n$/);
  });

  test("is marked in trades of every level, whose fields for programs stay as they are", async () => {
    await sellTwo();
    expect(lastWords(await output("trades"))).toEqual(["", "synthetic"]);
    expect(await output("trades", "--level", "match")).toMatch(/ Made as +Entry fill/);
    expect(await output("trades", "--level", "match")).toMatch(/ synthetic +synthetic-/);
    expect(Object.keys((await json("trades"))[0])).toEqual(SETTLED);
    const [header] = (await output("trades", "--csv")).split("\n");
    expect(header).toBe(SETTLED.join(","));
    const exported = await output("export", "--format", "csv");
    const lines = exported.trimEnd().split("\n");
    expect(lines.map((line) => line.split(",").at(-1)).sort()).toEqual(["", "madeAs", "synthetic"]);
    const sell = [tradeRow(3, 6, { side: 1, orderId: 3, ...later(2) })];
    await output("import", "projectx-trades", file("rest", sell));
    expect(lastWords(await output("trades", "--level", "position"))).toEqual(["synthetic"]);
    const closed = await output("export", "--format", "csv", "--table", "closed-positions");
    expect(closed.trimEnd().split("\n").at(-1)).toMatch(/,synthetic$/);
  });

  test("is counted by the report, as long as there is something", async () => {
    await sellTwo();
    expect(await output("report")).toContain(
      "1 of 2 trades rests on synthetic fills, until the broker tells the real ones\n",
    );
    expect(await output("report", "--level", "match")).toContain("1 of 2 matches rests on");
    expect(await json("report")).toMatchObject({ onSyntheticFills: 1 });
    const real = [tradeRow(4, 1, { size: 2, orderId: 4 })];
    await output("import", "projectx-trades", file("real", real));
    for (const command of ["report", "trades", "fills", "orders", "positions"]) {
      expect(await output(command), command).not.toMatch(/synthetic|Made as/);
    }
    expect(await json("report")).toMatchObject({ onSyntheticFills: 0 });
    expect(await json("account", "7")).toMatchObject({ syntheticFills: 0 });
    expect(await output("verify")).toContain("no differences");
  });
});
