import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { section } from "./markdown.js";
import { deadLinks, lostFiles, lostScripts, testFiles, testsOfPoints } from "./repository-names.js";

const page = readFileSync("ARCHITECTURE.md", "utf8");
const readme = readFileSync("README.md", "utf8");

describe("the architecture page", () => {
  test("names what exists: links, files, scripts", () => {
    expect(deadLinks(page)).toEqual([]);
    expect(lostFiles(page)).toEqual([]);
    expect(lostScripts(page)).toEqual([]);
  });

  test("gives every invariant a test that is run", () => {
    const run = new Set(testFiles());
    const points = [...testsOfPoints(page, "Invariants")];
    expect(points.length).toBeGreaterThan(8);
    for (const [number, files] of points) {
      expect(files, `invariant ${number}`).not.toEqual([]);
      expect(files.filter((file) => !run.has(file))).toEqual([]);
    }
  });

  test("begins its invariants with the promises of the README, in their words' order", () => {
    const promises = section(readme, "Promises").match(/^\d+\. /gm) ?? [];
    const invariants = section(page, "Invariants").match(/^\d+\. /gm) ?? [];
    expect(promises.length).toBeGreaterThan(0);
    expect(invariants.slice(0, promises.length)).toEqual(promises);
  });

  test("names every layer that the import rules know", () => {
    const rules = readFileSync("test/architecture/layers.ts", "utf8");
    const folders = [...section(page, "Layers").matchAll(/`src\/([\w/]+)`/g)].map(
      ([, name]) => name,
    );
    expect(folders).toContain("domain");
    for (const folder of folders) expect(rules).toMatch(new RegExp(`^ {2}"?${folder}"?:`, "m"));
  });
});

describe("the changelog", () => {
  test("has the version of the package", () => {
    // Our own file: it has a version.
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(readFileSync("CHANGELOG.md", "utf8")).toContain(`\n## [${version}]`);
  });
});
