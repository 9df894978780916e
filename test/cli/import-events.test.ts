import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accountRow, tradeRow } from "./projectx-files.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "blotter-events-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Imports what the hub sent and tells what the command printed. */
async function imported(events: readonly object[], ...more: string[]): Promise<string> {
  const db = `file:${join(folder, "books.db")}`;
  const stdin = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  const args = ["import", "projectx-events", "-", "--db", db, ...more];
  const { code, stdout, stderr } = await runBlotter(args, { stdin });
  expect(code, stderr).toBe(0);
  return stdout;
}

const account = { event: "GatewayUserAccount", payload: { action: 1, data: accountRow(149_848) } };
const trade = { event: "GatewayUserTrade", payload: { action: 0, data: tradeRow(1, 1) } };

test("an import of events says how many balances it left out, and why", async () => {
  expect(await imported([account, trade])).toContain(
    "1 account line: balance and canTrade are of when they were sent, and are not imported\n",
  );
  expect(await imported([account, trade, account])).toContain("2 account lines: balance and");
  expect(await imported([trade])).not.toContain("account line");
  const report = JSON.parse(await imported([account, trade], "--json"));
  expect(report).toMatchObject({ accountReportsLeftOut: 1, fills: { known: 1 } });
});
