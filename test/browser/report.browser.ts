import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { epochMsToInstant } from "../../src/domain/instant.js";
import { moneyToNumber } from "../../src/domain/money.js";
import { type Blotter, collectReport, createBlotter, reportHtml } from "../../src/index.js";
import { dollars, gain, ratio } from "../../src/web/format.js";
import { trade } from "../http/served.js";
import { launch, openPage } from "./chromium.js";
import { ACCOUNT, fillBooks, NASTY_NAME, NASTY_STRATEGY } from "./made-up-books.js";

const NOW = epochMsToInstant(Date.parse("2026-11-12T12:00:00Z"));
let folder: string;
let blotter: Blotter;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-report-"));
  blotter = await createBlotter({ url: ":memory:" });
  await fillBooks(blotter);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await blotter?.close();
  rmSync(folder, { recursive: true });
});

async function open(scope: Parameters<typeof collectReport>[1], name: string) {
  const path = join(folder, name);
  writeFileSync(path, reportHtml(await collectReport(blotter, scope, NOW)));
  const watched = await openPage(browser);
  await watched.page.goto(pathToFileURL(path).href);
  await watched.page.locator("main").waitFor();
  return { ...watched, path };
}

describe("the report", () => {
  it("is one file that shows the figures and asks nobody for anything", async () => {
    const { page, complaints, requests, path } = await open({ accounts: [ACCOUNT] }, "report.html");
    const { ledgerNet, trades } = await blotter.performance.summary({ accounts: [ACCOUNT] });
    const net = page.locator(".figure").first().locator(".figure-value");
    expect(await net.textContent()).toBe(gain(moneyToNumber(ledgerNet ?? trades.netPnl)));
    expect(await page.locator("canvas").count()).toBe(11);
    expect(await page.locator(".card").count()).toBe(1);
    expect(await page.locator(".report-trades tbody tr").count()).toBe(trades.count);
    await page.getByRole("button", { name: "Dark colours" }).click();
    expect(await page.getByRole("button", { name: "Light colours" }).count()).toBe(1);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([pathToFileURL(path).href]);
    expect(readFileSync(path, "utf8")).not.toMatch(/<(?:link|img|iframe)\b|\ssrc=/);
    await page.context().close();
  });

  it("shows all figures of the terminal, unfolded, and a dash for what is not known", async () => {
    const scope = { accounts: [ACCOUNT] };
    const { page, complaints } = await open(scope, "figures.html");
    const { trades, days } = await blotter.performance.summary(scope);
    const said = (title: string) =>
      page.locator(`.panel-all-figures dt:text-is("${title}") + dd:visible`).allInnerTexts();
    expect(trades.payoffRatio).not.toBeNull();
    expect(await said("Payoff ratio")).toEqual([ratio(trades.payoffRatio)]);
    expect(await said("Ulcer index")).toEqual([ratio(days.ulcerIndex)]);
    expect(await said("Balance at the start")).toEqual([dollars(50_000)]);
    expect(await said("Expectancy in R")).toEqual(["–"]);
    expect(days.days).toBeGreaterThanOrEqual(20);
    expect(await page.locator("main").innerText()).not.toMatch(/from \d+ days?\b/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("says beside a figure of a year from how few days it is", async () => {
    const scope = { accounts: [ACCOUNT], to: "2026-09-04" };
    const { page } = await open(scope, "few.html");
    const { days } = await blotter.performance.summary(scope);
    expect(days.sharpe).not.toBeNull();
    const tile = page.locator(".figure", { hasText: "Sharpe" });
    expect(await tile.innerText()).toContain(`from ${days.days} days`);
    const notes = page.locator(`.panel-all-figures dd:text-is("from ${days.days} days")`);
    const known = [days.volatility, days.downsideDeviation, days.sharpe, days.sortino];
    const all = [...known, days.calmar, days.cagr].filter((value) => value !== null);
    expect(await notes.count()).toBe(all.length);
    await page.context().close();
  });

  it("shows an average price with the decimals that say something", async () => {
    const accountId = "averages";
    await blotter.accounts.open({ accountId });
    for (const [n, side, quantity, price] of [
      [1, "BUY", 2, "20000.25"],
      [2, "BUY", 1, "20000.5"],
      [3, "SELL", 3, "20001"],
    ] as const) {
      const ids = { orderId: side, fillId: String(n), executedAt: `2026-08-19T15:0${n}:00Z` };
      await blotter.orders.recordFill({
        accountId,
        contract: "MNQU26",
        side,
        quantity,
        price,
        ...ids,
      });
    }
    const { page } = await open({ accounts: [accountId] }, "averages.html");
    const cells = await page.locator(".report-trades tbody td").allTextContents();
    expect(cells).toContain("20,000.333");
    await page.context().close();
  });

  it("shows names as text, whatever is in them", async () => {
    const { page, complaints } = await open({}, "nasty.html");
    expect(await page.locator(".card-name").allTextContents()).toContain(NASTY_NAME);
    expect(await page.locator(".report-trades").textContent()).toContain(NASTY_STRATEGY);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("sums the floors of the accounts whose balances it sums", async () => {
    const { page } = await open({ accounts: [ACCOUNT, "EVAL-200"] }, "two.html");
    const panel = page.locator(".panel-equity");
    expect(await panel.locator(".chart-note").textContent()).toContain("floors of all 2 accounts");
    let sum = 0;
    for (const account of [ACCOUNT, "EVAL-200"]) {
      const { mll } = await blotter.compliance.status(account);
      if (mll === null) throw new Error("the made-up rules have a maximum loss");
      sum += moneyToNumber(mll.floor);
    }
    await panel.locator("summary").click();
    const last = panel.locator("tbody tr").last();
    await expect.poll(() => last.textContent()).toContain(dollars(sum));
    await page.context().close();
  });

  it("lists the trades that its filter leaves", async () => {
    const scope = { symbols: ["MES"], sides: ["LONG"] } as const;
    const { page } = await open(scope, "filtered.html");
    const { trades } = await blotter.performance.summary(scope);
    expect(trades.count).toBeGreaterThan(0);
    expect(await page.locator(".report-trades tbody tr").count()).toBe(trades.count);
    await page.context().close();
  });

  it("is of the days asked for", async () => {
    const { page } = await open({ from: "2026-10-01", to: "2026-11-01" }, "october.html");
    const { trades } = await blotter.performance.summary({ from: "2026-10-01", to: "2026-11-01" });
    expect(await page.locator(".report-trades tbody tr").count()).toBe(trades.count);
    expect(await page.locator(".month").textContent()).toBe("October 2026");
    await page.context().close();
  });

  it.each([
    ["one trade", [1]],
    ["only losers", [-1, -1]],
    ["only breakeven", [0, 0]],
    ["nothing but cash", []],
  ] as const)("of %s shows neither NaN nor emptiness without a word", async (name, results) => {
    const accountId = `edge ${name}`.replaceAll(" ", "-");
    await blotter.accounts.open({ accountId, startingBalance: 100 });
    await trade(blotter, accountId, results);
    const deposit = { account: accountId, type: "deposit", amount: 50 } as const;
    await blotter.accounts.recordCash({ ...deposit, at: "2026-08-19T15:00:00Z" });
    const { page, complaints } = await open({ accounts: [accountId] }, `${accountId}.html`);
    const text = (await page.locator("main").innerText()) ?? "";
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    // Each picture is there, or a sentence in its place.
    for (const panel of await page.locator("main .panel:has(.chart)").all()) {
      const drawn = await panel.locator("canvas").count();
      const said = await panel.locator("p.empty:visible").count();
      expect(drawn + said).toBe(1);
    }
    expect(await page.locator(".panel-equity canvas").count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["unknown", {}, true],
    ["known", { commission: 0.25, fee: 0.37 }, false],
  ] as const)(
    "of a trade whose costs are %s says whether its net is too high",
    async (name, costs, isSaid) => {
      const accountId = `costs-${name}`;
      await blotter.accounts.open({ accountId, startingBalance: 100 });
      for (const [fillId, side, price] of [
        ["1", "BUY", 25_000],
        ["2", "SELL", 25_010],
      ] as const) {
        const executedAt = `2026-08-19T15:0${fillId}:00Z`;
        const fill = { accountId, contract: "MNQU26", orderId: fillId, fillId, side, price };
        await blotter.orders.recordFill({ ...fill, ...costs, quantity: 1, executedAt });
      }
      const { page } = await open({ accounts: [accountId] }, `${accountId}.html`);
      const tile = await page.locator(".figure", { hasText: "Net result" }).innerText();
      const said = "costs of 1 of 1 trade are not all known, the net is too high";
      expect(tile.includes(said)).toBe(isSaid);
      const lists = await page.locator(".panel-all-figures").innerText();
      expect(
        lists.includes("The costs of 1 of 1 trade are not all known: the net is too high."),
      ).toBe(isSaid);
      await page.context().close();
    },
  );

  it("of nothing says so", async () => {
    const { page, complaints } = await open({ accounts: ["NEW-300"] }, "empty.html");
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toContain("No trade was closed.");
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("refuses an account and days that are none", async () => {
    await expect(collectReport(blotter, { accounts: ["nobody"] }, NOW)).rejects.toThrow(/nobody/);
    await expect(collectReport(blotter, { from: "yesterday" }, NOW)).rejects.toThrow(/from/);
  });
});
