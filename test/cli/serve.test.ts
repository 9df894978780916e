import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BooksServer } from "../../src/cli/context.js";
import { reportPage } from "../../src/http/books-server.js";
import { serve } from "../../src/http/serve.js";
import { tokenFrom } from "../../src/http/token-file.js";
import { createBlotter } from "../../src/index.js";
import { runBlotter } from "./run-blotter.js";

let folder: string;
let db: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-serve-"));
  db = `file:${join(folder, "books.db")}`;
  const blotter = await createBlotter({ url: db });
  await blotter.accounts.open({ accountId: "A1" });
  await blotter.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The real server without the page, which needs a build; it tells its address. */
function server(onAddress: (url: string) => Promise<void>): () => Promise<BooksServer> {
  const serveBlotter: BooksServer["serveBlotter"] = async (books, options) => {
    const served = await serve(books, options);
    await onAddress(served.url);
    return served;
  };
  return async () => ({ serveBlotter, tokenFrom, reportPage });
}

it("blotter serve answers at the address it tells until it is asked to stop", async () => {
  let url = "";
  const asked = server(async (address) => {
    url = address;
    const response = await fetch(`${address}api/accounts`);
    expect(await response.json()).toMatchObject([{ accountId: "A1" }]);
  });
  const run = await runBlotter(["serve", "--db", db, "--port", "0"], { loadServer: asked });
  expect(run).toEqual({
    code: 0,
    stdout: `Serving the books at ${url} until Ctrl-C\n`,
    stderr: "",
  });
  await expect(fetch(`${url}healthz`)).rejects.toThrow();
});

it("blotter serve lets other machines in only with a token, which it makes where it is told", async () => {
  const args = ["serve", "--db", db, "--host", "0.0.0.0", "--port", "0"];
  const refused = await runBlotter(args, { loadServer: server(async () => {}) });
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^blotter: .*needs a token\n$/);

  const tokenFile = join(folder, "token");
  const asked = server(async (address) => {
    const api = `${address}api/accounts`;
    expect((await fetch(api)).status).toBe(401);
    const { token } = await tokenFrom(tokenFile);
    const authorization = `Bearer ${token}`;
    expect((await fetch(api, { headers: { authorization } })).status).toBe(200);
  });
  const served = await runBlotter([...args, "--token-file", tokenFile], { loadServer: asked });
  expect(served.stdout).toMatch(
    /^Serving the books at http:\/\/127\.0\.0\.1:\d+\/ and this machine's other addresses until Ctrl-C\n$/,
  );
  expect(served).toMatchObject({ code: 0, stderr: `blotter: made a new token in ${tokenFile}\n` });
  expect(existsSync(tokenFile)).toBe(true);
});

it.each([
  ["--port", "x"],
  ["--port", "65536"],
  ["--host", " "],
])("blotter serve %s %j is wrong usage", async (option, value) => {
  expect((await runBlotter(["serve", option, value])).code).toBe(2);
});

it("blotter report --html writes one page, or says what is in the way", async () => {
  const file = join(folder, "report.html");
  const loadServer = async () => ({
    ...(await server(async () => {})()),
    // The page itself, which needs a build, is tested in a browser.
    reportPage: async () => "<!doctype html>",
  });
  const written = await runBlotter(["report", "--db", db, "--html", file], { loadServer });
  expect(written).toEqual({ code: 0, stdout: "", stderr: `blotter: wrote ${file}\n` });
  expect(readFileSync(file, "utf8")).toBe("<!doctype html>");
  const nowhere = join(folder, "no", "report.html");
  const refused = await runBlotter(["report", "--db", db, "--html", nowhere], { loadServer });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/^blotter: cannot write .*report\.html/);
  expect((await runBlotter(["report", "--html", "x", "--json"])).code).toBe(2);
});
