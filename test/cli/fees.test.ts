import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ONE_MORNING, ordersExport } from "./made-up-orders.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-fees-"));
  db = `file:${join(folder, "books.db")}`;
  const morning = { stdin: ordersExport(ONE_MORNING) };
  await runBlotter(["import", "topstepx-orders", "-", "--db", db], morning);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runBlotter([...args, "--db", db]);

/** Runs a command that must succeed and tells its standard output. */
async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));

const SET = ["fees", "set", "MNQ", "--broker", "topstepx", "--from", "2020-01-01"] as const;

describe("fees", () => {
  test("lists what comes with Blotter and what a user says, as table, JSON and CSV", async () => {
    expect(await output("fees", "list")).toContain("apex-tradovate");
    await output(...SET, "--fee", "0.5", "--account-type", "practice");
    const fees = await json("fees", "--broker", "topstepx");
    expect(new Set(fees.map((fee: { broker: string }) => fee.broker))).toEqual(
      new Set(["topstepx"]),
    );
    expect(fees.filter((fee: { builtIn: boolean }) => !fee.builtIn)).toEqual([
      {
        broker: "topstepx",
        root: "MNQ",
        validFrom: "2020-01-01",
        commissionPerSide: null,
        feePerSide: 0.5,
        accountType: "practice",
        accountId: null,
        source: "user",
        builtIn: false,
      },
    ]);
    const [header, first] = (await output("fees", "--broker", "topstepx", "--csv")).split("\n");
    expect(header).toBe(
      "broker,root,validFrom,commissionPerSide,feePerSide,accountType,accountId,source,builtIn",
    );
    expect(first).toMatch(/^topstepx,ES,2025-05-01,,1.4,/);
  });

  test("use and set restate an account's trades, and say how many fills", async () => {
    const before = await json("trades");
    expect(before[0]).toMatchObject({ commissions: null, fees: null, costsModelled: false });
    expect(await output("fees", "use", "ACC-1", "topstepx")).toMatch(
      /^ACC-1 uses the fees of topstepx: restated \d+ fills? of 1 account\n$/,
    );
    const done = await json(...SET, "--commission", "0.1", "--fee", "0.5", "--account", "ACC-1");
    expect(done).toMatchObject({ root: "MNQ", accountId: "ACC-1", restatedAccounts: ["ACC-1"] });
    expect(done.restatedFills).toBeGreaterThan(0);
    const after = await json("trades", "--symbol", "MNQ");
    expect(after.length).toBeGreaterThan(0);
    for (const trade of after) {
      const { quantity, grossPnl } = trade;
      expect(trade).toMatchObject({ costsKnown: false, costsModelled: true });
      expect(trade.netPnl).toBeCloseTo(grossPnl - quantity * 1.2, 6);
    }
    const fills = await json("fills", "--symbol", "MNQ");
    expect(fills[0]).toMatchObject({ fee: null, modelledFee: 0.5 * fills[0].quantity });
    expect(await json("fees", "list", "--accounts")).toEqual([
      { accountId: "ACC-1", accountType: "practice", broker: "topstepx" },
    ]);
    expect(await output("verify")).toContain("no differences");

    await output("fees", "use", "ACC-1", "none");
    expect(await json("trades")).toEqual(before);
    expect(await json("fees", "list", "--accounts")).toEqual([]);
  });

  test("for a type of accounts leave those of another type as they were", async () => {
    await output("fees", "use", "ACC-1", "topstepx");
    const [before] = await json("fills", "--symbol", "MNQ");
    await output(...SET, "--fee", "9", "--account-type", "funded");
    expect((await json("fills", "--symbol", "MNQ"))[0]).toEqual(before);
    await output(...SET, "--fee", "8", "--account-type", "practice");
    const [after] = await json("fills", "--symbol", "MNQ");
    expect(after.modelledFee).toBe(8 * after.quantity);
    const shown = await json("fees", "list", "--account", "ACC-1");
    const types = new Set(shown.map((fee: { accountType: string | null }) => fee.accountType));
    expect(types).toEqual(new Set([null, "practice"]));
  });

  test.each([
    [["fees", "set", "MNQ", "--broker", "topstepx", "--fee", "1"], 2, "--from"],
    [[...SET, "--fee", "x"], 2, "decimal"],
    [[...SET, "--fee", "1", "--account", "ACC-1", "--account-type", "funded"], 2, "cannot be used"],
    [["fees", "set", "MNQ", "--broker", "Top Step", "--from", "2026-01-01"], 2, "broker must be"],
    [
      ["fees", "set", "MNQ", "--broker", "b", "--from", "2026-02-30", "--fee", "1"],
      2,
      "YYYY-MM-DD",
    ],
    [[...SET], 1, "neither was given"],
    [["fees", "use", "ACC-1", "nobodys"], 1, "no fee table"],
    [["fees", "list", "--account", "ACC-1"], 1, "uses no fee table"],
  ])("%j exits %i and says why", async (args, code, reason) => {
    const done = await run(...args);
    expect(done).toMatchObject({ code, stdout: "" });
    expect(done.stderr).toContain(reason);
  });
});
