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
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-page-"));
  db = `file:${join(folder, "books.db")}`;
  await (await createBlotter({ url: db })).close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("report --html", () => {
  const place = (name: string) => join(folder, name);
  /** The page itself, which needs a build, is tested in a browser. */
  const write = (
    file: string,
    more: readonly string[] = [],
    page = async () => "<!doctype html>",
  ) =>
    runBlotter(["report", "--html", file, ...more, "--db", db], {
      loadServer: async () => ({
        ...(await import("../../src/http/books-server.js")),
        reportPage: page,
      }),
    });
  const parts = () => readdirSync(folder).filter((name) => name.startsWith("."));

  test("makes a private file, and replaces one only when told to", async () => {
    expect((await write(place("new.html"))).code).toBe(0);
    expect(statSync(place("new.html")).mode & 0o777).toBe(0o600);
    writeFileSync(place("a.html"), "mine");
    const refused = await write(place("a.html"));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/exists: --force replaces it\n$/);
    expect(readFileSync(place("a.html"), "utf8")).toBe("mine");
    expect((await write(place("a.html"), ["--force"])).code).toBe(0);
    expect(readFileSync(place("a.html"), "utf8")).toBe("<!doctype html>");
    expect(parts()).toEqual([]);
  });

  test("does not write through a link", async () => {
    writeFileSync(place("target"), "mine");
    symlinkSync(place("target"), place("link"));
    for (const more of [[], ["--force"]]) {
      expect((await write(place("link"), more)).stderr).toMatch(/no file that could be replaced/);
    }
    expect(readFileSync(place("target"), "utf8")).toBe("mine");
  });

  test("leaves the old page where the new one fails", async () => {
    writeFileSync(place("a.html"), "mine");
    const failed = await write(place("a.html"), ["--force"], () =>
      Promise.reject(new Error("no page")),
    );
    expect(failed.code).toBe(1);
    expect(readFileSync(place("a.html"), "utf8")).toBe("mine");
    expect(parts()).toEqual([]);
  });

  test.each([
    ["-", ["--html", "-"], /must name a file: a page does not go to stdout/],
    ["--force without it", ["--force"], /--force is for --html/],
  ])("%s is wrong usage", async (_, args, message) => {
    const { code, stdout, stderr } = await runBlotter(["report", ...args, "--db", db]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(existsSync("-")).toBe(false);
  });
});
