import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FILE_FORMATS } from "../../src/brokers/formats.js";
import { exitCodeOf } from "../../src/cli/exit-codes.js";
import { MATCHES, TRADES } from "../../src/cli/views.js";
import { BlotterError } from "../../src/domain/errors.js";
import { runBlotter } from "../cli/run-blotter.js";
import { ToldBroker } from "../contract/told-broker.js";
import {
  commandLines,
  commandsShown,
  commandTree,
  flagsBelow,
  namesBelow,
} from "./command-lines.js";
import { codeBlocks, inlineCode, section } from "./markdown.js";
import { ProgramFolder } from "./program-folder.js";
import { deadLinks, lostFiles, lostScripts } from "./repository-names.js";

const page = readFileSync("README.md", "utf8");
const blocks = codeBlocks(page);
const shell = blocks.filter(({ language }) => language === "sh");

describe("the programs of the README", () => {
  const programs = blocks.flatMap((block, index) =>
    block.language === "ts"
      ? [{ ...block, name: `line-${block.line}.ts`, next: blocks[index + 1] }]
      : [],
  );
  let folder: ProgramFolder;
  beforeAll(() => {
    folder = new ProgramFolder(Object.fromEntries(programs.map(({ name, text }) => [name, text])));
  });
  afterAll(() => folder.remove());

  // One trades at a broker: it is compiled, and not run.
  const runnable = programs.filter(({ text }) => !text.includes("ProjectXClient"));

  test("are one without a container, one with, and one at a broker", () => {
    const opens = ({ text }: { readonly text: string }) =>
      /createBlotter|registerBlotter/.exec(text)?.[0];
    expect(runnable.map(opens)).toEqual(["createBlotter", "registerBlotter"]);
    expect(programs).toHaveLength(3);
  });

  test.each(runnable)("$name prints what stands below it", ({ name, next }) => {
    expect(next?.language).toBe("text");
    expect(folder.run(name)).toBe(`${next?.text}\n`);
  });

  test("compile", () => {
    expect(folder.complaints()).toEqual([]);
  });
});

describe("the two commands", () => {
  test.each(["npm ci && npm start", "npm ci && npm test"])("%s", (command) => {
    expect(shell.map(({ text }) => text)).toContain(command);
  });
});

describe("the command line", () => {
  const lines = commandLines(shell, "blotter");
  const program = commandTree();
  const broker = new ToldBroker();

  test("is shown by examples", () => {
    expect(lines.length).toBeGreaterThan(namesBelow(program).length / 2);
  });

  test.each(lines.map((args) => [args.join(" "), args] as const))("blotter %s", async (_, args) => {
    const refused = new BlotterError("unavailable", "the store was about to be opened");
    const { code, stderr } = await runBlotter(args, {
      open: () => Promise.reject(refused),
      broker,
    });
    // Past commander's own checks: only the files and the store are missing.
    expect(stderr).toMatch(/the store was about to be opened|there is no such file/);
    expect(code).toBe(exitCodeOf(refused));
  });

  test("documents every command", () => {
    const shown = new Set(lines.flatMap((args) => commandsShown(program, args)));
    expect(namesBelow(program).filter((name) => !shown.has(name))).toEqual([]);
  });

  test("names no option that no command has", () => {
    const known = new Set(flagsBelow(program));
    const named = ["Command line", "Files in", "Stores"]
      .flatMap((heading) => inlineCode(section(page, heading)))
      .flatMap((code) => (code.startsWith("npm") ? [] : [...code.matchAll(/(?:^|\s)(--[\w-]+)/g)]))
      .map(([, flag = ""]) => flag);
    expect(named).toContain("--keep-going");
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });

  test("gives the fields of trades as they are printed", () => {
    const fields = TRADES.fields.join(" ");
    const listed = codeBlocks(section(page, "Command line"))
      .filter(({ language }) => language === "text")
      .map(({ text }) => text.split(/\s+/).join(" "));
    expect(listed).toEqual([fields]);
    const added = MATCHES.fields.filter((field) => !TRADES.fields.includes(field));
    expect(inlineCode(section(page, "Command line"))).toEqual(expect.arrayContaining([...added]));
  });

  test("has every file format", () => {
    const named = [...section(page, "Files in").matchAll(/^\| `([\w-]+)` \|/gm)].map(([, n]) => n);
    expect(named).toEqual([...FILE_FORMATS.map(({ name }) => name), "blotter"]);
  });
});

describe("what it names", () => {
  test("exists: links, files, scripts", () => {
    expect(deadLinks(page)).toEqual([]);
    expect(lostFiles(page)).toEqual([]);
    expect(lostScripts(page)).toEqual([]);
  });

  test("the SQL is that of the recipes", () => {
    const recipes = statements(readFileSync("test/recipes/totals.sql", "utf8"));
    const quoted = blocks.filter(({ language }) => language === "sql").map(({ text }) => text);
    expect(quoted).not.toEqual([]);
    for (const statement of quoted.flatMap(statements)) expect(recipes).toContain(statement);
  });

  test("the figures of the benchmark name their command", () => {
    expect(inlineCode(section(page, "Benchmarks"))).toContain("npm run bench");
  });
});

/** SQL statements, each with the comment above it, whatever their line breaks. */
function statements(sql: string): readonly string[] {
  return sql
    .replace(/^-- name: .*$/gm, "")
    .split(/;$/m)
    .map((statement) => statement.split(/\s+/).join(" ").trim())
    .filter((statement) => statement !== "");
}
