import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ToldBroker } from "../contract/told-broker.js";
import { accountRow, jsonFile, minute, orderRow, positionRow, tradeRow } from "./projectx-files.js";
import { type RunOptions, runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;
let broker: ToldBroker;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-reconcile-"));
  db = `file:${join(folder, "books.db")}`;
  broker = new ToldBroker();
  broker.balances = [{ accountId: "7", accountName: "SEVEN", balance: 0, canTrade: true }];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], options: RunOptions = {}) =>
  runBlotter([...args, "--db", db], options);

const file = (name: string, content: unknown) => jsonFile(folder, name, content);

async function json(...args: string[]) {
  const { stdout, stderr } = await run([...args, "--json"]);
  expect(stderr).not.toMatch(/failed/);
  return JSON.parse(stdout);
}

/** One buy is in the books. */
async function oneFill(): Promise<void> {
  const orders = file("had-orders", [orderRow(1, 1)]);
  const trades = file("had-trades", [tradeRow(1, 1)]);
  for (const args of [
    ["projectx-orders", orders],
    ["projectx-trades", trades],
  ]) {
    expect((await run(["import", ...args])).code).toBe(0);
  }
}

const all = () => [
  file("orders", { orders: [orderRow(1, 1), orderRow(2, 5, { side: 1 })], success: true }),
  file("trades", [tradeRow(1, 1), tradeRow(2, 5, { side: 1, price: 21010, profitAndLoss: 20 })]),
  file("positions", { positions: [], success: true }),
  file("accounts", [accountRow(18.78)]),
];

describe("against files", () => {
  beforeEach(oneFill);

  test("without --apply it only tells: exit 3, and the books stay", async () => {
    const { code, stdout, stderr } = await run(["reconcile", "--from", ...all()]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Account +Kind +Of +Ours +Theirs +Healed/);
    expect(stdout).toMatch(/7 +missing_fill +2 +MNQU26 SELL 1 21010 .* no +reconcile with --apply/);
    expect(stdout).toMatch(/7 +position +MNQU26 +quantity 1 +quantity 0 +no/);
    expect(stdout).toMatch(/\n7: \d differences, 0 healed\n$/);
    expect(stderr).toMatch(/^blotter: \d differences are not healed: --apply heals/);
    expect(await json("fills")).toHaveLength(1);
  });

  test("with --apply it takes what was missed; the second time all agree", async () => {
    const healed = await run(["reconcile", "--apply", "--from", ...all()]);
    expect(healed).toMatchObject({ code: 0, stderr: "" });
    expect(healed.stdout).toMatch(/\n7: 2 differences, 2 healed; took 1 new order, 1 new fill\n$/);
    expect(await json("fills")).toHaveLength(2);
    const again = await run(["reconcile", "--from", ...all()]);
    expect(again).toEqual({
      code: 0,
      stdout: "no differences\n7: agrees with the broker\n",
      stderr: "",
    });
    expect(await json("verify")).toEqual([]);
  });

  test("a position that no fill explains is told, and explained with --apply", async () => {
    const held = file("held", [positionRow({ size: 3, averagePrice: 21004.25 })]);
    const { code, stdout } = await run(["reconcile", "--from", held]);
    expect({ code, stdout }).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/quantity 1 +quantity 3 averagePrice 21004.25 +no +reconcile/),
    });
    expect((await run(["reconcile", "--apply", "--from", held])).code).toBe(0);
    expect(await json("positions")).toMatchObject([{ symbol: "MNQU26", quantity: 3 }]);
    expect((await json("fills")).map((fill: { origin: string }) => fill.origin).sort()).toEqual([
      "broker",
      "synthetic",
    ]);
  });

  test("--json tells runs, differences and intents", async () => {
    const told = await json("reconcile", "--from", ...all());
    expect(told.runs).toMatchObject([{ accountId: "7", reason: "file", state: "complete" }]);
    expect(told.differences.map((row: { kind: string }) => row.kind).sort()).toEqual([
      "balance",
      "missing_fill",
      "missing_order",
      "position",
    ]);
    expect(told.intents).toEqual([]);
  });

  test("what was found is on record, and its comparisons with their time", async () => {
    await run(["reconcile", "--from", ...all()]);
    const open = await json("reconcile", "--list");
    expect(open.map((row: { kind: string }) => row.kind)).toContain("missing_fill");
    expect((await run(["reconcile", "--list"])).stdout).toMatch(/missing_fill +2 +MNQU26/);
    await run(["reconcile", "--apply", "--from", ...all()]);
    expect(await json("reconcile", "--list")).toEqual([]);
    expect((await run(["reconcile", "--list"])).stdout).toBe("no differences\n");
    expect((await json("reconcile", "--list", "--all")).length).toBe(open.length);
    const runs = await json("reconcile", "--runs");
    expect(runs).toMatchObject([
      { reason: "file", newFills: 0 },
      { reason: "file", newFills: 1, from: "2026-08-19T14:01:00Z" },
    ]);
    expect((await run(["reconcile", "--runs", "--limit", "1"])).stdout.split("\n")).toHaveLength(3);
  });

  test("rows of one account can be taken as another's; an account the store lacks is told", async () => {
    const other = [tradeRow(1, 1, { accountId: 8 }), tradeRow(5, 9, { accountId: 8 })];
    const trades = file("other", other);
    const lacking = await run(["reconcile", "--from", trades]);
    expect(lacking).toMatchObject({ code: 1, stdout: "" });
    expect(lacking.stderr).toMatch(/no account 8: open it with "blotter accounts add 8"/);
    const { differences } = await json("reconcile", "--account", "7", "--from", trades);
    expect(differences).toMatchObject([{ accountId: "7", kind: "missing_fill", subject: "5" }]);
    const both = file("both", [...other, tradeRow(6, 10, { accountId: 9 })]);
    expect((await run(["reconcile", "--account", "7", "--from", both])).stderr).toMatch(
      /name the accounts 8, 9, not 7/,
    );
    expect((await run(["reconcile", "--from", file("none", [])])).stderr).toMatch(/tell nothing/);
  });

  test("of several accounts those in the store are compared, and the others told in a line", async () => {
    const rows = [
      tradeRow(1, 1),
      tradeRow(5, 9, { accountId: 8 }),
      tradeRow(6, 9, { accountId: 9 }),
    ];
    const known = await run(["reconcile", "--from", file("several", rows)]);
    expect(known).toMatchObject({ code: 0, stdout: "no differences\n7: agrees with the broker\n" });
    expect(known.stderr).toMatch(/^blotter: the store has no account 8, 9: open it with .*\n$/);
    const none = await run(["reconcile", "--from", file("unknown", rows.slice(1))]);
    expect(none).toMatchObject({ code: 1, stdout: "" });
    expect(none.stderr).toMatch(/^blotter: the store has no account 8, 9: open it with .*\n$/);
  });
});

describe("against the broker's API", () => {
  test("needs credentials, and says so", async () => {
    await oneFill();
    const { code, stderr } = await run(["reconcile"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "blotter: no credentials here; or compare with files of the broker's rows: --from FILE\n",
    );
  });

  const missed = () =>
    broker.fillRows.push({
      accountId: "7",
      fillId: "2",
      orderId: "2",
      contract: "MNQU26",
      side: "buy",
      quantity: 1,
      price: 21001,
      executedAt: minute(9),
    });

  test("asks for every account that both know; --apply heals", async () => {
    await oneFill();
    broker.orderRows.push();
    missed();
    broker.positionRows = [
      {
        accountId: "7",
        contract: "MNQU26",
        side: "LONG",
        quantity: 2,
        averagePrice: 21000.5,
        openedAt: minute(1),
        brokerPositionId: "5",
      },
    ];
    broker.balances.push({ accountId: "8", accountName: "E", balance: 1, canTrade: true });
    const first = await run(["reconcile"], { broker });
    expect(first.code).toBe(3);
    expect(await json("fills")).toHaveLength(1);
    const healed = await run(["reconcile", "--apply", "--json"], { broker });
    const { runs, differences } = JSON.parse(healed.stdout);
    expect(runs).toMatchObject([{ accountId: "7", reason: "manual", newFills: 1 }]);
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: "missing_fill", subject: "2", healed: true }),
    );
    expect(await json("fills")).toHaveLength(2);
  });

  test("--since asks for older history than a day before the last comparison", async () => {
    await oneFill();
    await run(["reconcile", "--apply"], { broker });
    broker.asked.length = 0;
    missed();
    const recent = await run(["reconcile", "--apply", "--json"], { broker });
    expect(JSON.parse(recent.stdout).runs).toMatchObject([{ newFills: 0 }]);
    const since = ["--since", "2026-08-01T00:00:00Z"];
    const older = await run(["reconcile", "--apply", "--json", ...since], { broker });
    expect(JSON.parse(older.stdout).runs).toMatchObject([
      { newFills: 1, from: "2026-08-01T00:00:00Z" },
    ]);
    const unclear = await run(["reconcile", "--since", "yesterday"], { broker });
    expect(unclear).toMatchObject({ code: 2, stdout: "" });
    expect((await run(["reconcile", ...since, "--from", "x"], { broker })).code).toBe(2);
  });

  test("an account that only the broker knows is told", async () => {
    await run(["migrate"]);
    const { code, stderr } = await run(["reconcile"], { broker });
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toMatch(/no account that the broker knows \(7\): open it with/);
    const named = await run(["reconcile", "--account", "7"], { broker });
    expect(named.stderr).toMatch(/unknown account "7"/);
  });

  test("Ctrl-C ends it between two steps, and says what comes next", async () => {
    await oneFill();
    missed();
    const interrupt = (stop: () => void) => {
      broker.before = stop;
    };
    const { code, stdout, stderr } = await run(["reconcile", "--apply"], { broker, interrupt });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        "blotter: interrupted: what landed stays, and the next reconcile goes on from there\n",
    });
    expect(stdout).not.toMatch(/agrees/);
    expect(await json("reconcile", "--runs")).toMatchObject([{ state: "interrupted" }]);
  });
});
