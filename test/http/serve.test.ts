import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPageFiles } from "../../src/http/page-files.js";
import { serve } from "../../src/http/serve.js";
import { tokenFrom } from "../../src/http/token-file.js";
import { type Blotter, createBlotter } from "../../src/index.js";
import { EventReader } from "./event-reader.js";

let folder: string;
let blotter: Blotter;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "blotter-serve-"));
  blotter = await createBlotter({ url: ":memory:" });
  await blotter.accounts.open({ accountId: "A1", startingBalance: 50_000 });
});
afterAll(async () => {
  await blotter.close();
  rmSync(folder, { recursive: true });
});

const FREE = { port: 0 };
const TOKEN = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Bytes over a bare socket, and what comes back until the other side ends. */
function raw(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(request));
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("the server", () => {
  it("listens on this machine only, and answers", async () => {
    const served = await serve(blotter, FREE);
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(served.isEverywhere).toBe(false);
    const response = await fetch(`${served.url}api/accounts`);
    expect(await response.json()).toMatchObject([{ accountId: "A1", balance: 50_000 }]);
    await served.close();
    await expect(fetch(`${served.url}healthz`)).rejects.toThrow();
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", "books.example.org", ""])(
    "does not listen on %j without a token",
    async (host) => {
      await expect(serve(blotter, { ...FREE, host })).rejects.toMatchObject({ code: "invalid" });
    },
  );

  it.each(["short", "has a space in it and is long enough for it", ""])(
    "does not take %j for a token",
    async (token) => {
      const wanted = serve(blotter, { ...FREE, host: "0.0.0.0", token });
      await expect(wanted).rejects.toMatchObject({ code: "invalid" });
    },
  );

  it("listens to other machines with a token, under its addresses and allowed names", async () => {
    const allowedHosts = ["books.example.org"];
    const served = await serve(blotter, { ...FREE, host: "0.0.0.0", token: TOKEN, allowedHosts });
    const { port } = new URL(served.url);
    const ask = async (host: string, token: string) => {
      const head = `GET /api/accounts HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;
      return raw(served.url, `${head}Authorization: Bearer ${token}\r\n\r\n`);
    };
    expect(await ask(`192.168.1.9:${port}`, TOKEN)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask("books.example.org", TOKEN)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask("books.example.org", "wrong")).toMatch(/^HTTP\/1\.1 401 /);
    expect(await ask("127.0.0.1.evil.com", TOKEN)).toMatch(/^HTTP\/1\.1 403 /);
    await served.close();
  });

  it.each([
    ["0.0.0.0", /^http:\/\/127\.0\.0\.1:\d+\/$/],
    ["::", /^http:\/\/\[::1\]:\d+\/$/],
    ["0:0:0:0:0:0:0:0", /^http:\/\/\[::1\]:\d+\/$/],
  ])("that listens on %s is reached at the address it tells, with its token", async (host, url) => {
    const served = await serve(blotter, { ...FREE, host, token: TOKEN });
    expect([served.url, served.isEverywhere]).toEqual([expect.stringMatching(url), true]);
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`${served.url}api/accounts`, { headers })).status).toBe(200);
    expect((await fetch(`${served.url}api/accounts`)).status).toBe(401);
    const { port } = new URL(served.url);
    const ask = (name: string) =>
      raw(served.url, `GET /healthz HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    for (const name of ["192.168.1.9", "[fe80::1]", "localhost", "[::1]", "0.0.0.0"]) {
      expect(await ask(`${name}:${port}`), name).toMatch(/^HTTP\/1\.1 200 /);
    }
    for (const name of ["books.example.org", "127.0.0.1.example.org", "0.example.org"]) {
      expect(await ask(`${name}:${port}`), name).toMatch(/^HTTP\/1\.1 403 /);
    }
    await served.close();
  });

  it("refuses what is no request", async () => {
    const served = await serve(blotter, FREE);
    const host = `Host: 127.0.0.1\r\nConnection: close\r\n`;
    for (const [request, status] of [
      ["GET /api/accounts HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
      [`GET /api/accounts HTTP/1.1\r\n${host}X: ${"x".repeat(20_000)}\r\n\r\n`, 431],
      [`POST /api/accounts HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n{}`, 405],
      [`GET /api/accounts HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n{}`, 413],
      [`GET /../../etc/passwd HTTP/1.1\r\n${host}\r\n`, 404],
      [`GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`, 404],
      ["nonsense\r\n\r\n", 400],
    ] as const) {
      expect((await raw(served.url, request)).split("\r\n")[0]).toContain(` ${status} `);
    }
    await served.close();
  });

  it("says when the port is taken", async () => {
    const served = await serve(blotter, FREE);
    const port = Number(new URL(served.url).port);
    await expect(serve(blotter, { port })).rejects.toMatchObject({ code: "unavailable" });
    await served.close();
  });

  it("ends event streams when it closes, and frees a listener that went away", async () => {
    const served = await serve(blotter, { ...FREE, events: { mostClients: 1 } });
    const leave = new AbortController();
    const left = await fetch(`${served.url}api/events`, { signal: leave.signal });
    await new EventReader(left).cancel();
    leave.abort();
    await expect.poll(async () => (await fetch(`${served.url}api/events`)).status).toBe(200);
    await served.close();
  });
});

describe("a token file", () => {
  it("is made once, of 256 bits, for its owner only", async () => {
    const path = join(folder, "token");
    const made = await tokenFrom(path);
    expect(made).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), isNew: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await tokenFrom(path)).toEqual({ token: made.token, isNew: false });
    expect(readFileSync(path, "utf8")).toBe(`${made.token}\n`);
  });

  it("is refused when others may read it, when it is empty, and where none can be", async () => {
    const open = join(folder, "open");
    writeFileSync(open, TOKEN, { mode: 0o644 });
    await expect(tokenFrom(open)).rejects.toThrow(/chmod 600/);
    const empty = join(folder, "empty");
    writeFileSync(empty, "\n", { mode: 0o600 });
    await expect(tokenFrom(empty)).rejects.toThrow(/empty/);
    await expect(tokenFrom(join(folder, "no", "folder"))).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(tokenFrom(folder)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("the page's files", () => {
  it("are missed with words when they were not built", () => {
    expect(existsSync(join(folder, "dashboard.html"))).toBe(false);
    expect(() => readPageFiles(folder)).toThrow(/npm run build/);
  });
});
