import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { epochMsToInstant } from "../../src/domain/instant.js";
import { plainRolling } from "../../src/domain/performance/plain.js";
import { type Blotter, collectReport, createBlotter, reportHtml } from "../../src/index.js";
import { dollars, percent, ratio } from "../../src/web/format.js";
import { launch, openPage } from "./chromium.js";

const DAY_MS = 86_400_000;
const FIRST = Date.parse("2026-03-02T15:00:00Z");

let folder: string;
let blotter: Blotter;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-rolling-"));
  blotter = await createBlotter({ url: ":memory:" });
  for (const days of [19, 25, 63]) await tradeFor(days);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await blotter?.close();
  rmSync(folder, { recursive: true });
});

/** Days after a Monday, of a working day. */
const dayOf = (day: number) => Math.floor(day / 5) * 7 + (day % 5);

/** A trade a day, won or lost by turns. */
async function tradeFor(days: number): Promise<void> {
  const accountId = `days-${days}`;
  await blotter.accounts.open({ accountId, startingBalance: 10_000 });
  for (let day = 0; day < days; day += 1) {
    for (const [n, side] of (["BUY", "SELL"] as const).entries()) {
      const id = String(1_000 + 2 * day + n);
      await blotter.orders.recordFill({
        accountId,
        contract: "MNQU26",
        orderId: id,
        fillId: id,
        side,
        quantity: 1,
        price: 20_000 + n * (((day * 7) % 11) - 4) * 10,
        executedAt: new Date(FIRST + dayOf(day) * DAY_MS + n * 60_000).toISOString(),
      });
    }
  }
}

async function panelOf(days: number) {
  const path = join(folder, `${days}.html`);
  const now = epochMsToInstant(FIRST + 200 * DAY_MS);
  writeFileSync(
    path,
    reportHtml(await collectReport(blotter, { accounts: [`days-${days}`] }, now)),
  );
  const { page, complaints } = await openPage(browser);
  await page.goto(pathToFileURL(path).href);
  const panel = page.locator(".panel-rolling");
  await panel.waitFor();
  const labels = () =>
    panel
      .getByRole("img")
      .evaluateAll((all) => all.map((element) => element.getAttribute("aria-label")));
  return { page, panel, complaints, labels };
}

async function lastOf(days: number, window: number) {
  const point = (await blotter.performance.rolling({ accounts: [`days-${days}`] }, window)).at(-1);
  if (!point) throw new Error("as many days as the window");
  const { sharpe, volatility, winRate, maxDrawdown } = plainRolling(point);
  return [
    ratio(Number(sharpe)),
    percent(Number(volatility)),
    percent(Number(winRate)),
    dollars(Number(maxDrawdown)),
  ];
}

const TITLES = ["Sharpe", "Volatility", "Winning days", "Deepest drawdown"];

describe("figures of the last days", () => {
  it("are four pictures with a name, a description and a table each", async () => {
    const { page, panel, complaints, labels } = await panelOf(63);
    const [of20, of60] = [await lastOf(63, 20), await lastOf(63, 60)];
    expect(await panel.locator("canvas").count()).toBe(4);
    expect(await panel.locator("h3").allTextContents()).toEqual(TITLES);
    expect(await labels()).toEqual(
      TITLES.map(
        (title, i) => `${title} of the last 20 days ${of20[i]}, ${of60[i]} of the last 60`,
      ),
    );
    for (const [i] of TITLES.entries()) {
      const table = panel.locator(".multiples > section").nth(i);
      await table.locator("summary").click();
      const cells = table.locator("tbody tr").last().locator("td");
      await expect.poll(() => cells.allTextContents()).toEqual(["2026-05-27", of20[i], of60[i]]);
      const early = await table.locator("tbody tr").first().locator("td").allTextContents();
      expect(early[2]).toBe("");
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("say when there are fewer than 60 days, and fewer than 20", async () => {
    const some = await panelOf(25);
    const of20 = await lastOf(25, 20);
    expect(await some.labels()).toEqual(
      TITLES.map((title, i) => `${title} of the last 20 days ${of20[i]}, fewer than 60 days`),
    );
    await some.page.context().close();
    const few = await panelOf(19);
    expect(await few.panel.locator("p:visible").allTextContents()).toEqual([
      "Figures of the last 20 days need 20 days.",
    ]);
    expect(await few.panel.locator("canvas").count()).toBe(0);
    expect(few.complaints).toEqual([]);
    await few.page.context().close();
  });
});
