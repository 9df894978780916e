import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-cli-"));
  db = `file:${join(folder, "books.db")}`;
  await output("migrate");
  await output("accounts", "add", "50KTC-V2-1", "--starting-balance", "50000");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runBlotter([...args, "--db", db]);
const ACCOUNT = ["--account", "50KTC-V2-1"];

/** Runs a command that must succeed and tells its standard output. */
async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));

const payout = (...more: string[]) => [
  ...["cash", ...ACCOUNT, "--type", "payout", "--amount", "1000"],
  ...["--at", "2026-03-03T15:00:00Z", "--id", "p1", ...more],
];

const adoption = (balance: string) => [
  ...["adopt", ...ACCOUNT, "--at", "2026-03-02T14:30:00Z", "--balance", balance],
  ...["--highest-eod", "52000.5", "--payouts", "750", "--lot", "MNQH26,BUY,2,21000.25"],
];

describe("an account on the command line", () => {
  test("has the type that its name tells, and says where its numbers come from", async () => {
    await output(...payout());
    expect(await json("account", "50KTC-V2-1")).toMatchObject({
      accountType: "evaluation",
      balance: 49_000,
      openingBalance: 50_000,
      cash: -1000,
      payouts: -1000,
      epochKind: "opened",
      brokerBalance: null,
      balanceFrom: "opened with 50000 + realised gross 0 - commissions 0 - fees 0 + cash -1000",
    });
    expect(await json("accounts")).toMatchObject([{ balance: 49_000, cash: -1000, epoch: 0 }]);
  });

  test("is adopted once, and again only as a correction", async () => {
    expect(await output(...adoption("51000"))).toBe("account 50KTC-V2-1 adopted: 1 open lot\n");
    expect(await output(...adoption("51000"))).toMatch(/nothing changed/);
    const { code, stderr } = await run(...adoption("51001"));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/say that it is a correction/)]);
    expect(await json(...adoption("51001"), "--correct")).toMatchObject({
      outcome: "corrected",
      revision: 1,
      payoutTotal: 750,
      payoutCount: null,
    });
    expect(await json("positions")).toMatchObject([{ quantity: 2, entryPrice: 21_000.25 }]);
  });

  test("is adopted with what came before, and says what rules would miss", async () => {
    const untold = await run(...adoption("51000"));
    expect(untold.stderr).toMatch(/start of that trading day was not told \(--start-of-day\)/);
    await output("rules", "set", "50KTC-V2-1", "topstep-combine-50k-dll");
    const at = ["--at", "2026-03-02T16:00:00Z"];
    expect(await output("risk", ...ACCOUNT, ...at)).toMatch(/not told +tradingDays: counted from/);
    const before = ["--start-of-day", "51800", "--peak", "52300", "--best-day", "700"];
    const days = ["--trading-days", "5", "--winning-days", "3"];
    const told = await run(...adoption("51000"), "--correct", ...before, ...days);
    expect([told.code, told.stderr]).toEqual([0, ""]);
    expect(await json("risk", ...ACCOUNT, ...at)).toMatchObject({
      startOfDayBalance: 51_800,
      dailyPnl: -800,
      dll: { limit: 1_000, used: 800, remaining: 200 },
    });
    expect(await output("risk", ...ACCOUNT, ...at)).not.toContain("not told");
  });

  test("records a snapshot of now, beside what the broker says", async () => {
    const record = ["snapshots", ...ACCOUNT, "--record"];
    expect(await output(...record)).toBe("50KTC-V2-1: balance 50000; recorded\n");
    const beside = await json(...record, "--broker-balance", "49999.5");
    expect(beside).toMatchObject({ snapshotType: "manual", balance: 50_000, drift: -0.5 });
    expect(await json("snapshots", "--type", "manual")).toHaveLength(2);
  });

  test("records cash once, lists it, and takes a mistake out", async () => {
    expect(await output(...payout())).toBe("payout p1 recorded\n");
    expect(await output(...payout())).toBe("payout p1 was recorded already; nothing changed\n");
    expect(await json("cash")).toMatchObject([{ movementId: "p1", type: "payout", amount: 1000 }]);
    expect(await output("cash", ...ACCOUNT, "--void", "p1")).toBe("payout p1 is void\n");
    expect(await json("cash")).toEqual([]);
    expect(await output("cash", "--all", "--csv")).toMatch(/50KTC-V2-1,p1,payout,1000,/);
  });

  test("closes days and lists their ends, since the last reset or before it", async () => {
    await output(...adoption("51000"));
    const close = ["close-day", ...ACCOUNT, "--day", "2026-03-03"];
    expect(await output(...close)).toBe("2026-03-03 is closed: balance 51000\n");
    expect(await output(...close)).toBe("2026-03-03 is closed already: balance 51000\n");
    await output("cash", ...ACCOUNT, "--type", "reset", "--at", "2026-03-04T15:00:00Z");
    const days = async (...more: string[]) =>
      (await json("snapshots", "--type", "eod", ...more)).map(
        (row: { tradingDay: string; balance: number }) => [row.tradingDay, row.balance],
      );
    expect(await days()).toEqual([["2026-03-04", 50_000]]);
    expect(await days("--epoch", "0")).toEqual([
      ["2026-03-02", 51_000],
      ["2026-03-03", 51_000],
    ]);
    expect(await days("--epoch", "all", "--limit", "2")).toHaveLength(2);
    expect(await json("snapshots", "--positions")).toMatchObject([
      { tradingDay: "2026-03-02", side: "LONG", quantity: 2, entryPrice: 21_000.25 },
      { tradingDay: "2026-03-03", quantity: 2 },
    ]);
  });

  test.each([
    [["cash", "--type", "payout", "--at", "2026-03-03"], /--account says whose cash/],
    [["cash", ...ACCOUNT, "--type", "payout"], /--at says when/],
    [["cash", ...ACCOUNT, "--type", "gift"], /Allowed choices/],
    [[...adoption("1").slice(0, -1), "MNQH26,HOLD,2,1"], /It must be like/],
    [["snapshots", "--epoch", "last"], /number from 0, or all/],
    [["snapshots", "--record"], /--account says whose snapshot/],
    [["snapshots", ...ACCOUNT, "--record", "--type", "eod"], /cannot be used with/],
    [["snapshots", "--broker-balance", "1"], /goes with --record/],
    [[...adoption("1"), "--trading-days", "-1"], /whole number from 0/],
  ])("%j is wrong usage", async (args, message) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test.each([
    [["cash", ...ACCOUNT, "--type", "payout", "--at", "2026-03-03"], /needs an amount/],
    [["close-day", ...ACCOUNT, "--day", "2999-01-04"], /is not over/],
    [["cash", ...ACCOUNT, "--void", "none"], /has no cash movement none/],
  ])("%j fails", async (args, message) => {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});
