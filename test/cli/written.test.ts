import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBlotter } from "../../src/container.js";
import { epochMsToInstant } from "../../src/domain/instant.js";
import { collectReport } from "../../src/http/collect-report.js";
import { fillInput } from "../contract/desk.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

/** MNQ, $2 a point: o1>o2 +$20, o3>o4 -$10 and o5>o6 +$6, each of one contract and a position of its own. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-written-"));
  db = `file:${join(folder, "books.db")}`;
  const blotter = await createBlotter({ url: db });
  await blotter.accounts.open({ accountId: "A", startingBalance: 1_000 });
  const fill = (n: number, what: string) =>
    blotter.orders.recordFill(fillInput("A", n * 60, `${n}`, `o${n}`, what));
  await fill(1, "buy 1 @ 100");
  await fill(2, "sell 1 @ 110");
  await fill(3, "buy 1 @ 100");
  await fill(4, "sell 1 @ 95");
  await fill(5, "buy 1 @ 100");
  await fill(6, "sell 1 @ 103");
  await blotter.close();
  await output("note", "order", "o1", ...ON_A, "--text", "Waited for it", "--tag", "plan");
  await output("note", "fill", "4", ...ON_A, "--text", "let it run", "--risk", "30");
  await output("note", "fill", "3", ...ON_A, "--risk", "12.5");
  await output("note", "order", "o5", ...ON_A, "--risk", "40", "--tag", "plan");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ON_A = ["--account", "A"];

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runBlotter([...args, "--db", db]);
  expect(code, stderr).toBe(0);
  return stdout;
}
// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));
const nets = async (...args: string[]) =>
  (await json("trades", ...args)).map(({ netPnl }: { netPnl: number }) => netPnl);

describe("what is written", () => {
  test.each(["match", "trade", "position"])("narrows trades of level %s down", async (level) => {
    const at = ["--level", level];
    const whole = await json("trades", ...at);
    expect(await nets(...at, "--tag", "PLAN")).toEqual([20, 6]);
    expect(await nets(...at, "--note", "IT")).toEqual([20, -10]);
    expect(await nets(...at, "--note", "it", "--tag", "plan")).toEqual([20]);
    expect(await nets(...at, "--min-risk", "12.5")).toEqual([-10, 6]);
    expect(await nets(...at, "--max-risk", "12.5")).toEqual([-10]);
    expect(await nets(...at, "--min-risk", "12.500001", "--max-risk", "40")).toEqual([6]);
    expect(await nets(...at, "--min-risk", "0", "--limit", "1")).toEqual([6]);
    // Not a field more than before.
    expect(await json("trades", ...at, "--note", "IT")).toEqual(whole.slice(0, 2));
  });

  test("narrows a report down, its page and its breakdowns, but no simulation", async () => {
    const { trades } = await json("report", "--note", "it", "--max-risk", "20");
    expect(trades).toMatchObject({ count: 1, netPnl: -10, resultsWithRisk: 1, expectancyR: -0.8 });
    const groups = await json("report", "--by", "side", "--min-risk", "1");
    expect(groups).toMatchObject([{ count: 2, netPnl: -4 }]);
    expect(await output("report", "--note", "never")).toBe("no trade matches the filter\n");
    const simulated = await runBlotter([
      "report",
      "--simulate",
      "--target",
      "5",
      "--note",
      "it",
      "--db",
      db,
    ]);
    expect(simulated.stderr).toContain("filter by accounts and dates only");
    const blotter = await createBlotter({ url: db });
    const now = epochMsToInstant(Date.parse("2026-08-20T12:00:00Z"));
    const page = await collectReport(blotter, { tags: ["plan"], minRisk: 1, maxRisk: "50" }, now);
    expect(page.trades.map(({ entryOrderId }) => entryOrderId)).toEqual(["o5"]);
    expect(page.figures.performance.trades.count).toBe(1);
    expect(page.scope).toBe("All accounts, plan, planned risk from 1 to 50 $, all days");
    await blotter.close();
  });

  test.each([
    [["--min-risk", "-1"], /^2 blotter: option '--min-risk .*must not be below 0/],
    [["--max-risk", "much"], /^2 blotter: option '--max-risk /],
    [["--note", " "], /^2 blotter: option '--note .*must not be empty/],
    [["--tag", ""], /^2 blotter: option '--tag .*must not be empty/],
    [["--tag", "a b"], /^1 blotter: a tag must be/],
    [["--min-risk", "5", "--max-risk", "4.5"], /^2 blotter: --min-risk 5 is above --max-risk 4.5/],
  ])("is refused as a filter: %j", async (flags, words) => {
    for (const command of ["trades", "report"]) {
      const { code, stderr } = await runBlotter([command, ...flags, "--db", db]);
      expect(`${code} ${stderr}`).toMatch(words);
    }
  });
});
