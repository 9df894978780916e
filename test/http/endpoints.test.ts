import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ALL_FILLS, FILLS, MATCHES, ORDERS, POSITIONS, TRADES } from "../../src/cli/views.js";
import { epochMsToInstant } from "../../src/domain/instant.js";
import { collectReport } from "../../src/http/collect-report.js";
import { ENDPOINTS } from "../../src/http/endpoints.js";
import { runBlotter } from "../cli/run-blotter.js";
import { HOME, type Served, serveBooks, trade } from "./served.js";

const RESULTS = [1, -1, 0, 1, 1, -1, 1, -1, -1, 1, 0, 1];
let served: Served;
beforeAll(async () => {
  served = await serveBooks();
  const { blotter } = served;
  for (const accountId of ["A1", "A2"]) {
    await blotter.accounts.open({
      accountId,
      accountName: `Combine ${accountId}`,
      startingBalance: 50_000,
    });
    await blotter.rules.set(accountId, { name: "topstep-combine-50k-dll", from: "2026-08-01" });
    await trade(blotter, accountId, RESULTS);
  }
  const open = {
    accountId: "A2",
    contract: "MESU26",
    orderId: "open",
    side: "BUY",
    quantity: 2,
  } as const;
  await blotter.orders.recordOrder({
    ...open,
    status: "WORKING",
    createdAt: "2026-08-20T13:30:00Z",
  });
  const fill = { ...open, fillId: "777", quantity: 1, price: 5000 };
  await blotter.orders.recordFill({ ...fill, executedAt: "2026-08-20T13:30:01Z" });
});
afterAll(() => served.close());

type Row = Record<string, unknown>;
const rows = async (path: string): Promise<Row[]> => (await served.json(path)) as Row[];

/** A page's rows and those of all pages after it. */
async function walk(path: string): Promise<Row[]> {
  const found: Row[] = [];
  let next: string | null = path;
  while (next !== null) {
    const response: Response = await served.get(next);
    expect(response.status).toBe(200);
    found.push(...((await response.json()) as Row[]));
    const [, link] = /^<(.*)>; rel="next"$/.exec(response.headers.get("link") ?? "") ?? [];
    next = link === undefined ? null : `${path.split("?")[0]}${link}`;
  }
  return found;
}

describe("the endpoints", () => {
  const questions: Record<string, readonly string[]> = {
    "/accounts/{account}": ["/accounts/A1", "/accounts/Combine%20A1"],
    "/accounts/{account}/days": ["/accounts/A1/days"],
    "/accounts/{account}/orders/{order}": ["/accounts/A1/orders/101", "/accounts/A1/orders/none"],
    "/fills": ["/fills", "/fills?all=true", "/fills?account=A1&symbol=MES&strategy=fade"],
    "/performance/results": [
      "/performance/results",
      "/performance/results?level=match",
      "/performance/results?level=position&side=SHORT",
    ],
    "/trades": ["/trades", "/trades?level=match", "/trades?level=position", "/trades?madeAs=1"],
    "/accounts/{account}/risk": ["/accounts/A1/risk", "/accounts/A2/risk?at=2026-08-19"],
    "/accounts/{account}/floor": ["/accounts/A1/floor"],
    "/accounts/{account}/trades/{trade}": [],
  };

  it.each(ENDPOINTS.map((endpoint) => [endpoint.route, endpoint] as const))(
    "%s answers in the shape that it documents",
    async (route, { response }) => {
      const paths = [...(questions[route] ?? [route])];
      if (route.endsWith("{trade}")) {
        const [first] = await rows("/api/trades?account=A1");
        paths.push(`/accounts/A1/trades/${first?.tradeId}`);
      }
      for (const path of paths) {
        const answer = await served.get(`/api${path}`);
        expect(answer.status, path).toBe(200);
        expect(answer.headers.get("content-type")).toBe("application/json");
        const body = await answer.json();
        // Every field is described, and every field described is there.
        expect(strictly(response).parse(body), path).toEqual(body);
      }
    },
  );

  it("give the rows of the command line, field by field", async () => {
    for (const [path, fields] of [
      ["/api/trades", TRADES.fields],
      ["/api/trades?level=match", MATCHES.fields],
      ["/api/orders", ORDERS.fields],
      ["/api/fills", FILLS.fields],
      ["/api/fills?all=1", ALL_FILLS.fields],
      ["/api/positions", POSITIONS.fields],
    ] as const) {
      const [first] = await rows(path);
      expect(Object.keys(first ?? {}), path).toEqual(expect.arrayContaining([...fields]));
    }
  });

  it("give exactly what the command line prints", async () => {
    const open = async () => ({ ...served.blotter, close: async () => {} });
    for (const [command, path] of [
      [["accounts"], "/api/accounts"],
      [["trades"], "/api/trades?order=oldest&limit=1000"],
      [["trades", "--level", "position"], "/api/trades?level=position&order=oldest"],
      [
        ["trades", "--level", "match", "--account", "A1"],
        "/api/trades?level=match&order=oldest&account=A1",
      ],
      [
        ["fills", "--symbol", "MES", "--from", "2026-08-19T14:00:00Z"],
        "/api/fills?symbol=MES&from=2026-08-19T14:00:00Z&order=oldest",
      ],
      [["orders", "--strategy", "fade"], "/api/orders?strategy=fade&order=oldest"],
      [["orders", "--working"], "/api/orders/working"],
      [["positions"], "/api/positions"],
    ] as const) {
      const { stdout } = await runBlotter([...command, "--json"], { open });
      expect(await rows(path), path).toEqual(JSON.parse(stdout));
    }
  });

  it("page through a list from either end, each row once", async () => {
    for (const path of ["/api/orders", "/api/fills", "/api/trades", "/api/trades?level=match"]) {
      const and = path.includes("?") ? "&" : "?";
      const all = await rows(`${path}${and}limit=1000&order=oldest`);
      expect(all.length).toBeGreaterThan(20);
      expect(await walk(`${path}${and}limit=7&order=oldest`)).toEqual(all);
      expect(await walk(`${path}${and}limit=7`)).toEqual([...all].reverse());
    }
  });

  it("sort and filter trades", async () => {
    const net = (found: Row[]) => found.map((row) => Number(row.netPnl));
    const sorted = await walk("/api/trades?sort=netPnl&limit=5");
    expect(net(sorted)).toEqual([...net(sorted)].sort((a, b) => b - a));
    expect(sorted).toHaveLength(2 * RESULTS.length);
    const wins = await walk("/api/trades?outcome=win&account=A1&limit=3");
    expect(wins.length).toBe(6);
    expect(net(wins).every((result) => result > 0)).toBe(true);
    const shorts = await walk("/api/trades?side=SHORT&sort=entryTimestamp&order=oldest&limit=2");
    expect(new Set(shorts.map((row) => row.side))).toEqual(new Set(["SHORT"]));
  });

  it("list what performance counts, whatever narrows it down", async () => {
    const all = await walk("/api/trades");
    expect(await rows("/api/performance/results")).toEqual(all);
    const [tagged] = await rows("/api/trades?account=A1&limit=1");
    await served.blotter.annotations.annotate({
      accountId: "A1",
      target: "order",
      id: String(tagged?.entryOrderId),
      tags: ["late"],
    });
    for (const [filter, fits] of [
      ["symbol=MNQ&symbol=MESU26", () => true],
      ["symbol=MNQ", (row: Row) => row.root === "MNQ"],
      ["strategy=fade", (row: Row) => row.strategy === "fade"],
      ["side=SHORT&account=A2", (row: Row) => row.side === "SHORT" && row.accountId === "A2"],
      ["tag=late", (row: Row) => row.tradeId === tagged?.tradeId],
      ["to=2026-08-19", () => false],
    ] as const) {
      const found = await rows(`/api/performance/results?${filter}`);
      expect(found, filter).toEqual(all.filter(fits));
      const { trades } = (await served.json(`/api/performance?${filter}`)) as {
        trades: { count: number };
      };
      expect(found, filter).toHaveLength(trades.count);
    }
    expect(await rows("/api/performance/results?limit=3")).toEqual(all.slice(0, 3));
  });

  it("narrow trades down by what was written, page by page, as performance does", async () => {
    const [one, two] = await rows("/api/trades?account=A1&limit=2&order=oldest");
    const { annotations } = served.blotter;
    const on = (row: Row | undefined) =>
      ({ accountId: "A1", target: "order", id: String(row?.entryOrderId) }) as const;
    await annotations.annotate({ ...on(one), note: "50% off & 'quoted'", plannedRisk: 25 });
    await annotations.annotate({ ...on(two), note: "50 off", tags: ["w1"], plannedRisk: "30.5" });
    for (const [filter, expected] of [
      ["note=50%25%20OFF%20%26%20%27QUOTED", [one]],
      ["note=off", [one, two]],
      ["note=50_", []],
      ["tag=w1&tag=w2", [two]],
      ["minRisk=25", [one, two]],
      ["minRisk=25.000001", [two]],
      ["maxRisk=25", [one]],
      ["minRisk=25&maxRisk=30.5&tag=W1&note=50", [two]],
    ] as const) {
      const found = await walk(`/api/trades?order=oldest&limit=1&${filter}`);
      expect(found, filter).toEqual(expected);
      const newestFirst = await rows(`/api/performance/results?${filter}`);
      expect(newestFirst, filter).toEqual([...expected].reverse());
      const byNet = await walk(`/api/trades?sort=netPnl&limit=1&${filter}`);
      expect(byNet, filter).toHaveLength(expected.length);
      for (const level of ["match", "position"]) {
        const path = `/api/trades?level=${level}&limit=1&${filter}`;
        expect(await walk(path), path).toHaveLength(expected.length);
      }
      for (const what of ["", "/statistics", "/distribution"]) {
        const answer = (await served.json(`/api/performance${what}?${filter}`)) as {
          count?: number;
          trades?: { count: number };
        };
        const count = answer.trades?.count ?? answer.count;
        if (count !== undefined) expect(count, what + filter).toBe(expected.length);
      }
    }
    const record = (await served.json(`/api/accounts/A1/trades/${two?.tradeId}`)) as Row;
    expect(record.plannedRisk).toBe(30.5);
    expect(record.annotations).toEqual([
      {
        accountId: "A1",
        target: "order",
        targetId: two?.entryOrderId,
        note: "50 off",
        tags: ["w1"],
        plannedRisk: 30.5,
      },
    ]);
    for (const row of [one, two]) {
      await annotations.annotate({ ...on(row), note: null, tags: [], plannedRisk: null });
    }
  });

  it("give a report the trades that its figures count", async () => {
    const now = epochMsToInstant(Date.parse("2026-08-20T12:00:00Z"));
    for (const filter of [
      { symbols: ["MES"], sides: ["LONG"] },
      { strategies: ["trend"], accounts: ["A2"] },
      { level: "match", symbols: ["MNQ"] },
      { level: "position" },
    ] as const) {
      const { trades, figures } = await collectReport(served.blotter, filter, now);
      expect(trades.length).toBeGreaterThan(0);
      expect(trades.length).toBe(figures.performance.trades.count);
      const net = trades.reduce((sum, { netPnl }) => sum + netPnl, 0);
      expect(net).toBeCloseTo(figures.performance.tradeNetPnl, 9);
    }
    const nameless = collectReport(served.blotter, { strategies: [null] }, now);
    await expect(nameless).rejects.toThrow("results without a strategy");
  });

  it("show a trade with its matches, orders and fills", async () => {
    const [newest] = await rows("/api/trades?account=A1&limit=1");
    const record = (await served.json(`/api/accounts/A1/trades/${newest?.tradeId}`)) as Record<
      string,
      Row[]
    >;
    expect(record.trade).toEqual(newest);
    expect(record.orders?.map((order) => order.orderId)).toEqual(["1201", "1202"]);
    expect(record.fills?.map((fill) => fill.fillId)).toEqual(["121", "122"]);
    expect(record.matches?.map((match) => match.tradeId)).toEqual(["121:122"]);
    const none = await served.get("/api/accounts/A1/trades/none");
    expect(none.status).toBe(404);
  });

  it("send nothing to whoever has it, and less to whoever can unpack it", async () => {
    const first = await served.get("/api/trades");
    const text = await first.text();
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/);
    const again = await served.get("/api/trades", { "if-none-match": `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const packed = await served.get("/api/trades", { "accept-encoding": "br, gzip" });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    const bytes = Buffer.from(await packed.arrayBuffer());
    expect(bytes.length).toBeLessThan(text.length / 3);
    expect(gunzipSync(bytes).toString()).toBe(text);
    const plain = await served.get("/api/trades", { "accept-encoding": "gzip;q=0" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    const head = await served.get("/api/trades", {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String(text.length));
  });

  it("tell health, metrics and their own shape", async () => {
    expect(await served.json("/healthz")).toEqual({ status: "ok" });
    const metrics = await (await served.get("/metrics")).text();
    expect(metrics).toContain('blotter_fills{account="A1"} 24\n');
    expect(metrics).toContain('blotter_working_orders{account="A2"} 1\n');
    expect(metrics).toMatch(/blotter_http_requests_total\{status="200"\} \d+\n/);
    for (const line of metrics.trimEnd().split("\n")) {
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"\n]*"\})? -?[\d.e+]+)$/);
    }
    const document = (await served.json("/openapi.json")) as { paths: object; components: object };
    const documented = Object.keys(document.paths);
    expect(documented).toEqual(
      expect.arrayContaining(ENDPOINTS.map(({ route }) => `/api${route}`)),
    );
    const text = JSON.stringify(document);
    const known = new Set(Object.keys((document.components as { schemas: object }).schemas));
    const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(referred.filter((name) => !known.has(String(name)))).toEqual([]);
    expect([...known]).toEqual(expect.arrayContaining(["Account", "Order", "Fill", "Trade"]));
  });

  it("are mounted below a path", async () => {
    const mounted = await serveBooks({ basePath: "/blotter/" });
    const status = async (path: string) => (await mounted.get(path)).status;
    expect(await status("/blotter/api/accounts")).toBe(200);
    expect(await status("/api/accounts")).toBe(404);
    await mounted.close();
  });

  it("say nothing of what failed inside", async () => {
    const broken = await serveBooks();
    await broken.blotter.close();
    const response = await broken.get("/api/accounts");
    const problem = await response.json();
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(problem).toEqual({
      type: "about:blank",
      title: "Service Unavailable",
      status: 503,
      detail: "the books cannot be read now; ask again",
    });
    expect(broken.errors).toHaveLength(1);
  });

  it("answer in their shape for accounts with next to nothing, and give a report of them", async () => {
    const edges = await serveBooks();
    const { blotter } = edges;
    const ledgers = { EMPTY: [], ONE: [1], LOSERS: [-1, -1], EVEN: [0, 0], CASH: [] } as const;
    for (const [accountId, results] of Object.entries(ledgers)) {
      await blotter.accounts.open({ accountId, startingBalance: 100 });
      await trade(blotter, accountId, results);
    }
    const payout = { account: "CASH", type: "payout", amount: 100 } as const;
    await blotter.accounts.recordCash({ ...payout, at: "2026-08-19T15:00:00Z" });
    for (const account of Object.keys(ledgers)) {
      for (const { route, response, query } of ENDPOINTS) {
        if (/\{(order|trade)\}/.test(route)) continue;
        const path = route.replace("{account}", account);
        const search = "account" in query.shape ? `?account=${account}` : "";
        const answer = await edges.get(`/api${path}${search}`);
        expect(answer.status, `${account} ${path}`).toBe(200);
        const body = await answer.json();
        expect(strictly(response).parse(body), `${account} ${path}`).toEqual(body);
      }
      const now = epochMsToInstant(Date.parse("2026-08-20T12:00:00Z"));
      const report = await collectReport(blotter, { accounts: [account] }, now);
      expect(report.trades).toHaveLength(ledgers[account as keyof typeof ledgers].length);
    }
    expect(edges.errors).toEqual([]);
    await edges.close();
  });

  it("write nothing", async () => {
    const before = served.writes();
    for (const { route } of ENDPOINTS) await served.get(`/api${route.replace(/\{\w+\}/g, "A1")}`);
    await served.get(`${HOME}/healthz`.slice(HOME.length));
    expect(served.writes()).toBe(before);
  });
});

/** The same schema, refusing fields that it does not name. */
function strictly(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape).map(([name, part]) => [
      name,
      strictly(part as z.ZodType),
    ]);
    return z.strictObject(Object.fromEntries(shape));
  }
  if (schema instanceof z.ZodArray) return z.array(strictly(schema.element as z.ZodType));
  if (schema instanceof z.ZodNullable) return strictly(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodOptional) return strictly(schema.unwrap() as z.ZodType).optional();
  return schema;
}
