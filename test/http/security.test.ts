import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BlotterApp } from "../../src/http/blotter-app.js";
import { writeCursor } from "../../src/http/cursor.js";
import { ENDPOINTS } from "../../src/http/endpoints.js";
import { RateLimit } from "../../src/http/rate-limit.js";
import { TRADE_RANKS } from "../../src/ports/trade-query.js";
import { HOME, type Served, serveBooks, trade } from "./served.js";

const TOKEN = "an-only-mildly-secret-token-of-this-test";
let served: Served;
let guarded: Served;
beforeAll(async () => {
  served = await serveBooks();
  guarded = await serveBooks({ token: TOKEN, hosts: ["127.0.0.1", "books.example.org:8443"] });
  for (const { blotter } of [served, guarded]) {
    await blotter.accounts.open({ accountId: "A1", startingBalance: 50_000 });
    await trade(blotter, "A1", [1, -1, 1, 0, 1]);
  }
});
afterAll(() => Promise.all([served.close(), guarded.close()]));

const status = async (path: string, headers?: Record<string, string>, method?: string) =>
  (await served.get(path, headers, method)).status;

describe("a request is refused", () => {
  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])(
    "when it is a %s",
    async (method) => {
      const response = await served.get("/api/accounts", {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD");
    },
  );

  it.each([
    "127.0.0.1.evil.com",
    "127.0.0.1.evil.com:4317",
    "localhost.evil.com",
    "evil.com",
    "127.0.0.1@evil.com",
    "evil.com:127.0.0.1",
    "0.0.0.0:4317",
    "10.0.0.7",
    "[::1].evil.com",
    "",
    "127.0.0.1:",
    "127.0.0.1:99999999",
  ])("when it asks for host %j", async (host) => {
    for (const path of ["/api/accounts", "/healthz", "/", "/metrics"]) {
      expect(await status(path, { host }), path).toBe(403);
    }
  });

  it.each(["127.0.0.1", "127.0.0.1:4317", "localhost:1", "LOCALHOST", "[::1]:4317"])(
    "but not when it asks for host %s",
    async (host) => {
      expect(await status("/api/accounts", { host })).toBe(200);
    },
  );

  it.each([
    "http://evil.com",
    "null",
    "http://127.0.0.1.evil.com",
    "http://127.0.0.1:1",
    "file://",
  ])("when it comes from a page of %s", async (origin) => {
    expect(await status("/api/accounts", { origin, host: "127.0.0.1:4317" })).toBe(403);
  });

  it("but not when it comes from our own page", async () => {
    const host = "127.0.0.1:4317";
    expect(await status("/api/accounts", { host, origin: `http://${host}` })).toBe(200);
    const site = { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" };
    expect(await status("/api/accounts", site)).toBe(200);
    const foreign = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect(await status("/api/accounts", foreign)).toBe(403);
  });

  it("when it has a body", async () => {
    expect(await status("/api/accounts", { "content-length": "3" })).toBe(413);
    expect(await status("/api/accounts", { "transfer-encoding": "chunked" })).toBe(413);
    expect(await status("/api/accounts", { "content-length": "0" })).toBe(200);
  });

  it("when its URL is too long", async () => {
    expect(await status(`/api/trades?symbol=${"M".repeat(5_000)}`)).toBe(414);
    expect(await status(`/api/trades?symbol=${"M".repeat(300)}`)).toBe(400);
  });

  it("with headers that keep a browser from harm, as every answer", async () => {
    for (const [path, headers] of [
      ["/api/accounts", {}],
      ["/api/accounts", { host: "evil.com" }],
      ["/nowhere", {}],
      ["/api/trades?limit=x", {}],
    ] as const) {
      const response = await served.get(path, headers);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

describe("with a token", () => {
  const asked = async (headers: Record<string, string>, path = "/api/accounts") =>
    (await guarded.get(path, { host: "127.0.0.1:4317", ...headers })).status;

  it.each<Record<string, string>>([
    {},
    { authorization: TOKEN },
    { authorization: `Bearer ${TOKEN}x` },
    { authorization: `Bearer ${TOKEN.slice(1)}` },
    { authorization: "Bearer " },
    { authorization: `Basic ${Buffer.from(`x:${TOKEN}`).toString("base64")}` },
    { authorization: `Bearer ${TOKEN.toUpperCase()}` },
    { cookie: `token=${TOKEN}` },
  ])("data needs it: not %j", async (headers) => {
    for (const { route } of ENDPOINTS) {
      expect(await asked(headers, `/api${route.replace(/\{\w+\}/g, "A1")}`)).toBe(401);
    }
    for (const path of ["/metrics", "/api/events", "/api", "/api/nowhere"]) {
      expect(await asked(headers, path)).toBe(401);
    }
    const response = await guarded.get("/api/accounts", headers);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(await response.text()).not.toContain(TOKEN);
  });

  it("data comes, and not by a foreign name or page", async () => {
    const authorization = `Bearer ${TOKEN}`;
    expect(await asked({ authorization })).toBe(200);
    expect(await asked({ authorization, host: "books.example.org:8443" })).toBe(200);
    expect(await asked({ authorization, host: "books.example.org" })).toBe(403);
    expect(await asked({ authorization, host: "127.0.0.1.evil.com" })).toBe(403);
    expect(await asked({ authorization, origin: "http://evil.com" })).toBe(403);
    expect(await asked({}, `/api/accounts?token=${TOKEN}`)).toBe(401);
  });

  it("health is told to anybody", async () => {
    expect(await asked({}, "/healthz")).toBe(200);
  });
});

describe("a query", () => {
  const NASTY = [
    "'",
    "' or 1=1 --",
    "1; drop table fills",
    "x' union all --",
    "(values (1))",
    "netPnl desc",
    "../../etc/passwd",
    "{{7*7}}",
    "__proto__",
    "constructor",
    "toString",
    "\u0000",
    "💥",
    " ",
    "<script>alert(1)</script>",
    "-1",
    "1e9",
    "0x10",
    "NaN",
    "9".repeat(400),
  ];
  /** Percent-encoded: bytes that are no text, a text, and escapes that are none. */
  const ENCODED = [...NASTY.map(encodeURIComponent), "%ED%A0%80", "%FF%FE", "%", "%zz", "%2500"];
  const PARAMETERS = ENDPOINTS.flatMap(({ route, query }) =>
    Object.keys(query.shape).map((name) => [route.replace(/\{\w+\}/g, "A1"), name] as const),
  );

  it.each(PARAMETERS)("of %s is harmless whatever its %s", async (route, name) => {
    const before = served.writes();
    for (const value of ENCODED) {
      const response = await served.get(`/api${route}?${name}=${value}`);
      expect([200, 400, 404], `${name}=${value}`).toContain(response.status);
      const text = await response.text();
      expect(typeof JSON.parse(text)).toBe("object");
      expect(text).not.toMatch(/sqlite|drizzle|select |syntax error|node_modules| at .*\.ts/i);
    }
    expect(served.writes()).toBe(before);
    expect(served.errors).toEqual([]);
  });

  it.each(["account", "trade", "order"])("of a path is harmless whatever its %s", async (part) => {
    for (const value of ENCODED) {
      const paths = ENDPOINTS.filter(({ route }) => route.includes(`{${part}}`)).map(({ route }) =>
        route.replace(`{${part}}`, () => value).replace(/\{\w+\}/g, "A1"),
      );
      for (const path of paths) {
        const response = await served.get(`/api${path}`);
        expect([200, 400, 404], path).toContain(response.status);
        expect(await response.text()).not.toMatch(
          /sqlite|drizzle|select |syntax error|node_modules/i,
        );
      }
    }
    expect(served.errors).toEqual([]);
  });

  it("of the event stream is harmless, and so is every header that is read", async () => {
    const before = served.writes();
    for (const value of ENCODED) {
      for (const name of ["account", "lastEventId", "unheard"]) {
        const response = await served.get(`/api/events?${name}=${value}`);
        expect([200, 400, 404], `${name}=${value}`).toContain(response.status);
        await response.body?.cancel();
      }
    }
    const sendable = NASTY.filter((value) => /^[ -~]*$/.test(value));
    for (const value of sendable) {
      for (const name of ["if-none-match", "accept-encoding", "last-event-id", "accept"]) {
        expect([200, 304], `${name}: ${value}`).toContain(
          await status("/api/trades", { [name]: value }),
        );
      }
    }
    expect(served.writes()).toBe(before);
    expect(served.errors).toEqual([]);
  });

  it.each([
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/dashboard.js/../../../package.json",
    "/dashboard.js%00.css",
    "//etc/passwd",
    "/.blotter-token",
    "/api/../dashboard.html",
    "/api/accounts/..%2f..%2fetc%2fpasswd",
  ])("that climbs finds nothing: %s", async (path) => {
    const response = await served.get(path);
    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toMatch(/root:|"name": "blotter"/);
  });

  it.each([
    "limit=1001",
    "limit=0",
    "limit=-5",
    "limit=1.5",
    "limit=",
    "limit=5&limit=6",
    "limit[]=5",
    "order=sideways",
    "sort=entry_timestamp",
    "sort=netPnl,fees",
    "sort=rowid",
    "sort=constructor",
    "level=everything",
    "side=BUY",
    "from=yesterday",
    "from=2026-02-30",
    "from=2026-13-01T00:00:00Z",
    "account=",
    "unheard=of",
    "level=match&sort=netPnl",
    "level=position&side=LONG",
    "__proto__=1",
    "tag=",
    "tag=a%20b",
    "note=%20",
    "note=a&note=b",
    "minRisk=",
    "minRisk=-1",
    "minRisk=1e3",
    "minRisk=0.0000001",
    "maxRisk=%27%20or%201=1",
    "minRisk=5&maxRisk=4",
  ])("for trades is refused with 400: %s", async (search) => {
    const response = await served.get(`/api/trades?${search}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ title: "Bad Request", status: 400 });
  });

  it("of an unknown account is a 404, of an unknown symbol is empty", async () => {
    expect(await status("/api/trades?account=nobody")).toBe(404);
    expect(await served.json("/api/trades?symbol=ZZZ")).toEqual([]);
  });
});

describe("a cursor", () => {
  const key = [1, "a", 1, "a"];
  const made = (content: unknown) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const list = "trades exitTimestamp newest";
  it.each([
    "x",
    "%00",
    "....",
    made(null),
    made([]),
    made({ list, key }),
    made({ list, key, accountId: "A1", more: 1 }),
    made({ list, key: ["1", "a", 1, "a"], accountId: "A1" }),
    made({ list, key: [1, "a", 1], accountId: "A1" }),
    made({ list, key: [-1, "a", 1, "a"], accountId: "A1" }),
    made({ list, key: [1e300, "a", 1, "a"], accountId: "A1" }),
    made({ list, key: [1.5, "a", 1, "a"], accountId: "A1" }),
    made({ list, key: [1, "a' or 1=1 --\u0000", 1, "a"], accountId: "A1" }),
    made({ list, key: [1, { $gt: "" }, 1, "a"], accountId: "A1" }),
    made({ list, key: [1, "a", 1, "a", 1], accountId: "A1" }),
    made({ list: "orders newest", key: [1, "a"], accountId: "A1" }),
    made({ list: "trades exitTimestamp oldest", key, accountId: "A1" }),
    made({ list: "trades netPnl newest", key: [1, ...key], accountId: "A1" }),
    "A".repeat(1_500),
  ])("that was tampered with is refused: %s", async (cursor) => {
    expect(await status(`/api/trades?cursor=${cursor}`)).toBe(400);
    expect(served.errors).toEqual([]);
  });

  /** Each list that comes in pages, in each of its orders, with a cursor that it gave. */
  const lists = [
    "orders?order=newest",
    "orders?order=oldest",
    "fills?all=true",
    "fills?order=oldest",
    "trades?level=match",
    "trades?level=position&order=oldest",
    ...TRADE_RANKS.flatMap((rank) => [`trades?sort=${rank}`, `trades?sort=${rank}&order=oldest`]),
  ];
  const given = async (path: string): Promise<Record<string, unknown>> => {
    const link = (await served.get(`/api/${path}&limit=1`)).headers.get("link") ?? "";
    const [, search = ""] = /^<\?(.*)>/.exec(link) ?? [];
    const cursor = new URLSearchParams(search).get("cursor") ?? "";
    return JSON.parse(Buffer.from(cursor, "base64url").toString()) as Record<string, unknown>;
  };

  it("is asked for by every list of the tests, and by no other", () => {
    const paged = ENDPOINTS.filter(({ query }) => "cursor" in query.shape).map(
      ({ route }) => route,
    );
    const tested = new Set(lists.map((path) => `/${path.split("?")[0]}`));
    expect([...tested].sort()).toEqual(paged.sort());
  });

  it.each(lists)("of %s that was tampered with is refused, or leads to a place", async (path) => {
    const own = await given(path);
    const key = own.key as (string | number)[];
    const ask = (content: unknown) => status(`/api/${path}&limit=1&cursor=${made(content)}`);
    expect(await ask(own)).toBe(200);
    expect(await ask({ ...own, list: `${own.list} ` })).toBe(400);
    expect(await ask({ ...own, key: key.slice(1) })).toBe(400);
    expect(await ask({ ...own, key: [...key, 1] })).toBe(400);
    for (const [i, part] of key.entries()) {
      const other = typeof part === "number" ? "' or 1=1 --" : 1;
      expect(await ask({ ...own, key: key.with(i, other) }), `${i}`).toBe(400);
      const text = typeof part === "number" ? 1.5 : "x'; drop table fills --\u0000";
      expect(await ask({ ...own, key: key.with(i, text) }), `${i}`).toBe(400);
    }
    expect([200, 400]).toContain(await ask({ ...own, accountId: "' or 1=1 --" }));
    expect(served.errors).toEqual([]);
  });

  it("is only a place: a made-up one leads to rows that its caller may read anyway", async () => {
    const place = {
      key: [Date.parse("2026-08-19T13:42:00Z") * 1000, "~", 0, "~"],
      accountId: "zz",
    };
    const found = await served.json(`/api/trades?cursor=${writeCursor(list, place)}`);
    expect(found).toEqual(((await served.json("/api/trades")) as unknown[]).slice(-2));
    const sorted = { key: [0, ...place.key], accountId: "' or 1=1 --" };
    const response = await served.get(
      `/api/trades?sort=netPnl&cursor=${writeCursor("trades netPnl newest", sorted)}`,
    );
    expect(response.status).toBe(200);
  });
});

describe("many requests", () => {
  it("of one address are refused until it has waited, those of others are not", async () => {
    const limited = await serveBooks({ rateLimit: { perSecond: 1, burst: 3 } });
    const ask = (app: BlotterApp, remote: string) =>
      app.fetch(new Request(`${HOME}/healthz`), remote);
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask(limited.app, "10.0.0.1")).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await ask(limited.app, "10.0.0.1");
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await ask(limited.app, "10.0.0.2")).status).toBe(200);
    await limited.close();
  });

  it("are counted by a bucket that fills again, for so many addresses at most", () => {
    let nowMs = 0;
    const limit = new RateLimit({ perSecond: 2, burst: 2 }, () => nowMs);
    expect([limit.take("a"), limit.take("a"), limit.take("a")]).toEqual([0, 0, 1]);
    nowMs = 500;
    expect([limit.take("a"), limit.take("a")]).toEqual([0, 1]);
    nowMs = 60_000;
    expect([limit.take("a"), limit.take("a"), limit.take("a")]).toEqual([0, 0, 1]);
    for (let i = 0; i < 10_000; i += 1) limit.take(`address ${i}`);
    expect(limit.take("a")).toBe(0);
  });
});
