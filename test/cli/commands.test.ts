import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MadeUpOrder, ONE_MORNING, ordersExport } from "./made-up-orders.js";
import { jsonFile, orderRow } from "./projectx-files.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-cli-"));
  db = `file:${join(folder, "books.db")}`;
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

function file(orders: readonly MadeUpOrder[], name = "orders.csv"): string {
  const path = join(folder, name);
  writeFileSync(path, ordersExport(orders));
  return path;
}

const importMorning = () => output("import", "topstepx-orders", file(ONE_MORNING));

describe("a store that is not there", () => {
  test.each([
    [["orders"]],
    [["fills"]],
    [["trades"]],
    [["positions"]],
    [["report"]],
    [["note"]],
    [["accounts"]],
    [["accounts", "add", "A"]],
    [["account", "A"]],
    [["adopt", "--account", "A", "--at", "2026-09-01", "--balance", "1"]],
    [["cash"]],
    [["snapshots"]],
    [["close-day", "--account", "A"]],
    [["contracts"]],
    [["void", "F1", "--account", "A"]],
    [["quarantine"]],
    [["reconcile", "--list"]],
    [["verify"]],
    [["rebuild"]],
    [["doctor"]],
  ])("%j exits 1 and makes none", async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^blotter: no store at .*books\.db: run blotter migrate or import\n$/);
    expect(existsSync(join(folder, "books.db"))).toBe(false);
  });

  test("migrate makes it and says so, and says so too when there is nothing to do", async () => {
    expect(await output("migrate")).toMatch(/^made a new store\n/);
    expect(await output("migrate")).toMatch(/^the store is up to date\n/);
    expect(await json("migrate")).toMatchObject({ created: false, problems: [] });
    expect(await json("orders")).toEqual([]);
  });
});

describe("import", () => {
  test("tells what was new, and the second time what was known", async () => {
    const first = await importMorning();
    expect(first).toMatch(/^read 5 rows\n/);
    expect(first).toMatch(/orders +5 +0 +0\n/);
    expect(first).toMatch(/fills +4 +0 +0\n/);
    expect(first).toContain("opened account ACC-1: practice, starting balance 0\n");
    const second = await importMorning();
    expect(second).toMatch(/orders +0 +5 +0\n/);
    expect(second).toMatch(/fills +0 +4 +0\n/);
    expect(second).not.toContain("opened");
  });

  test("reads stdin, opens accounts as told, and speaks JSON", async () => {
    const args = ["import", "topstepx-orders", "-", "--json", "--db", db];
    const flags = ["--account", "XFA", "--account-type", "funded", "--starting-balance", "50000"];
    const stdin = ordersExport(ONE_MORNING);
    const { code, stdout, stderr } = await runBlotter([...args, ...flags], { stdin });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      rows: 5,
      orders: { new: 5, known: 0, changed: 0 },
      fills: { new: 4, known: 0, changed: 0 },
      quarantined: 0,
      openedAccounts: [{ accountId: "XFA", accountType: "funded", startingBalance: 50000 }],
      brokerPnl: { compared: 0, different: [] },
    });
    expect(await json("accounts")).toMatchObject([{ accountId: "XFA", balance: 50013.75 }]);
  });

  test("a bad row refuses the whole file and names row and column", async () => {
    const bad = file([...ONE_MORNING, { ...MNQ_ROW, id: 200, contract: "QQQU6" }]);
    const { code, stdout, stderr } = await run("import", "topstepx-orders", bad);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^blotter: [^\n]*orders\.csv[^\n]*\b7\b[^\n]*QQQU6[^\n]*\n$/);
    expect(await json("orders")).toEqual([]);
  });

  test("with --keep-going it waits in quarantine until its product is added", async () => {
    const bad = file([...ONE_MORNING, { ...MNQ_ROW, id: 200, contract: "QQQU6" }]);
    const { code, stderr } = await run("import", "topstepx-orders", bad, "--keep-going");
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/in quarantine/);
    const waiting = await json("quarantine");
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting[0]).toMatchObject({ reason: "unknown_contract", status: "waiting" });
    const { quarantineId } = waiting[0];
    expect(await output("quarantine", "show", quarantineId)).toContain("QQQU6");
    expect(await output("quarantine", "retry")).toBe(
      `resolved 0, still waiting ${waiting.length}\n`,
    );
    await output("contracts", "add", "QQQ", "--tick-size", "0.25", "--tick-value", "0.50");
    expect(await json("quarantine")).toEqual([]);
    expect((await json("quarantine", "list", "--all"))[0]).toMatchObject({ status: "resolved" });
    expect(await json("fills", "--symbol", "QQQ")).toMatchObject([{ symbol: "QQQU26" }]);
  });

  test("what is given up stays on record", async () => {
    const bad = file([{ ...MNQ_ROW, contract: "QQQU6" }]);
    await run("import", "topstepx-orders", bad, "--keep-going");
    for (const { quarantineId } of await json("quarantine")) {
      expect(await output("quarantine", "discard", quarantineId)).toMatch(/^discarded /);
    }
    expect(await json("quarantine")).toEqual([]);
    expect((await json("quarantine", "--all"))[0]).toMatchObject({ status: "discarded" });
    expect((await run("quarantine", "show", "nothing")).code).toBe(1);
  });
});

const MNQ_ROW: MadeUpOrder = {
  id: 101,
  contract: "MNQU6",
  side: "Bid",
  size: 1,
  at: "10:00:00",
  price: "21000.000000000",
};

describe("lists", () => {
  beforeEach(importMorning);

  test("trades at three levels", async () => {
    const yen = {
      accountId: "ACC-1",
      symbol: "6JU26",
      contractId: "CON.F.US.JY6.U26",
      root: "6J",
      side: "LONG",
      quantity: 1,
      entryPrice: 0.0067005,
      entryTimestamp: "2026-08-19T14:06:00Z",
      exitPrice: 0.0067,
      exitTimestamp: "2026-08-19T14:07:00Z",
      grossPnl: -6.25,
      commissions: null,
      fees: null,
      netPnl: -6.25,
      costsKnown: false,
      entryOrderId: "103",
      exitOrderId: "104",
      strategy: null,
    };
    const trades = await json("trades");
    expect(trades).toMatchObject([{ symbol: "MNQU26", grossPnl: 20, quantity: 1 }, yen]);
    const matches = await json("trades", "--level", "match");
    expect(matches).toMatchObject([{ grossPnl: 20 }, { ...yen, entryFillId: "103" }]);
    expect(matches[1]).toMatchObject({ exitFillId: "104", tradeId: "103:104" });
    expect(await json("trades", "--level", "position")).toMatchObject([yen]);
    expect(await json("positions")).toMatchObject([
      { symbol: "MNQU26", side: "LONG", quantity: 1 },
    ]);
  });

  test.each([
    [["accounts"]],
    [["contracts"]],
    [["orders"]],
    [["fills"]],
    [["fills", "--all"]],
    [["trades"]],
    [["trades", "--level", "match"]],
    [["trades", "--level", "position"]],
    [["positions"]],
  ])(
    "%j: the CSV has the fields of the JSON, in its order, and its header without rows too",
    async (args) => {
      const rows = await json(...args);
      const csv = (await output(...args, "--csv")).trimEnd().split("\n");
      expect(csv[0]).toBe(Object.keys(rows[0]).join(","));
      expect(csv).toHaveLength(rows.length + 1);
      if (args[0] === "accounts" || args[0] === "contracts") return;
      expect((await output(...args, "--csv", "--strategy", "none")).trimEnd()).toBe(csv[0]);
      expect(await json(...args, "--strategy", "none")).toEqual([]);
      expect(await output(...args, "--strategy", "none")).toMatch(/^no /);
    },
  );

  test("CSV writes small prices as decimals", async () => {
    const csv = await output("contracts", "--csv");
    expect(csv).toContain(",0.0000005,");
    expect(csv).not.toMatch(/\de-\d/);
  });

  test("tables are text for people", async () => {
    const table = await output("trades");
    expect(table).toMatch(/^Entered \(UTC\) +Exited \(UTC\) +Account +Symbol +Side +Qty/);
    expect(table).toMatch(/2026-08-19 14:05:00 +ACC-1 +MNQU26 +LONG +1 +21000 +21010 +20\.00/);
  });

  test("filters", async () => {
    const ids = async (...args: string[]) =>
      (await json("fills", ...args)).map((fill: { fillId: string }) => fill.fillId);
    expect(await ids("--symbol", "MNQ")).toEqual(["101", "102"]);
    expect(await ids("--symbol", "6JU26")).toEqual(["103", "104"]);
    expect(await ids("--symbol", "CON.F.US.JY6.U26", "--limit", "1")).toEqual(["104"]);
    expect(await ids("--limit", "3")).toEqual(["102", "103", "104"]);
    expect(await ids("--from", "2026-08-19T14:05:00Z", "--to", "2026-08-19T14:07:00Z")).toEqual([
      "102",
      "103",
    ]);
    expect(await ids("--from", "2026-08-19", "--to", "2026-08-20")).toHaveLength(4);
    expect(await ids("--to", "2026-08-19")).toEqual([]);
    expect(await ids("--account", "ACC-1")).toHaveLength(4);
    const { code, stderr } = await run("fills", "--account", "ACC-2");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^blotter: .*ACC-2.*\n$/);
  });

  test("--db stands before or after the command", async () => {
    const before = await runBlotter(["--db", db, "orders", "--json"]);
    expect(before).toEqual(await run("orders", "--json"));
  });

  test("an account id that looks like a formula is harmless in a spreadsheet", async () => {
    await output("accounts", "add", "=1+1", "--name", "@home");
    expect(await output("accounts", "--csv")).toContain("\n'=1+1,'@home,practice,0,0,");
  });
});

test("a table shows the newest 50 rows and says that more are there; JSON has all", async () => {
  const orders = Array.from({ length: 60 }, (_, i) => {
    const at = `10:${String(i).padStart(2, "0")}:00`;
    return { id: 1000 + i, contract: "MNQU6", side: "Bid" as const, size: 1, at };
  });
  await output("import", "topstepx-orders", file(orders));
  const { stdout, stderr } = await run("orders");
  expect(stdout.trimEnd().split("\n")).toHaveLength(51);
  expect(stdout).not.toContain("1009");
  expect(stdout).toContain("1010");
  expect(stderr).toMatch(/^blotter: only 50 orders shown: .*\n$/);
  expect(await json("orders")).toHaveLength(60);
  const all = await run("orders", "--limit", "100");
  expect(all.stdout.trimEnd().split("\n")).toHaveLength(61);
  expect(all.stderr).toBe("");
});

test("orders --tree draws brackets, and nests them as JSON", async () => {
  const rows = [
    orderRow(10, 1, { customTag: "bot" }),
    orderRow(12, 1, {
      customTag: "bot-TP",
      type: 1,
      side: 1,
      limitPrice: 21010,
      linkedOrderId: 11,
    }),
    orderRow(11, 1, { customTag: "bot-SL", type: 4, side: 1, stopPrice: 20990, status: 3 }),
    orderRow(20, 2),
  ];
  await output("import", "projectx-orders", jsonFile(folder, "orders", rows));
  expect(await output("orders", "--tree")).toMatch(
    /^Order +For +OCO +Created.*\n10 .*\n├─ 11 +stop loss +OCO .*\n└─ 12 +take profit +OCO .*\n20 /,
  );
  expect(await json("orders", "--tree")).toMatchObject([
    {
      orderId: "10",
      stopLossOrderId: "11",
      takeProfitOrderId: "12",
      children: [
        { orderId: "11", role: "STOP_LOSS", oco: true, children: [] },
        { orderId: "12", role: "TAKE_PROFIT", oco: true, children: [] },
      ],
    },
    { orderId: "20", role: null, oco: false, children: [] },
  ]);
});

describe("void", () => {
  beforeEach(importMorning);

  test("takes a fill out with all that followed from it", async () => {
    expect(await output("void", "102", "--account", "ACC-1", "--reason", "busted")).toMatch(
      /^fill 102 is void: 1 trade removed/,
    );
    expect(await json("trades", "--symbol", "MNQ")).toEqual([]);
    expect(await json("positions")).toMatchObject([{ symbol: "MNQU26", quantity: 2 }]);
    expect(await json("fills", "--symbol", "MNQ")).toHaveLength(1);
    expect(await json("fills", "--symbol", "MNQ", "--all")).toMatchObject([
      { fillId: "101", state: "booked" },
      { fillId: "102", state: "void" },
    ]);
    expect(await output("void", "102", "--account", "ACC-1")).toMatch(/was void already/);
    expect(await json("verify")).toEqual([]);
  });

  test("says when the fill is not known yet, and when the account is not", async () => {
    const { code, stderr } = await run("void", "999", "--account", "ACC-1");
    expect(code).toBe(0);
    expect(stderr).toMatch(/no fill 999 is known yet/);
    expect((await run("void", "102", "--account", "nobody")).code).toBe(1);
  });
});

describe("verify, rebuild, doctor", () => {
  beforeEach(importMorning);

  test("a damaged row is named with exit code 3, and rebuilt", async () => {
    expect(await run("verify")).toEqual({ code: 0, stdout: "no differences\n", stderr: "" });
    damage("update trades set gross_pnl = gross_pnl + 1 where entry_order_id = '103'");
    const { code, stdout, stderr } = await run("verify");
    expect(code).toBe(3);
    expect(stdout).toMatch(/ACC-1 +trades +\S.*grossPnl/);
    expect(stderr).toMatch(/^blotter: 1 row differs.*rebuild.*\n$/);
    const asJson = await run("verify", "--json");
    expect(asJson.code).toBe(3);
    expect(JSON.parse(asJson.stdout)).toMatchObject([{ accountId: "ACC-1", table: "trades" }]);
    expect(await output("rebuild")).toBe(
      "rebuilt 1 account: 4 fills, 2 matches, 2 trades, 2 positions\n",
    );
    expect((await run("verify")).code).toBe(0);
  });

  test("doctor tells what it looked at and what waits", async () => {
    expect(await output("doctor")).toMatch(/waiting in quarantine +0\n/);
    expect(await json("doctor")).toMatchObject({
      problems: [],
      waitingInQuarantine: 0,
      ordersWithMissingFills: 0,
      openIntents: 0,
      unhealedDifferences: 0,
      unexplainedPositions: 0,
    });
    expect(await output("orders", "--missing-fills")).toBe("no orders with missing fills\n");
  });

  function damage(sql: string): void {
    const raw = new Database(join(folder, "books.db"));
    raw.exec(sql);
    raw.close();
  }
});

describe("contracts that end", () => {
  beforeEach(importMorning);

  test("what is open in one is found, and settled once", async () => {
    await output("contracts", "expire", "MNQU26", "2026-08-20");
    expect(await json("positions", "--ended")).toMatchObject([
      { symbol: "MNQU26", quantity: 1, lastTradingDay: "2026-08-20", endKnownFrom: "stored" },
    ]);
    expect(await json("doctor")).toMatchObject({ endedContracts: 1 });
    expect(await output("doctor")).toMatch(/open in ended contracts +1 .*positions --ended/);
    const settle = ["settle", "mnqu26", "--account", "ACC-1", "--price", "21003.5"];
    const at = ["--at", "2026-08-20T13:30:00Z", "--commission", "0", "--fee", "0"];
    expect(await output(...settle, ...at)).toBe(
      "MNQU26 is settled: SELL 1 at 21003.5, 1 trade made or changed\n",
    );
    expect(await output(...settle, ...at)).toMatch(/was settled already; nothing changed/);
    expect(await json("positions")).toEqual([]);
    expect(await json("doctor")).toMatchObject({ endedContracts: 0 });
    expect(await output("fills", "--symbol", "MNQ")).toMatch(/Made as[\s\S]*settlement\n/);
    expect((await run("settle", "6JU26", ...settle.slice(2), ...at)).stderr).toMatch(
      /nothing of 6JU26 is open/,
    );
    expect((await run("contracts", "expire", "MNQU26", "2026-02-30")).code).toBe(1);
  });

  test("rolls tell what was done in each contract of a root, and when the next began", async () => {
    const rows = [
      { id: 201, contract: "MNQZ6", side: "Ask" as const, size: 1, at: "11:00:00" },
      { id: 202, contract: "MNQU6", side: "Ask" as const, size: 1, at: "10:58:00" },
    ].map((row) => ({ ...row, price: "21020.000000000" }));
    await output("import", "topstepx-orders", file(rows, "roll.csv"));
    const rolls = await json("contracts", "rolls", "--root", "mnq");
    expect(rolls).toMatchObject([
      {
        symbol: "MNQU26",
        lastTradingDay: "2026-09-18",
        volume: 4,
        grossPnl: 60,
        openQuantity: 0,
        closedAt: "2026-08-19T15:58:00Z",
        nextSymbol: "MNQZ26",
        nextOpenedAt: "2026-08-19T16:00:00Z",
      },
      { symbol: "MNQZ26", openQuantity: -1, closedAt: null, nextSymbol: null },
    ]);
    const csv = await output("contracts", "rolls", "--csv", "--root", "MNQ");
    expect(csv.split("\n")[0]).toBe(Object.keys(rolls[0]).join(","));
    expect(await json("contracts", "rolls")).toHaveLength(3);
    expect(await output("contracts", "rolls", "--account", "ACC-1")).toMatch(/6JU26 +2026-09-30/);
  });
});

describe("accounts and contracts", () => {
  beforeEach(() => output("migrate"));

  test("an account is opened once", async () => {
    const add = (...args: string[]) => run("accounts", "add", "A1", ...args);
    expect((await add("--name", "Main", "--starting-balance", "50000.50")).stdout).toContain(
      "Main",
    );
    expect((await add("--name", "Main", "--starting-balance", "50000.50")).code).toBe(0);
    expect((await add("--name", "Other")).code).toBe(1);
    expect(await json("accounts")).toMatchObject([
      { accountId: "A1", accountName: "Main", balance: 50000.5, openPositions: 0 },
    ]);
    expect(await json("accounts", "--account", "Main")).toHaveLength(1);
    expect(await output("accounts")).toContain("50000.50");
  });

  test("contracts are shown by root, code, symbol or id", async () => {
    const nasdaq = { root: "NQ", code: "ENQ", tickSize: 0.25, tickValue: 5, pointValue: 20 };
    expect(await json("contracts", "show", "nq")).toMatchObject({ kind: "product", ...nasdaq });
    expect(await json("contracts", "show", "ENQ")).toMatchObject({ kind: "product", ...nasdaq });
    expect(await json("contracts", "show", "CON.F.US.ENQ.U26")).toMatchObject({
      kind: "contract",
      symbol: "NQU26",
    });
    expect((await run("contracts", "show", "QQQU26")).stderr).toMatch(/blotter contracts add/);
    expect(await json("contracts")).toHaveLength(51);
  });

  test("a product is added once, with or without months", async () => {
    const flags = ["--tick-size", "0.01", "--point-value", "1", "--undated"];
    expect(await json("contracts", "add", "SPY", ...flags)).toMatchObject({
      kind: "product",
      root: "SPY",
      tickSize: 0.01,
      tickValue: 0.01,
      pointValue: 1,
    });
    expect((await run("contracts", "add", "SPY", ...flags)).code).toBe(0);
    const other = ["--tick-size", "0.05", "--point-value", "1"];
    expect((await run("contracts", "add", "SPY", ...other)).code).toBe(1);
    expect(await json("contracts")).toHaveLength(52);
  });
});
