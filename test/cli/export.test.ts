import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBlotter } from "../../src/container.js";
import { fillBooks } from "../schema/filled-books.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-export-"));
  db = `file:${join(folder, "books.db")}`;
  const blotter = await createBlotter({ url: db });
  await fillBooks(blotter);
  await blotter.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => runBlotter([...args, "--db", db]);
const place = (name: string) => join(folder, name);

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

describe("export --format json", () => {
  test("writes a private file that import blotter takes, byte for byte", async () => {
    const { code, stdout, stderr } = await run("export", "--format", "json", "--out", place("a"));
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^blotter: exported \d+ facts\n$/);
    expect(statSync(place("a")).mode & 0o777).toBe(0o600);
    const other = `file:${place("other.db")}`;
    const imported = await runBlotter(["import", "blotter", place("a"), "--db", other]);
    expect(imported.stdout).toMatch(/^imported \d+ facts; state [0-9a-f]{64}\n$/);
    const again = await runBlotter(["export", "--format", "json", "--db", other]);
    expect(again.stdout).toBe(readFileSync(place("a"), "utf8"));
    const copy = `file:${place("copy.db")}`;
    const copied = await runBlotter(["copy", "--from", other, "--to", copy, "--json"]);
    expect(imported.stdout).toContain(JSON.parse(copied.stdout).state);
    const third = await runBlotter(["export", "--format", "json", "--db", copy]);
    expect(third.stdout).toBe(again.stdout);
  });

  test("is read from stdin, and refused by a store that is not empty", async () => {
    const stdin = await output("export", "--format", "json");
    const other = `file:${place("other.db")}`;
    const read = () => runBlotter(["import", "blotter", "-", "--db", other], { stdin });
    expect((await read()).code).toBe(0);
    const refused = await read();
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^blotter: the store has rows in accounts already[^\n]*\n$/);
    const options = ["import", "blotter", "-", "--keep-going", "--db", other];
    expect((await runBlotter(options, { stdin })).stderr).toMatch(/takes no option keepGoing/);
  });
});

describe("export --format csv", () => {
  /** Trades and closed positions have a column more: what no broker told of them. */
  const withoutMadeAs = (csv: string) => csv.replace(/,(madeAs|[a-z]*|"[a-z, ]*")$/gm, "");

  test.each(["trades", "fills", "orders", "positions"])(
    "%s are those of the command",
    async (kind) => {
      const listed = await output(kind, "--csv");
      const file = await output("export", "--format", "csv", "--table", kind);
      const exported = kind === "trades" ? withoutMadeAs(file) : file;
      const sorted = (csv: string) => csv.split("\n").sort();
      expect(sorted(exported)).toEqual(sorted(listed));
      expect(exported.split("\n").length).toBeGreaterThan(2);
    },
  );

  test("closed positions and days too", async () => {
    const closed = await output("export", "--format", "csv", "--table", "closed-positions");
    expect(withoutMadeAs(closed).split("\n").sort()).toEqual(
      (await output("trades", "--level", "position", "--csv")).split("\n").sort(),
    );
    const days = await output("export", "--format", "csv", "--table", "days");
    expect(days).toMatch(/^accountId,tradingDay,grossPnl,.*\nA1,2026-08-03,-?[\d.]+,/);
  });

  test.each([
    "=1+1",
    '=HYPERLINK("http://evil","x")',
    "+A1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "-",
  ])("a tag %j runs in no spreadsheet, and is itself with --raw", async (customTag) => {
    const blotter = await createBlotter({ url: db });
    await blotter.orders.recordOrder({
      accountId: "A1",
      orderId: "900",
      contract: "MNQU26",
      side: "BUY",
      createdAt: "2026-08-05T13:30:00Z",
      customTag,
    });
    await blotter.close();
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const line = async (...raw: string[]) => {
      const csv = await output("export", "--format", "csv", "--table", "orders", ...raw);
      return csv.slice(csv.indexOf("A1,900,"));
    };
    const [safe, raw] = [await line(), await line("--raw")];
    expect([cell(`'${customTag}`), `,'${customTag},`].some((form) => safe.includes(form))).toBe(
      true,
    );
    expect([cell(customTag), `,${customTag},`].some((form) => raw.includes(form))).toBe(true);
  });
});

describe("a name that a spreadsheet would run", () => {
  test.each([
    ["accounts"],
    ["trades"],
    ["fills", "--all"],
    ["orders"],
    ["report", "--by", "strategy"],
    ["compliance"],
  ])("is harmless in %s %s --csv", async (...command) => {
    const formula = "=HYPERLINK(1)";
    const blotter = await createBlotter({ url: db });
    await blotter.accounts.open({ accountId: "F", accountName: formula });
    const rules = { firm: "F", program: "P", version: "1", dailyLoss: { amount: 1 } };
    await blotter.rules.set("F", { name: formula, document: rules });
    const trade = { accountId: "F", contract: "MNQU26", quantity: 1 } as const;
    const at = "2026-08-05T13:30:00Z";
    const order = { ...trade, side: "BUY", createdAt: at } as const;
    await blotter.orders.recordOrder({ ...order, orderId: "=1+1", strategy: formula });
    const entry = { ...trade, orderId: "=1+1", side: "BUY", executedAt: at } as const;
    await blotter.orders.recordFill({ ...entry, fillId: "@SUM(1)", price: 20_000 });
    const exit = { ...trade, orderId: "+2", side: "SELL", executedAt: at } as const;
    await blotter.orders.recordFill({ ...exit, fillId: "@SUM(2)", price: 19_990 });
    await blotter.close();
    const csv = await output(...command, "--csv");
    expect(csv.split("\n").length).toBeGreaterThan(2);
    // A cell that begins with such a sign and is no number.
    expect(csv).not.toMatch(/(^|[,\n]"?)([=@]|[+-](?![\d.]+("?[,\n]|$)))/);
  });
});

describe("export --account", () => {
  const facts = (text: string): Record<string, unknown>[] =>
    text
      .trimEnd()
      .split("\n")
      .slice(1, -1)
      .map((line) => JSON.parse(line));

  test("carries the facts of that account alone, and what all accounts share", async () => {
    const all = facts(await output("export", "--format", "json"));
    const one = facts(await output("export", "--format", "json", "--account", "Combine"));
    const shared = ["products", "contracts", "fee_schedule"];
    const mine = all.filter(({ table, accountId }) =>
      accountId === null || accountId === undefined
        ? shared.includes(String(table))
        : accountId === "A1",
    );
    expect(one).toEqual(mine);
    const others = all.filter(({ accountId }) => accountId === "A2");
    expect(others.length).toBeGreaterThan(3);
    const tables = new Set(one.map(({ table }) => table));
    expect(tables.size).toBeGreaterThan(15);
    for (const table of ["contracts", "fee_schedule"]) expect(tables).toContain(table);
    const text = JSON.stringify(one);
    expect(text).not.toContain('"A2"');
  });

  /** The newest price of an open position is no fact: the next one tells it. */
  const unseen = (json: string) =>
    json.replace(
      /"currentPrice":21003.25,"unrealizedPnl":1,"markedAt":"[^"]*"/g,
      '"currentPrice":null,"unrealizedPnl":null,"markedAt":null',
    );

  test("comes back through import blotter as the account was", async () => {
    const text = await output("export", "--format", "json", "--account", "A1");
    const other = `file:${place("other.db")}`;
    const imported = await runBlotter(["import", "blotter", "-", "--db", other], { stdin: text });
    expect(imported.code, imported.stderr).toBe(0);
    expect((await runBlotter(["verify", "--db", other])).code).toBe(0);
    for (const command of [["trades"], ["fills"], ["orders"], ["positions"], ["compliance"]]) {
      const mine = [...command, "--account", "A1", "--json"];
      const there = (await runBlotter([...mine, "--db", other])).stdout;
      expect(there).toBe(unseen(await output(...mine)));
    }
    const again = await runBlotter(["export", "--format", "json", "--db", other]);
    expect(again.stdout).toBe(text);
  });

  test.each(["trades", "fills", "orders", "positions", "closed-positions", "days"])(
    "has only its rows of %s as CSV",
    async (kind) => {
      const asked = ["export", "--format", "csv", "--table", kind];
      const all = await output(...asked);
      const one = await output(...asked, "--account", "A1");
      const lines = all.split("\n").filter((line, i) => i === 0 || !line.startsWith("A2,"));
      expect(one.split("\n")).toEqual(lines);
      expect(one.split("\n").length).toBeGreaterThan(2);
      expect((await output(...asked, "--account", "A2")).includes("\nA1,")).toBe(false);
    },
  );

  test("of nobody is refused, and writes no file", async () => {
    const refused = await run("export", "--format", "json", "--account", "A3", "--out", place("a"));
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^blotter: unknown account "A3"/);
    expect(existsSync(place("a"))).toBe(false);
  });
});

describe("--out", () => {
  const toFile = (path: string, ...more: string[]) =>
    run("export", "--format", "csv", "--out", path, ...more);

  test("replaces a file only when told to, and leaves no half of one", async () => {
    writeFileSync(place("a.csv"), "mine");
    expect((await toFile(place("a.csv"))).stderr).toMatch(/exists: --force replaces it\n$/);
    expect(readFileSync(place("a.csv"), "utf8")).toBe("mine");
    expect((await toFile(place("a.csv"), "--force")).code).toBe(0);
    expect(readFileSync(place("a.csv"), "utf8")).toMatch(/^accountId,/);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test.each([
    ["a path that climbs", () => `${folder}/../climbed.csv`, /climbs out of a folder/],
    ["another", () => "../../climbed.csv", /climbs out of a folder/],
    ["with backslashes", () => "..\\climbed.csv", /climbs out of a folder/],
    ["a folder", () => folder, /no file that could be replaced/],
    ["a device", () => "/dev/null", /no file that could be replaced/],
    ["a folder that is not there", () => place("no/a.csv"), /there is no such folder/],
  ])("refuses %s", async (_, path, message) => {
    const { code, stdout, stderr } = await toFile(path(), "--force");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^blotter: [^\n]+\n$/);
    expect(existsSync(join(folder, "..", "climbed.csv"))).toBe(false);
  });

  test("refuses -, which would make a file of that name", async () => {
    const { code, stdout, stderr } = await toFile("-");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^blotter: .*must name a file: leave --out out for stdout\.\n$/);
  });

  test("does not write through a link", async () => {
    writeFileSync(place("target"), "mine");
    symlinkSync(place("target"), place("link"));
    for (const more of [[], ["--force"]]) {
      expect((await toFile(place("link"), ...more)).stderr).toMatch(/no file that could be/);
    }
    expect(readFileSync(place("target"), "utf8")).toBe("mine");
  });

  test("leaves nothing when the books end in an error", async () => {
    const { code } = await runBlotter([
      "export",
      "--format",
      "json",
      "--out",
      place("a"),
      "--db",
      `file:${place("none.db")}`,
    ]);
    expect(code).toBe(1);
    expect(readdirSync(folder).filter((name) => !name.startsWith("books.db"))).toEqual([]);
  });
});
