import { Hono } from "hono";
import { z } from "zod";
import type { AccountId } from "../domain/ids.js";
import { contentResponse } from "./content.js";
import type { Endpoint } from "./endpoint.js";
import { ENDPOINTS } from "./endpoints.js";
import { type EventStreamOptions, EventStreams } from "./event-stream.js";
import { METRICS_TYPE, metricsText } from "./metrics.js";
import { openApiDocument } from "./openapi.js";
import type { PageFiles } from "./page-files.js";
import { account, readPath, readQuery } from "./parameters.js";
import { Problem, problemOf, problemResponse } from "./problem.js";
import { RateLimit, type RateLimitOptions } from "./rate-limit.js";
import { type GuardOptions, guardRequest } from "./request-guard.js";
import { addSecurityHeaders } from "./response-headers.js";
import type { ServedBooks } from "./served-books.js";

export interface BlotterAppOptions {
  /** Default: 127.0.0.1, localhost and [::1], on any port. See `GuardOptions`. */
  readonly hosts?: readonly string[];
  /** True: any IP address will do as well, for a server on all addresses of a machine. Default false. */
  readonly anyAddress?: boolean;
  /** With it, /api and /metrics need `Authorization: Bearer TOKEN`. Default: none. */
  readonly token?: string;
  /** Where the app is mounted, as /blotter. Default: at the root. */
  readonly basePath?: string;
  /** The dashboard's files from `readPageFiles`; without them there are only endpoints. */
  readonly page?: PageFiles;
  readonly rateLimit?: RateLimitOptions;
  readonly events?: EventStreamOptions;
  /** Blotter's own version, for the OpenAPI document. */
  readonly version?: string;
  /** Hears errors that a caller is only told of in general. */
  readonly onError?: (error: unknown) => void;
}

export interface BlotterApp {
  /**
   * Answers a request: a fetch handler for any server of that kind.
   * @param remote the caller's address, for the rate limit; without it all callers share one
   */
  fetch(request: Request, remote?: string): Promise<Response>;
  /** Ends the event streams. */
  close(): void;
}

export const LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"] as const;

/** The data endpoints and the dashboard over opened books. It reads; it never writes. */
export function blotterApp(books: ServedBooks, options: BlotterAppOptions = {}): BlotterApp {
  const onError = options.onError ?? (() => undefined);
  const events = new EventStreams(books.store, options.events ?? {}, onError);
  const requestsByStatus = new Map<number, number>();
  const counts = () => ({ requestsByStatus, eventClients: events.clients });
  const basePath = (options.basePath ?? "").replace(/\/+$/, "");
  const guard: GuardOptions = {
    hosts: (options.hosts ?? LOOPBACK_HOSTS).map((host) => host.toLowerCase()),
    anyAddress: options.anyAddress ?? false,
    token: options.token ?? null,
    rateLimit: new RateLimit(options.rateLimit),
  };
  const app = new Hono().basePath(basePath);
  mountEndpoints(app, books);
  mountEvents(app, books, events);
  mountService(app, books, counts);
  mountDocument(app, options.version ?? "0");
  if (options.page) mountPage(app, options.page, basePath);

  app.notFound(() => problemResponse(new Problem(404, "there is nothing at this address")));
  app.onError((error) => {
    const problem = problemOf(error);
    if (problem.status >= 500) onError(error);
    return problemResponse(problem);
  });

  async function answer(request: Request, remote: string): Promise<Response> {
    try {
      const path = new URL(request.url).pathname.slice(basePath.length);
      guardRequest(request, remote, path.startsWith("/api") || path.startsWith("/metrics"), guard);
      return await app.fetch(request);
    } catch (error) {
      return problemResponse(problemOf(error));
    }
  }

  return {
    async fetch(request, remote = "") {
      const response = await answer(request, remote);
      addSecurityHeaders(response.headers);
      const { status } = response;
      requestsByStatus.set(status, (requestsByStatus.get(status) ?? 0) + 1);
      return response;
    },
    close: () => events.close(),
  };
}

function mountEndpoints(app: Hono, books: ServedBooks): void {
  for (const endpoint of ENDPOINTS) {
    app.get(`/api${endpoint.route.replace(/\{(\w+)\}/g, ":$1")}`, (c) =>
      answerEndpoint(endpoint, books, c.req.raw, c.req.param()),
    );
  }
}

async function answerEndpoint(
  endpoint: Endpoint,
  books: ServedBooks,
  request: Request,
  named: Readonly<Record<string, string>>,
): Promise<Response> {
  const url = new URL(request.url);
  const path = readPath(endpoint.path, named);
  const query = readQuery(endpoint.query, url.searchParams);
  const { body, next = null } = await endpoint.answer({ books, path, query });
  const headers: Record<string, string> = {};
  if (next !== null) headers.link = nextLink(url, next);
  const text = JSON.stringify(body);
  return contentResponse(request, { type: "application/json", body: text, headers });
}

/** RFC 8288: the same question, from the cursor on; relative, so that it holds behind any name. */
function nextLink(url: URL, cursor: string): string {
  const search = new URLSearchParams(url.search);
  search.set("cursor", cursor);
  return `<?${search}>; rel="next"`;
}

const EVENTS_QUERY = z.object({
  account: account().optional(),
  lastEventId: z.string().optional(),
});

function mountEvents(app: Hono, books: ServedBooks, events: EventStreams): void {
  app.get("/api/events", async (c) => {
    const query = readQuery(EVENTS_QUERY, new URL(c.req.url).searchParams);
    const only: AccountId | null =
      query.account === undefined ? null : (await books.accounts.get(query.account)).accountId;
    const position = c.req.header("last-event-id") ?? query.lastEventId ?? null;
    return events.respond(c.req.raw, only, position);
  });
}

function mountService(
  app: Hono,
  books: ServedBooks,
  counts: () => Parameters<typeof metricsText>[1],
): void {
  app.get("/healthz", async (c) => {
    await books.store.read((repos) => repos.outbox.accounts());
    return contentResponse(c.req.raw, { type: "application/json", body: '{"status":"ok"}' });
  });
  app.get("/metrics", async (c) => {
    const body = await metricsText(books, counts());
    return contentResponse(c.req.raw, { type: METRICS_TYPE, body });
  });
}

function mountDocument(app: Hono, version: string): void {
  let document: string | null = null;
  app.get("/openapi.json", (c) => {
    document ??= JSON.stringify(openApiDocument(ENDPOINTS, version));
    return contentResponse(c.req.raw, { type: "application/json", body: document });
  });
}

function mountPage(app: Hono, page: PageFiles, basePath: string): void {
  for (const [path, content] of page) {
    app.get(path, (c) => {
      // Relative links of the page need the slash.
      const bare = path === "/" && basePath !== "" && new URL(c.req.url).pathname === basePath;
      return bare ? c.redirect(`${basePath}/`) : contentResponse(c.req.raw, content);
    });
  }
}
