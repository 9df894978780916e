import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { anchors, codeBlocks, inlineCode, linkTargets, section } from "./markdown.js";

/** Folders whose names in a text are paths of this repository. */
const PATH = /^(?:src|test|examples|drizzle|\.ci)\/[\w./-]*$/;
/** A file of its top folder, or one that a reader makes. */
const TOP_FILE = /^[\w.-]+\.(?:md|json|ts)$/;
const SCRIPT = /\bnpm (?:run (?:--silent )?([\w:]+)|(start|test)\b)/g;

/** Relative links of a page that lead nowhere. */
export function deadLinks(page: string): readonly string[] {
  return linkTargets(page)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [file = "", anchor] = target.split("#");
      if (file !== "" && !existsSync(file)) return true;
      const linked = file === "" ? page : readFileSync(file, "utf8");
      return anchor !== undefined && !anchors(linked).includes(anchor);
    });
}

/** Files and folders that a page names in backticks and that do not exist. */
export function lostFiles(page: string): readonly string[] {
  return inlineCode(page)
    .filter((code) => PATH.test(code) || TOP_FILE.test(code))
    .filter((code) => !existsSync(code));
}

/** Scripts that a page tells to run and package.json does not have. */
export function lostScripts(page: string): readonly string[] {
  const shell = codeBlocks(page).filter(({ language }) => language === "sh");
  const texts = [...inlineCode(page), ...shell.map(({ text }) => text)];
  const named = texts.flatMap((text) => [...text.matchAll(SCRIPT)].map(([, a, b]) => a ?? b ?? ""));
  // Our own file: it has scripts.
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  return named.filter((name) => !(name in scripts));
}

/** Every numbered point of a section, with the test files that it names. */
export function testsOfPoints(
  page: string,
  heading: string,
): ReadonlyMap<string, readonly string[]> {
  const points = section(page, heading)
    .split(/^(?=\d+\. )/m)
    .slice(1);
  return new Map(
    points.map((point) => {
      const number = point.split(".")[0] ?? "";
      const files = inlineCode(point).filter((code) =>
        /^test\/.*\.(?:test|postgres|browser)\.ts$/.test(code),
      );
      return [number, files];
    }),
  );
}

/** Files that npm test and npm run test:postgres run, by path. */
export function testFiles(): readonly string[] {
  return readdirSync("test", { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:test|postgres|browser)\.ts$/.test(name))
    .map((name) => join("test", name));
}
