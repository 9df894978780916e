import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { epochMsToInstant } from "../../src/domain/instant.js";
import { serveBlotter } from "../../src/http/books-server.js";
import type { Served } from "../../src/http/serve.js";
import { type Blotter, collectReport, createBlotter, reportHtml } from "../../src/index.js";
import { fillMadeBooks } from "../http/made-books.js";
import { launch, openPage, ready } from "./chromium.js";

const NOW = epochMsToInstant(Date.parse("2026-08-20T12:00:00Z"));
const SENTENCE = "1 of 2 trades rests on synthetic fills, until the broker tells the real ones.";
let folder: string;
let blotter: Blotter;
let served: Served;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-made-"));
  blotter = await createBlotter({ url: ":memory:" });
  await fillMadeBooks(blotter);
  served = await serveBlotter(blotter, { port: 0 });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await blotter?.close();
  rmSync(folder, { recursive: true });
});

describe("what rests on synthetic fills", () => {
  it("is marked in the dashboard: trades at every level, their details, positions, figures", async () => {
    const { page, complaints } = await openPage(browser);
    for (const level of ["match", "trade", "position"]) {
      await page.goto(`${served.url}?level=${level}`);
      await ready(page);
      const rows = page.locator("table.trades tbody tr");
      await expect.poll(() => rows.locator(".made-tag").allTextContents()).toEqual(["synthetic"]);
      expect(await rows.first().locator(".made-tag").count()).toBe(1);
    }
    expect(await page.locator(".panel-open .made-tag").allTextContents()).toEqual(["synthetic"]);
    expect(await page.locator(".panel-all-figures").textContent()).toContain(SENTENCE);
    expect(await page.locator(".panel-figures").textContent()).toContain("1 on synthetic fills");

    await page.goto(served.url);
    await ready(page);
    await page.locator("table.trades tbody button").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("it rests on synthetic fills").waitFor();
    const fills = dialog.locator("table").nth(1);
    expect(await fills.locator("th").last().textContent()).toBe("Made as");
    expect(await fills.locator("tbody td:last-child").allTextContents()).toEqual([
      "synthetic",
      "–",
    ]);
    await page.keyboard.press("Escape");
    await page.locator("table.trades tbody button").last().click();
    await dialog.getByRole("heading", { name: "Fills" }).waitFor();
    expect(await dialog.textContent()).not.toMatch(/synthetic|Made as/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is marked in the report that is kept", async () => {
    const path = join(folder, "report.html");
    writeFileSync(path, reportHtml(await collectReport(blotter, {}, NOW)));
    const { page, complaints } = await openPage(browser);
    await page.goto(pathToFileURL(path).href);
    await page.locator("main").waitFor();
    const tags = page.locator(".report-trades .made-tag");
    expect(await tags.allTextContents()).toEqual(["synthetic"]);
    expect(await page.locator(".panel-open .made-tag").count()).toBe(1);
    expect(await page.getByText(SENTENCE).isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
