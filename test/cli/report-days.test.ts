import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBlotter } from "../../src/container.js";
import { fillInput } from "../contract/desk.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-report-"));
  db = `file:${join(folder, "books.db")}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runBlotter([...args, "--db", db]);
  expect(code, stderr).toBe(0);
  return stdout;
}
// What the command printed is what the test then compares.
const json = async (...args: string[]) => JSON.parse(await output(...args, "--json"));

describe("report of many days", () => {
  /** A trade on each of the weekdays from 2 March, won and lost by turns. */
  async function tradeDays(days: number): Promise<void> {
    const blotter = await createBlotter({ url: db });
    await blotter.accounts.open({ accountId: "A", startingBalance: 1_000 });
    const first = (Date.parse("2026-03-02T15:00:00Z") - Date.parse("2026-08-19T13:30:00Z")) / 1_000;
    for (let day = 0; day < days; day += 1) {
      const at = first + (Math.floor(day / 5) * 7 + (day % 5)) * 86_400;
      const exit = 100 + ((day * 7) % 11) - 4;
      for (const [n, what] of ["buy 1 @ 100", `sell 1 @ ${exit}`].entries()) {
        const id = String(1_000 + 2 * day + n);
        await blotter.orders.recordFill(fillInput("A", at + n * 60, id, id, what));
      }
    }
    await blotter.close();
  }

  test("says from how few days figures of a year are", async () => {
    await tradeDays(19);
    const text = await output("report");
    for (const name of [
      "volatility",
      "Sharpe",
      "Sortino",
      "Calmar",
      "CAGR",
      "downside deviation",
    ]) {
      expect(text).toMatch(new RegExp(`^  ${name} +\\S+( %)? \\(from 19 days\\)$`, "m"));
    }
    expect(text).toMatch(/^ {2}mean day +\S+$/m);
    expect(text).not.toContain("Last 20");
  });

  test("shows the figures of the last 20 and 60 days and how they came to be", async () => {
    await tradeDays(63);
    const text = await output("report");
    expect(text).not.toMatch(/from \d+ days/);
    expect(text).toContain("\nLast 20 and 60 days\n");
    const { rolling } = await json("report");
    const line = (title: string, value: string, points: number) =>
      expect(text).toMatch(new RegExp(`^  ${title} +${value}  [▁-█]{${points}}$`, "m"));
    for (const [days, points] of [
      [20, 40],
      [60, 4],
    ] as const) {
      const of = (field: string): number => rolling[`${field}${days}`];
      line(`Sharpe, ${days} days`, of("sharpe").toFixed(2), points);
      line(`volatility, ${days} days`, `${(of("volatility") * 100).toFixed(1)} %`, points);
      line(`winning days, ${days} days`, `${(of("winRate") * 100).toFixed(1)} %`, points);
      line(`deepest drawdown, ${days} days`, of("maxDrawdown").toFixed(2), points);
    }
    for (const printed of text.split("\n")) expect(printed.length).toBeLessThanOrEqual(80);
  });
});
