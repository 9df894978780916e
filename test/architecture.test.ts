import { describe, expect, it } from "vitest";
import { circles } from "./architecture/circles.js";
import {
  badNames,
  barrels,
  brokenImports,
  looseTypes,
  overlong,
  unfinishedWork,
} from "./architecture/house-style.js";
import { forbiddenImports } from "./architecture/layers.js";
import { impurities } from "./architecture/purity.js";
import {
  importsOf,
  type SourceFile,
  sourceFile,
  sourcesUnder,
} from "./architecture/source-file.js";

const sources = sourcesUnder("src");
const everything = [...sources, ...sourcesUnder("test"), ...sourcesUnder("examples")];
const inFolder = (folder: string) => sources.filter(({ path }) => path.startsWith(folder));

/** What a rule says of a file with this text. */
const told = (rule: (file: SourceFile) => readonly string[], path: string, ...lines: string[]) =>
  rule(sourceFile(path, lines.join("\n")));

describe("the layers of src", () => {
  it("finds the files it judges", () => {
    const folders = ["domain", "ports", "services", "brokers", "storage", "cli", "system"];
    for (const folder of folders) expect(inFolder(`src/${folder}/`)).not.toEqual([]);
  });

  it("import inward only", () => {
    expect(sources.flatMap(forbiddenImports)).toEqual([]);
  });

  it("have no files that need each other", () => {
    expect(circles(sources)).toEqual([]);
    const one = sourceFile("src/domain/a.ts", 'import { b } from "./b.js";');
    const other = sourceFile("src/domain/b.ts", 'import type { A } from "./c.js";');
    const third = sourceFile("src/domain/c.ts", 'export type { A } from "./a.js";');
    const outside = sourceFile("src/domain/d.ts", 'import { b } from "./b.js";');
    expect(circles([outside, one, other, third])).toEqual([
      ["src/domain/a.ts", "src/domain/b.ts", "src/domain/c.ts"],
    ]);
  });

  it("keep Drizzle under storage", () => {
    const strays = sources.filter(({ path }) => !path.startsWith("src/storage/"));
    const drizzle = (file: SourceFile) =>
      importsOf(file).filter(({ target }) => target.startsWith("drizzle-"));
    expect(strays.filter((file) => drizzle(file).length > 0).map(({ path }) => path)).toEqual([]);
    expect(inFolder("src/storage/").flatMap(drizzle)).not.toEqual([]);
  });

  it("keep the two databases apart", () => {
    for (const [one, other] of [
      ["sqlite", "postgres"],
      ["postgres", "sqlite"],
    ]) {
      const crossed = inFolder(`src/storage/${one}/`).filter((file) =>
        importsOf(file).some(({ target }) => target.startsWith(`src/storage/${other}`)),
      );
      expect(crossed.map(({ path }) => path)).toEqual([]);
    }
  });

  it.each([
    ["domain", 'import { readFileSync } from "node:fs";', "domain may not import node:fs"],
    ["domain", 'import { Store } from "../ports/store.js";', "may not import ../ports/store.js"],
    ["ports", 'import { container } from "tsyringe";', "may import only types of tsyringe"],
    ["services", 'import { container } from "tsyringe";', "may not import container of tsyringe"],
    ["services", 'import "../brokers/formats.js";', "may not import ../brokers/formats.js"],
    ["storage/sqlite", 'const s = import("../postgres/store.js");', "may not import ../postgres"],
    ["storage/sqlite", 'type S = import("../postgres/store.js").S;', "may not import ../postgres"],
    ["storage/drizzle", 'import { s } from "../sqlite/schema.js";', "may import only types"],
    ["cli", 'export { s } from "../storage/sqlite/store.js";', "may not import ../storage"],
    ["unheard-of", "", "lies in no layer"],
  ])("object in %s to %s", (folder, line, objection) => {
    const path = `src/${folder}/example.ts`;
    expect(told(forbiddenImports, path, "// A first line.", line)).toEqual([
      expect.stringMatching(new RegExp(`^${path}:[12] .*${objection}`)),
    ]);
  });

  it.each([
    ["ports", 'import type { InjectionToken } from "tsyringe";'],
    ["services", 'import { inject, injectable } from "tsyringe";'],
    ["storage/drizzle", 'import type { fills } from "../sqlite/schema.js";'],
    ["storage/drizzle", 'import { type fills } from "../postgres/schema.js";'],
    ["storage/postgres", 'import { MoneyColumn } from "../drizzle/columns.js";'],
  ])("let %s import as in %s", (folder, line) => {
    expect(told(forbiddenImports, `src/${folder}/example.ts`, line)).toEqual([]);
  });
});

describe("the domain", () => {
  it("is pure: no clock, no dice, no waiting, no world outside", () => {
    expect(inFolder("src/domain/").flatMap(impurities)).toEqual([]);
  });

  it.each([
    "const now = Date.now();",
    "const now = new Date();",
    "const now = new Date;",
    "const now = Date();",
    "const dice = Math.random();",
    "async function f() {}",
    "const f = async () => 1;",
    "await f();",
    "for await (const x of y) f(x);",
    'console.log("x");',
    "const home = process.env.HOME;",
    "setTimeout(f, 1);",
    "globalThis.x = 1;",
  ])("would not be with %s", (line) => {
    expect(told(impurities, "src/domain/x.ts", "", line)[0]).toMatch(/^src\/domain\/x\.ts:2 /);
  });

  it("may name a member as it likes, and make a Date of a number", () => {
    const lines = ["const day = new Date(ms);", "order.process(fill);", "const x = { fetch: 1 };"];
    expect(told(impurities, "src/domain/x.ts", ...lines)).toEqual([]);
  });
});

describe("the house style", () => {
  const danglingImports = (file: SourceFile) =>
    brokenImports(file, (path) => sources.some((source) => source.path === path));
  const rules = {
    "says what types it means": looseTypes,
    "keeps files short": overlong,
    "names files after what they hold": badNames,
    "has no barrels": barrels,
    "holds no notes of unfinished work": unfinishedWork,
    "imports files that exist, by their .js": danglingImports,
  };
  it.each(Object.entries(rules))("%s", (_, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });

  it("names tests and examples as well, and leaves no unfinished work in them", () => {
    // This file and its rules name the words they forbid.
    const others = everything.filter(({ path }) => !path.startsWith("test/architecture"));
    expect(others.flatMap((file) => [...badNames(file), ...unfinishedWork(file)])).toEqual([]);
  });

  it.each([
    ["says any", looseTypes, "src/x.ts", "let x: any;"],
    ["asserts with !", looseTypes, "src/x.ts", "const x = y!;"],
    ["asserts with !", looseTypes, "src/x.ts", "class X { a!: string }"],
    ["silences the compiler", looseTypes, "src/x.ts", "// @ts-expect-error it is so"],
    ["is longer than 400 lines", overlong, "src/x.ts", "\n".repeat(400).concat("x")],
    ["is not kebab-case", badNames, "src/OrderBook.ts", ""],
    ["utils says nothing", badNames, "src/utils/x.ts", ""],
    ["types.ts says nothing", badNames, "src/domain/types.ts", ""],
    ["re-exports a whole module", barrels, "src/x.ts", 'export * from "./y.js";'],
    ["is a barrel", barrels, "src/domain/index.ts", ""],
    ["speaks of unfinished work", unfinishedWork, "src/x.ts", "// TODO: later"],
    ["imports ./y.js, which is no", danglingImports, "src/x.ts", 'import "./y.js";'],
    ["imports ./index, which is no", danglingImports, "src/x.ts", 'import "./index";'],
  ])("objects when a file %s", (objection, rule, path, text) => {
    expect(told(rule, path, text).join()).toContain(objection);
  });
});
