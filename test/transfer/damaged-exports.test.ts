import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Blotter } from "../../src/index.js";
import { fillBooks } from "../schema/filled-books.js";
import { openFresh, sqliteMemory } from "../stores.js";
import { exported, fileOf } from "./transfer-contract.js";

let lines: string[];
let target: Blotter;

beforeEach(async () => {
  const source = await openFresh(sqliteMemory);
  await fillBooks(source);
  lines = (await exported(source)).trimEnd().split("\n");
  await source.close();
  target = await openFresh(sqliteMemory);
});
afterEach(() => target.close());

const lineOf = (table: string) => lines.findIndex((line) => line.includes(`"table":"${table}"`));
const edit = (table: string, from: string | RegExp, to: string) => {
  const at = lineOf(table);
  const before = lines[at] ?? "";
  lines[at] = before.replace(from, to);
  expect(lines[at]).not.toBe(before);
};

describe("an export that cannot be taken writes nothing", () => {
  const cases: readonly (readonly [string, () => void, string, RegExp])[] = [
    ["empty", () => lines.splice(0), "corrupt", /cut off/],
    ["without its last line", () => lines.pop(), "corrupt", /cut off/],
    ["without a row", () => lines.splice(5, 1), "corrupt", /changed or cut/],
    ["with a row twice", () => lines.splice(5, 0, lines[5] ?? ""), "corrupt", /changed or cut/],
    ["with a changed price", () => edit("fills", '"21000.5"', '"21000.25"'), "corrupt", /changed/],
    ["with more after its end", () => lines.push("{}"), "corrupt", /after its end/],
    ["of another program", () => lines.splice(0, 1, "{}"), "invalid", /no export of Blotter/],
    ["no JSON", () => lines.splice(3, 1, "a,b,c"), "invalid", /line 4 is no JSON/],
    ["with a list", () => lines.splice(3, 1, "[]"), "invalid", /line 4 is no JSON object/],
    ["of a newer format", newerFormat, "unsupported", /format 2.*update Blotter/],
    ["with an unknown table", () => edit("fills", "fills", "spies"), "invalid", /"spies"/],
    ["with a derived table", () => edit("fills", "fills", "trades"), "invalid", /"trades"/],
    [
      "with money as a number",
      () => edit("fills", '"0.7"', "0.7"),
      "invalid",
      /line \d+: commission/,
    ],
    ["with money that is none", () => edit("fills", '"0.7"', '"NaN"'), "invalid", /commission/],
    [
      "with a fraction of a contract",
      () => edit("fills", '"quantity":2', '"quantity":1.5'),
      "invalid",
      /quantity/,
    ],
    [
      "with a field that is a list",
      () => edit("fills", '"quantity":2', '"quantity":[2]'),
      "invalid",
      /quantity/,
    ],
    [
      "with a moment that is none",
      () => edit("fills", /"executedAt":"[^"]*"/, '"executedAt":"soon"'),
      "invalid",
      /executedAt/,
    ],
  ];

  it.each(cases)("%s", async (_, damage, code, message) => {
    damage();
    const text = lines.map((line) => `${line}\n`).join("");
    await expect(target.transfer.importFacts(fileOf(text))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(await target.accounts.list()).toEqual([]);
    expect(await target.quarantine.list(true)).toEqual([]);
  });
});

function newerFormat(): void {
  lines[0] = (lines[0] ?? "").replace('"format":1', '"format":2');
}
