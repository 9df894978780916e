import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Performance, Statistics } from "../../src/http/answer-rows.js";
import { serveBlotter } from "../../src/http/books-server.js";
import type { Served } from "../../src/http/serve.js";
import { type Blotter, createBlotter } from "../../src/index.js";
import { dollars, gain, number, percent, ratio } from "../../src/web/format.js";
import { launch, openPage, type PageOptions, ready, type WatchedPage } from "./chromium.js";
import { ACCOUNT, fillBooks, NASTY_NAME, NASTY_STRATEGY } from "./made-up-books.js";

let folder: string;
let db: string;
let blotter: Blotter;
let served: Served;
let browser: Browser;
const opened: WatchedPage[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-browser-"));
  db = `file:${join(folder, "books.db")}`;
  blotter = await createBlotter({ url: db });
  await fillBooks(blotter);
  served = await serveBlotter(blotter, { port: 0 });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await blotter?.close();
  rmSync(folder, { recursive: true });
});

/** Whatever a test did on a page, nothing was complained of and nothing was asked of anybody else. */
afterEach(async () => {
  for (const { page, complaints, requests } of opened.splice(0)) {
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(served.url))).toEqual([]);
    await page.context().close();
  }
});

async function open(search = "", options: PageOptions = {}) {
  const watched = await openPage(browser, options);
  opened.push(watched);
  await watched.page.goto(`${served.url}${search}`);
  await ready(watched.page);
  return watched.page;
}

const api = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${served.url}api/${path}`)).json()) as T;

interface Figures {
  readonly ledgerNetPnl: number;
  readonly trades: Record<string, number>;
  readonly days: { readonly sharpe: number };
}

interface Risk {
  readonly mll: { readonly floor: number; readonly violated: boolean };
  readonly canTrade: boolean;
}

describe("the dashboard", () => {
  it("shows the figures of the API", async () => {
    const page = await open();
    const { ledgerNetPnl, trades, days } = await api<Figures>("performance");
    const figure = (name: string) =>
      page.locator(".figure", { hasText: name }).first().locator(".figure-value").textContent();
    expect(await figure("Net result")).toBe(gain(ledgerNetPnl));
    expect(await figure("Trades")).toBe(number(trades.count ?? 0));
    expect(await figure("Win rate")).toBe(percent(trades.winRate ?? 0));
    expect(await figure("Profit factor")).toBe(ratio(trades.profitFactor ?? 0));
    expect(await figure("Sharpe")).toBe(ratio(days.sharpe));
    const accounts = await api<{ balance: number }[]>("accounts");
    const cards = await page.locator(".card .big").allTextContents();
    expect(cards).toEqual(accounts.map(({ balance }) => dollars(balance)));
    for (const name of [
      "equity",
      "hour",
      "weekday",
      "symbol",
      "strategy",
      "distribution",
      "excursions",
    ]) {
      expect(await page.locator(`.panel-${name} canvas`).count(), name).toBe(1);
    }
    expect(await page.locator(".panel-rolling canvas").count()).toBe(4);
    expect(await page.locator(".panel-open").textContent()).toContain("25,000.25");
    expect(await page.locator(".panel-open").textContent()).toContain("SELL STOP");
  });

  it("unfolds all figures of the terminal to the keyboard, and keeps them unfolded", async () => {
    const page = await open();
    const { trades, days } = await api<Performance>("performance");
    const statistics = await api<Statistics>("performance/statistics");
    const panel = page.locator(".panel-all-figures");
    const said = (title: string) => panel.locator(`dt:text-is("${title}") ~ dd`).allTextContents();
    expect(await panel.locator("dl").first().isVisible()).toBe(false);
    await panel.locator("summary").focus();
    await page.keyboard.press("Enter");
    await panel.getByText("Payoff ratio").waitFor();
    expect(await said("Payoff ratio")).toEqual([ratio(trades.payoffRatio)]);
    expect(await said("SQN")).toEqual([ratio(statistics.systemQuality)]);
    expect(await said("Expectancy in R")).toEqual([
      ratio(statistics.expectancyR),
      `${statistics.resultsWithRisk} of ${trades.count} trades`,
    ]);
    expect(await said("CVaR 95%")).toEqual([percent(days.conditionalValueAtRisk95)]);
    expect(await said("Best day")).toEqual([gain(days.bestDayNetPnl), days.bestDay]);
    await page.getByRole("combobox", { name: "Account" }).selectOption(ACCOUNT);
    const one = await api<Performance>(`performance?account=${ACCOUNT}`);
    await expect.poll(() => said("Payoff ratio")).toEqual([ratio(one.trades.payoffRatio)]);
    expect(await panel.getByText("Payoff ratio").isVisible()).toBe(true);
  });

  it("shows how near each account is to its limits, and what the rules found", async () => {
    const page = await open("?account=EVAL-200");
    const { mll, canTrade } = await api<Risk>("accounts/EVAL-200/risk");
    expect([mll.violated, canTrade]).toEqual([true, false]);
    const card = page.locator(".card.chosen");
    const meter = card.getByRole("meter", { name: "Maximum loss limit used" });
    expect(await meter.getAttribute("aria-valuetext")).toMatch(/^broken, /);
    expect(await card.textContent()).toContain(`the floor at ${dollars(mll.floor)}`);
    expect(await card.locator(".alarm").textContent()).not.toBe("");
    const found = page.locator(".panel-compliance li");
    await expect
      .poll(() => found.count())
      .toBe((await api<unknown[]>("compliance?account=EVAL-200")).length);
    expect(await found.first().textContent()).toContain("fell below the floor");
    await page.locator(".panel-equity summary").click();
    await expect
      .poll(() => page.locator(".panel-equity tbody").textContent())
      .toContain(dollars(mll.floor));
    const free = page.locator(".card", { hasText: "Opened today" });
    expect(await free.textContent()).toContain("No loss limits are set");
  });

  it("shows names as text, whatever is in them", async () => {
    const page = await open();
    expect(await page.locator(".card-name").allTextContents()).toContain(NASTY_NAME);
    expect(await page.locator("table.trades").textContent()).toContain(NASTY_STRATEGY);
    expect(await page.locator("main img, main b").count()).toBe(0);
  });

  it("filters, sorts and turns the pages of the trades, by its URL too", async () => {
    const page = await open();
    const column = (name: string) => columnOf(page, name);
    await page.getByRole("textbox", { name: "Symbol" }).fill("MES");
    await page.getByRole("textbox", { name: "Symbol" }).press("Enter");
    await page.getByRole("combobox", { name: "Outcome" }).selectOption("loss");
    await expect.poll(async () => new Set(await column("Symbol"))).toEqual(new Set(["MESZ26"]));
    await expect
      .poll(async () => (await column("Net")).every((net) => net.startsWith("−")))
      .toBe(true);
    await page.getByRole("button", { name: "Net", exact: true }).click();
    const expected = async (order: string) => {
      const query = `trades?symbol=MES&outcome=loss&sort=netPnl&limit=25&order=${order}`;
      return (await api<{ netPnl: number }[]>(query)).map(({ netPnl }) => gain(netPnl));
    };
    await expect.poll(() => column("Net")).toEqual(await expected("newest"));
    await page.getByRole("button", { name: /^Net/ }).click();
    await expect.poll(() => column("Net")).toEqual(await expected("oldest"));
    expect(await page.locator("th[aria-sort=ascending]").textContent()).toContain("Net");
    expect(new URL(page.url()).searchParams.get("symbol")).toBe("MES");

    await page.getByRole("textbox", { name: "Symbol" }).fill("");
    await page.getByRole("combobox", { name: "Outcome" }).selectOption("");
    await page.getByRole("button", { name: /^Closed/ }).click();
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await page.getByText("Page 2").waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByText("Page 1").waitFor();

    const again = await open("?symbol=MES&outcome=loss");
    await expect
      .poll(async () => new Set(await columnOf(again, "Symbol")))
      .toEqual(new Set(["MESZ26"]));
  });

  it("filters by tags, note and planned risk, and shows what was written with its trade", async () => {
    const [one, two] = await api<{ entryOrderId: string; tradeId: string; netPnl: number }[]>(
      `trades?account=${ACCOUNT}&limit=2&order=oldest`,
    );
    const write = (order: { entryOrderId: string } | undefined, more: object) =>
      blotter.annotations.annotate({
        accountId: ACCOUNT,
        target: "order",
        id: String(order?.entryOrderId),
        ...more,
      });
    await write(one, { note: "<b>chased</b> it", tags: ["late", "news"], plannedRisk: "120.5" });
    await write(two, { note: "waited", tags: ["plan"], plannedRisk: 80 });
    const page = await open();
    const nets = () => columnOf(page, "Net");
    const field = (name: string) => page.getByRole("textbox", { name, exact: true });
    const ask = async (name: string, value: string) => {
      await field(name).fill(value);
      await field(name).press("Enter");
    };
    const [first, second] = [gain(one?.netPnl ?? 0), gain(two?.netPnl ?? 0)];
    await ask("Tags", "late, PLAN");
    await expect.poll(nets).toEqual([second, first]);
    expect(new URL(page.url()).searchParams.getAll("tag")).toEqual(["late", "PLAN"]);
    await page.getByRole("combobox", { name: "Row" }).selectOption("position");
    await expect.poll(() => page.getByText("Page 1").count()).toBe(1);
    expect((await nets()).length).toBeGreaterThan(0);
    await page.getByRole("combobox", { name: "Row" }).selectOption("");
    await ask("Note", "CHASED");
    await expect.poll(nets).toEqual([first]);
    await page.reload();
    await ready(page);
    expect(await field("Tags").inputValue()).toBe("late PLAN");
    await expect.poll(nets).toEqual([first]);
    await page.locator("table.trades tbody button").first().click();
    const details = page.getByRole("dialog");
    await details.getByText("<b>chased</b> it").waitFor();
    expect(await details.textContent()).toContain("Planned risk$120.50");
    expect(await details.textContent()).toContain("late news");
    await page.keyboard.press("Escape");
    await ask("Note", "");
    await ask("Risk to", "100");
    await expect.poll(nets).toEqual([second]);
    for (const order of [one, two]) await write(order, { note: null, tags: [], plannedRisk: null });
  });

  it("tells of a filter that makes no sense where it stands, and goes on", async () => {
    // The browser itself complains of what the server refuses.
    const { page } = await openPage(browser, {});
    await page.goto(`${served.url}?tag=%2B`);
    await page.getByText("The server says: a tag must be").waitFor();
    await page.locator(".chart canvas").first().waitFor();
    expect(await page.locator(".card-name").count()).toBeGreaterThan(1);
    const field = (name: string) => page.getByRole("textbox", { name, exact: true });
    await field("Tags").fill("");
    await field("Risk to").fill("-1");
    await field("Risk to").press("Enter");
    await page.getByText("The server says: maxRisk: must be US dollars").waitFor();
    await field("Risk to").fill("");
    await field("Risk to").press("Enter");
    await page.locator("table.trades tbody tr").first().waitFor();
    await page.context().close();
  });

  it("lists matches and positions too, by their exit", async () => {
    const page = await open("?side=LONG");
    const rowsOf = async (level: string) =>
      (await api<{ netPnl: number }[]>(`trades?level=${level}&limit=25`)).map(({ netPnl }) =>
        gain(netPnl),
      );
    const row = page.getByRole("combobox", { name: "Row" });
    await row.selectOption("match");
    await expect.poll(() => columnOf(page, "Net")).toEqual(await rowsOf("match"));
    expect(await page.getByRole("combobox", { name: "Side" }).isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Net", exact: true }).count()).toBe(0);
    expect(await page.locator("table.trades tbody button").count()).toBe(0);
    await row.selectOption("position");
    await expect.poll(() => columnOf(page, "Net")).toEqual(await rowsOf("position"));
    expect(new URL(page.url()).searchParams.get("level")).toBe("position");
    await page.reload();
    await ready(page);
    await expect.poll(() => columnOf(page, "Net")).toEqual(await rowsOf("position"));
    await row.selectOption("");
    await page.getByRole("button", { name: "Net", exact: true }).waitFor();
  });

  it("draws a floor under one account, and under several only where it is theirs", async () => {
    const all = await open();
    const note = (page: typeof all) => page.locator(".panel-equity .chart-note").textContent();
    expect(await note(all)).toBe(
      "No floor is drawn: the balance counts Opened today, which has none. Choose an account to see its own floor.",
    );
    const one = await open(`?account=${ACCOUNT}`);
    expect(await note(one)).toBe("Dashed: the floor, the balance at which the account is lost.");
  });

  it("chooses accounts and days, which stay in the URL", async () => {
    const page = await open();
    await page.getByRole("combobox", { name: "Account" }).selectOption(ACCOUNT);
    await page.getByLabel("From", { exact: true }).fill("2026-10-01");
    await page.getByLabel("To", { exact: true }).fill("2026-10-31");
    const query = `performance?account=${ACCOUNT}&from=2026-10-01&to=2026-11-01`;
    const { ledgerNetPnl, trades } = await api<Figures>(query);
    const net = page.locator(".figure").first().locator(".figure-value");
    await expect.poll(() => net.textContent()).toBe(gain(ledgerNetPnl));
    const count = page.locator(".figure").nth(1).locator(".figure-value");
    expect(await count.textContent()).toBe(number(trades.count ?? 0));
    await expect.poll(async () => (await columnOf(page, "Closed"))[0]).toMatch(/^2026-10-/);
    await page.reload();
    await ready(page);
    await expect.poll(() => net.textContent()).toBe(gain(ledgerNetPnl));
    expect(await page.getByRole("combobox", { name: "Account" }).inputValue()).toBe(ACCOUNT);
    expect(await page.locator(".month").textContent()).toBe("October 2026");
  });

  it.each(["?from=2026-13-01", "?to=2026-02-30", "?from=2026-11-02&to=2026-11-01"])(
    "shows all days for the URL %s, whose days are none",
    async (search) => {
      const page = await open(search);
      const { ledgerNetPnl } = await api<Figures>("performance");
      const net = page.locator(".figure").first().locator(".figure-value");
      await expect.poll(() => net.textContent()).toBe(gain(ledgerNetPnl));
      expect(await page.getByLabel("From", { exact: true }).inputValue()).toBe("");
      expect(await page.getByLabel("To", { exact: true }).inputValue()).toBe("");
      expect(await page.getByRole("alert").count()).toBe(0);
    },
  );

  it("says in the server's words that an account is not there, and lets another be chosen", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${served.url}?account=nope`);
    const answer = await fetch(`${served.url}api/positions?account=nope`);
    const { detail } = (await answer.json()) as { detail: string };
    expect(detail).toContain("nope");
    const alert = page.getByRole("alert");
    await expect.poll(() => alert.textContent()).toBe(`The server says: ${detail}.`);
    await page.getByRole("combobox", { name: "Account" }).selectOption("All accounts");
    await ready(page);
    const { ledgerNetPnl } = await api<Figures>("performance");
    const net = page.locator(".figure").first().locator(".figure-value");
    await expect.poll(() => net.textContent()).toBe(gain(ledgerNetPnl));
    expect(await alert.count()).toBe(0);
    await page.context().close();
  });

  it("draws its choices before the first answer, and says when none comes", async () => {
    const { page } = await openPage(browser);
    await page.route("**/api/accounts", async (route) => {
      await pause(1_000);
      await route.abort();
    });
    await page.goto(served.url);
    await page.getByRole("combobox", { name: "Account" }).waitFor();
    await page.getByText("Reading the books…").waitFor();
    await page.getByText("The server does not answer.", { exact: true }).waitFor();
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.getByRole("button", { name: "All days" }).click();
    await ready(page);
    await page.context().close();
  });

  it("does not let a slow answer undo a later choice", async () => {
    const page = await open();
    await page.route("**/api/accounts", async (route) => {
      await pause(1_000);
      await route.continue();
    });
    await page.getByRole("combobox", { name: "Account" }).selectOption(ACCOUNT);
    const from = page.getByLabel("From", { exact: true });
    await from.fill("2026-10-01");
    // By then the answer to the first choice is there, and the one to the second is not.
    await pause(1_500);
    expect(await from.inputValue()).toBe("2026-10-01");
    const { ledgerNetPnl } = await api<Figures>(`performance?account=${ACCOUNT}&from=2026-10-01`);
    const net = page.locator(".figure").first().locator(".figure-value");
    await expect.poll(() => net.textContent(), { timeout: 10_000 }).toBe(gain(ledgerNetPnl));
  });

  it("shows a trade's matches, orders and fills to the keyboard, and gives the focus back", async () => {
    const page = await open();
    const opener = page.locator("table.trades tbody button").first();
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    for (const name of ["Orders", "Fills", "Matches, first in, first out"]) {
      await dialog.getByRole("heading", { name }).waitFor();
    }
    expect(await dialog.locator("table").count()).toBe(3);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);
    // The dialog tells of its closing a moment after it is gone.
    const focused = () => page.evaluate("document.activeElement.textContent");
    await expect.poll(focused).toBe(await opener.textContent());
  });

  it("shows a fill of another process within a second", async () => {
    const page = await open();
    const row = page.locator(".panel-open tbody tr", { hasText: "20,000" });
    expect(await row.count()).toBe(0);
    const child = spawn(process.execPath, [
      "--import",
      "tsx",
      "test/http/fill-once.ts",
      db,
      "EVAL-200",
    ]);
    const ended = once(child, "close");
    await row.first().waitFor();
    const shownMs = Date.now();
    await ended;
    expect(shownMs - (await lastRecordedMs("EVAL-200"))).toBeLessThan(1_000);
  });

  it("is dark when the system is, and when it is asked to be", async () => {
    const background = "getComputedStyle(document.body.parentElement).backgroundColor";
    const light = await open();
    const dark = await open("", { colorScheme: "dark" });
    const [day, night] = [await light.evaluate(background), await dark.evaluate(background)];
    expect(day).not.toBe(night);
    await light.getByRole("button", { name: "Dark colours" }).click();
    expect(await light.evaluate(background)).toBe(night);
    await light.reload();
    await ready(light);
    expect(await light.evaluate(background)).toBe(night);
    await light.getByRole("button", { name: "Light colours" }).click();
    expect(await light.evaluate(background)).toBe(day);
  });

  it.each([390, 768, 1280])("fits %d px: nothing is cut off sideways", async (width) => {
    const page = await open("", { width, height: 844 });
    await page.getByText("Show all figures").click();
    const widest = await page.evaluate("document.documentElement.scrollWidth");
    expect(widest).toBe(width);
    for (const name of ["Balance and drawdown", "Calendar", "Open now", "Trades"]) {
      await page.getByRole("heading", { name, exact: true }).scrollIntoViewIfNeeded();
    }
  });

  it("has a name for every control and picture, and a table for every chart", async () => {
    const page = await open();
    const nameless = await page.evaluate(`[...document.querySelectorAll("input, select, button")]
      .filter((e) => !(e.labels?.length || e.getAttribute("aria-label") || e.textContent.trim()))
      .map((e) => e.outerHTML)`);
    expect(nameless).toEqual([]);
    const charts = await page.getByRole("img").all();
    expect(charts).toHaveLength(11);
    for (const chart of charts) {
      const label = (await chart.getAttribute("aria-label")) ?? "";
      expect(label).toMatch(/\d/);
      expect(label).not.toMatch(/This is a chart|series/);
    }
    const summaries = page.getByText("Show as table");
    expect(await summaries.count()).toBe(11);
    await page.locator(".panel-equity summary").click();
    const days = await api<{ points: unknown[] }>("performance/equity");
    await expect
      .poll(() => page.locator(".panel-equity tbody tr").count())
      .toBe(days.points.length);
    expect(await page.locator("h1").count()).toBe(1);
  });

  it("says a sentence where there is nothing", async () => {
    const watched = await openPage(browser);
    opened.push(watched);
    const { page } = watched;
    await page.goto(`${served.url}?account=NEW-300`);
    await page.getByText("The curve begins with the first fill.").waitFor();
    const text = (await page.locator("body").textContent()) ?? "";
    for (const sentence of [
      "No closed trade fits.",
      "Flat: no position is open.",
      "No order is working.",
      "No trading day has a closed trade yet.",
    ]) {
      expect(text).toContain(sentence);
    }
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
  });
});

describe("with a token", () => {
  it("the page asks for it, and shows nothing without it", async () => {
    const token = "a-token-that-only-this-test-knows-of";
    const guarded = await serveBlotter(blotter, { port: 0, token });
    const { page, requests } = await openPage(browser);
    await page.goto(guarded.url);
    await page.getByLabel("Token").fill("a-token-that-is-long-but-wrong-of-course");
    await page.getByRole("button", { name: "Open the books" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.locator("main").count()).toBe(0);
    await page.getByLabel("Token").fill(token);
    await page.keyboard.press("Enter");
    await ready(page);
    expect(requests.filter((url) => url.includes(token))).toEqual([]);
    await page.context().close();
    await guarded.close();
  });
});

/** When the newest event of an account was recorded. */
async function lastRecordedMs(account: string): Promise<number> {
  const { accountId } = await blotter.accounts.get(account);
  return blotter.store.read(async ({ outbox }) => {
    const last = await outbox.last(accountId);
    const [event] = await outbox.after(accountId, last - 1, 1);
    return Number(event?.recordedAt) / 1000;
  });
}

async function columnOf(page: WatchedPage["page"], name: string): Promise<readonly string[]> {
  const heads = await page.locator("table.trades thead th").allTextContents();
  const index = heads.findIndex((head) => head.startsWith(name));
  return page.locator(`table.trades tbody td:nth-child(${index + 1})`).allTextContents();
}
