import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ONE_MORNING, ordersExport } from "./made-up-orders.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-compare-"));
  db = `file:${join(folder, "books.db")}`;
  const morning = { stdin: ordersExport(ONE_MORNING) };
  await runBlotter(["import", "topstepx-orders", "-", "--db", db], morning);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runBlotter([...args, "--db", db]);

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

type Row = Record<string, unknown>;

// What the command printed is what the test then compares.
const rows = async (...args: string[]): Promise<Row[]> =>
  JSON.parse((await run(...args, "--json")).stdout);

async function compared(...args: string[]) {
  const { code, stdout, stderr } = await run("compare", ...args, "--json");
  expect(stderr).toBe("");
  return { code, ...JSON.parse(stdout) };
}

describe("compare", () => {
  test("finds our own rows equal to themselves, as JSON and as CSV", async () => {
    const orders = file("orders.json", await rows("orders"));
    const trades = file("trades.csv", (await run("trades", "--csv")).stdout);
    const done = await compared("--orders", orders, "--trades", trades);
    expect(done).toMatchObject({
      code: 0,
      orders: { ours: 5, theirs: 5, equal: 5, differing: 0, differences: [] },
      trades: { differing: 0, onlyOurs: 0, onlyTheirs: 0, differences: [] },
    });
    expect(done.trades.equal).toBeGreaterThan(0);
    const { code, stdout } = await run("compare", "--orders", orders, "--trades", trades);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^orders: ours 5, theirs 5: 5 equal, 0 differ, 0 only ours, 0 only theirs\n/,
    );
    expect(stdout).toMatch(/net: ours (\S+), theirs \1, difference 0.00\n$/);
  });

  test("matches an old bot's trades without ids by where they are, and names what differs", async () => {
    const ours = await rows("trades");
    const old = ours.map((trade) => ({
      symbol: trade.root,
      side: trade.side === "LONG" ? "BUY" : "SELL",
      quantity: trade.quantity,
      entry_price: trade.entryPrice,
      exit_price: trade.exitPrice,
      entry_time: String(trade.entryTimestamp).slice(0, 19),
      exit_time: String(trade.exitTimestamp).slice(0, 19),
      pnl: Number(trade.netPnl) - 1.48,
    }));
    const trades = file("trades.json", { trades: old });
    const done = await compared("--trades", trades);
    expect(done).toMatchObject({ code: 3, orders: null });
    expect(done.trades).toMatchObject({ equal: 0, differing: ours.length, onlyTheirs: 0 });
    expect(done.trades.differences[0]).toEqual({
      what: "trade",
      kind: "differs",
      key: ours[0]?.tradeId,
      row: 1,
      field: "netPnl",
      ours: ours[0]?.netPnl,
      theirs: expect.closeTo(Number(ours[0]?.netPnl) - 1.48, 6),
      difference: -1.48,
    });
    expect(done.trades.netPnl.difference).toBeCloseTo(-1.48 * ours.length, 6);
    expect(done.trades.grossPnl).toMatchObject({ theirs: null, difference: null });
  });

  test("names rows that only one side has; a row of ours is taken once", async () => {
    const [first, ...rest] = await rows("trades");
    if (!first) throw new Error("the morning has trades");
    const { tradeId: _, entryOrderId: __, exitOrderId: ___, ...placed } = first;
    const trades = file("trades.json", [placed, placed]);
    const done = await compared("--trades", trades, "--account", "ACC-1");
    expect(done).toMatchObject({ code: 3 });
    expect(done.trades).toMatchObject({ equal: 1, onlyTheirs: 1, onlyOurs: rest.length });
    const found = done.trades.differences.map((d: Row) => [d.kind, d.key, d.row]);
    expect(found).toEqual([
      ["only theirs", null, 2],
      ...rest.map((trade) => ["only ours", trade.tradeId, null]),
    ]);
  });

  test("compares orders by id, and only what their rows tell", async () => {
    const [order, other] = await rows("orders");
    if (!order || !other) throw new Error("the morning has orders");
    const orders = file("orders.json", [
      { order_id: order.orderId, side: order.side, quantity: Number(order.quantity) + 1 },
      { order_id: "nobody's", side: 0 },
    ]);
    const done = await compared(
      "--orders",
      orders,
      "--from",
      String(order.createdAt),
      "--to",
      "2030-01-01",
    );
    expect(done.orders).toMatchObject({ equal: 0, differing: 1, onlyTheirs: 1 });
    expect(done.orders.differences.slice(0, 2)).toMatchObject([
      { key: order.orderId, field: "quantity", ours: order.quantity, difference: 1 },
      { kind: "only theirs", key: "nobody's", row: 2 },
    ]);
  });

  test("takes a table of differences for people", async () => {
    const { code, stdout } = await run("compare", "--orders", file("none.json", []));
    expect(code).toBe(3);
    expect(stdout).toMatch(/only ours/);
    expect(stdout).toMatch(
      /\norders: ours 5, theirs 0: 0 equal, 0 differ, 5 only ours, 0 only theirs\n$/,
    );
  });

  test.each([
    [[], 2, "name a file"],
    [["--orders", "-", "--trades", "-"], 1, "only once"],
    [["--orders", "/nowhere.json"], 1, "there is no such file"],
  ])("%j exits %i", async (args, code, reason) => {
    const done = await run("compare", ...args);
    expect(done).toMatchObject({ code, stdout: "" });
    expect(done.stderr).toContain(reason);
  });

  test("a bad row is named with its column, and nothing is compared", async () => {
    const orders = file("orders.csv", "order_id,side,quantity\n1,BUY,1\n2,UP,1\n");
    const { code, stdout, stderr } = await run("compare", "--orders", orders);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("orders: row 3: side must be one of BUY, SELL");
  });
});

describe("import account-state", () => {
  const state = {
    "77": {
      account_id: "77",
      account_name: "PRAC-V2-1-77",
      account_type: "practice",
      starting_balance: 150000.0,
      current_balance: 150120.5,
      highest_EOD_balance: 150200.0,
      unrealised_PnL: 20.5,
      last_update: "2025-11-07T20:59:58+00:00",
    },
  };

  test("opens the account and tells what it took; the second time it is there", async () => {
    const path = file(".account_state.json", state);
    const taken = {
      accountId: "77",
      accountName: "PRAC-V2-1-77",
      accountType: "practice",
      startingBalance: 150_000,
      balance: 150_100,
      unrealizedPnl: 20.5,
      highestEodBalance: 150_200,
      asOf: "2025-11-07T20:59:58Z",
    };
    expect(await rows("import", "account-state", path)).toEqual([{ ...taken, opened: true }]);
    expect(await rows("import", "account-state", path)).toEqual([{ ...taken, opened: false }]);
    const accounts = await rows("accounts", "--account", "PRAC-V2-1-77");
    expect(accounts).toMatchObject([{ accountId: "77", startingBalance: 150_000 }]);
  });

  test("takes flags before the file, and makes no store for a file that it cannot read", async () => {
    const path = file(".account_state.json", state);
    const flags = ["--account", "78", "--account-type", "funded", "--starting-balance", "0"];
    await run("import", "account-state", path, ...flags);
    expect(await rows("accounts", "--account", "78")).toMatchObject([
      { accountType: "funded", startingBalance: 0 },
    ]);
    const bad = await run("import", "account-state", file("bad.json", "[]x"));
    expect(bad).toMatchObject({ code: 1, stdout: "" });
    expect(bad.stderr).toContain("account state: its JSON is broken");
    const two = { ...state, "79": { ...state["77"], account_id: "79" } };
    const done = await run("import", "account-state", file("two.json", two), "--account", "1");
    expect(done.stderr).toContain("--account names one account, the file has 2");
  });
});
