import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBlotter } from "../../src/index.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-rules-"));
  db = `file:${join(folder, "books.db")}`;
  const blotter = await createBlotter({ url: db });
  await blotter.accounts.open({ accountId: "A", startingBalance: 50_000 });
  await blotter.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runBlotter([...args, "--db", db]);

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));

/** Buys one MNQU26 at 20,000 on a Monday at noon in Chicago. */
async function buy(): Promise<void> {
  const blotter = await createBlotter({ url: db });
  await blotter.orders.recordFill({
    accountId: "A",
    fillId: "1",
    orderId: "1",
    contract: "MNQU26",
    side: "buy",
    quantity: 1,
    price: 20_000,
    commission: 0,
    fee: 0,
    executedAt: "2026-08-03T17:00:00Z",
  });
  await blotter.close();
}

const mark = (price: string, at: string) =>
  json("mark", "--account", "A", "--symbol", "MNQU26", "--price", price, "--at", at);

describe("rules", () => {
  test("list shows the rule sets there are, show each fact with its source", async () => {
    const rows = await json("rules");
    expect(rows).toContainEqual({
      name: "topstep-combine-50k",
      validFrom: null,
      firm: "Topstep",
      program: "Trading Combine 50K",
      stage: "evaluation",
      startingBalance: 50_000,
      maxLoss: 2_000,
      basis: "eodBalance",
      dailyLoss: null,
      profitTarget: 3_000,
      maxContracts: 5,
      unknown: "maxLoss.breachAt",
    });
    const text = await output("rules", "show", "topstep-combine-50k");
    expect(text).toMatch(/^maxLoss\.amount +2000$/m);
    expect(text).toMatch(/^sources\.maxLoss\.lockAt +help\.topstep\.com 8284204/m);
    expect(await json("rules", "show", "topstep-practice")).toMatchObject({
      dailyLoss: { amount: null, action: "lock" },
      unknown: expect.arrayContaining(["dailyLoss.amount"]),
    });
  });

  test("set takes a preset or a file, and says from when it holds", async () => {
    expect(await json("rules", "set", "A", "topstep-combine-50k")).toMatchObject({
      name: "topstep-combine-50k",
      validFrom: "1970-01-01",
    });
    const path = join(folder, "own.json");
    writeFileSync(path, '{"firm":"Own","program":"P","version":"1","dailyLoss":{"amount":200}}');
    const shown = await output("rules", "set", "A", path, "--from", "2026-08-03");
    expect(shown).toMatch(/^firm +Own$/m);
    expect(shown).not.toContain("unknown");
    expect(await json("rules", "list", "--account", "A")).toMatchObject([
      { firm: "Topstep" },
      { firm: "Own", validFrom: "2026-08-03", dailyLoss: 200 },
    ]);
    expect(await json("rules", "show", "A")).toMatchObject({ firm: "Own" });
  });

  test.each([
    [["rules", "set", "A", "nonesuch"], 'no rule set named "nonesuch"'],
    [["rules", "set", "A", "./nonesuch.json"], 'cannot read "./nonesuch.json"'],
    [["rules", "set", "B", "topstep-combine-50k"], 'unknown account "B"'],
    [["rules", "show", "A"], 'account "A" has no rules'],
    [["compliance", "lift", "x", "--account", "A", "--reason", "y"], "no compliance row x of A"],
  ])("%j fails in one line: %s", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("a file with a mistake names its path, and wrong usage exits 2", async () => {
    const path = join(folder, "own.json");
    writeFileSync(path, '{"firm":"Own","program":"P","version":"1","dailyLoss":{"limit":200}}');
    expect((await run("rules", "set", "A", path)).stderr).toContain("dailyLoss.limit is no field");
    writeFileSync(path, "{");
    expect((await run("rules", "set", "A", path)).stderr).toContain("is no JSON");
    expect((await run("rules", "set", "A", "x", "--from", "yesterday")).code).toBe(2);
    expect((await run("risk")).code).toBe(2);
    expect((await run("mark", "--account", "A")).code).toBe(2);
  });
});

describe("risk and compliance", () => {
  test("risk has its settled form, before and after a price breaks the daily limit", async () => {
    await output("rules", "set", "A", "topstep-combine-50k-dll");
    await buy();
    expect(await mark("19900", "2026-08-03T17:01:00Z")).toMatchObject({ held: true });
    const at = ["risk", "--account", "A", "--at", "2026-08-03T18:00:00Z"];
    expect(await json(...at)).toEqual({
      accountId: "A",
      tradingDay: "2026-08-03",
      balance: 50_000,
      equity: 49_800,
      startOfDayBalance: 50_000,
      highestEodBalance: 50_000,
      dailyPnl: -200,
      dll: { limit: 1_000, used: 200, remaining: 800, violated: false, lockedUntil: null },
      mll: {
        limit: 2_000,
        floor: 48_000,
        remaining: 1_800,
        lockedFloor: false,
        violated: false,
      },
      canTrade: true,
      reason: null,
    });
    await mark("19500", "2026-08-03T17:02:00Z");
    expect(await json(...at)).toMatchObject({
      dll: { used: 1_000, remaining: 0, violated: true, lockedUntil: "2026-08-03T22:00:00Z" },
      canTrade: false,
      reason: "daily loss 1000 of 1000: locked until 2026-08-03T22:00:00Z",
    });
    const text = await output(...at);
    expect(text).toMatch(/^can trade +no: daily loss 1000 of 1000/m);
    expect(text).toMatch(
      /^floor +48000: remaining 1000 - it follows eodBalance; judged on equity$/m,
    );
    const [row] = await json("compliance", "--severity", "violation", "--account", "A");
    expect(row).toMatchObject({ eventType: "dll_violation", equity: 49_000, dllRemaining: 0 });
    const csv = await output("compliance", "--csv");
    expect(csv).toMatch(/^accountId,eventKey,eventType/);
    const lift = ["compliance", "lift", row.eventKey, "--account", "A", "--reason", "told so"];
    expect(await json(...lift)).toMatchObject({ eventType: "lifted", message: "told so" });
    expect(await json(...at)).toMatchObject({ canTrade: true, dll: { violated: true } });
  });

  test("an account without rules has figures and no limits", async () => {
    await buy();
    const at = ["risk", "--account", "A", "--at", "2026-08-03T18:00:00Z"];
    expect(await json(...at)).toMatchObject({ dll: null, mll: null, canTrade: true });
    expect(await output(...at)).toMatch(/^rules +none - set them with/m);
    expect(await output("compliance")).toBe("no findings\n");
    const nobody = ["mark", "--account", "A", "--symbol", "ESU26", "--price", "5000"];
    expect(await output(...nobody, "--at", "2026-08-03T18:00:00Z")).toMatch(/does not hold ESU26/);
  });
});
