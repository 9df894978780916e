import { answerOf, type Envelope } from "./gateway-answers.js";
import type { GatewayEngine } from "./gateway-engine.js";
import { GatewaySessions } from "./gateway-sessions.js";
import { BadBody, RequestBody } from "./request-body.js";
import { RequestLimit } from "./request-limit.js";
import { lost, type RestFaults, truncated } from "./rest-faults.js";

export interface HandlerOptions {
  readonly userName: string;
  readonly apiKey: string;
  /** What goes wrong; nothing by default. */
  readonly faults?: RestFaults;
  /** The clock, in milliseconds, by which 200 requests a minute are let through; none by default. */
  readonly limitClockMs?: () => number;
}

export type Handler = (request: Request) => Promise<Response>;

/** Login without a token: everything else asks for one. */
const LOGIN = "/api/Auth/loginKey";

/**
 * The gateway's REST interface as a function, to be called in place of `fetch`. It rejects as
 * `fetch` does where an answer is lost.
 */
export function gatewayHandler(engine: GatewayEngine, options: HandlerOptions): Handler {
  const sessions = new GatewaySessions(() => engine.nowUs);
  const limit = options.limitClockMs && new RequestLimit(options.limitClockMs);
  const { faults } = options;
  return async (request) => {
    const path = new URL(request.url).pathname;
    if (path === "/api/Status/ping") return new Response("pong");
    if (limit && !limit.allows(path)) return tooMany(limit.retryAfterSeconds(path));
    const fault = faults?.next(path) ?? null;
    if (fault === "expiredToken") sessions.revokeAll();
    if (fault === "tooMany") return tooMany(faults?.retryAfterSeconds ?? 1);
    if (fault === "serverError") return new Response("Internal Server Error", { status: 500 });
    if (fault === "neverArrived") return lost();
    if (fault === "timeout") return silence(request.signal);
    const response = await respond(engine, options, sessions, path, request);
    if (fault === "lostAnswer") return lost();
    return fault === "truncated" ? truncated(response) : response;
  };
}

/** A `fetch` that reaches the gateway without a socket. */
export function gatewayFetch(handler: Handler): typeof fetch {
  return async (input, init) => handler(new Request(input, init));
}

async function respond(
  engine: GatewayEngine,
  options: HandlerOptions,
  sessions: GatewaySessions,
  path: string,
  request: Request,
): Promise<Response> {
  const authorization = request.headers.get("authorization");
  if (path !== LOGIN && !sessions.accepts(authorization)) {
    return new Response(null, { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
  }
  if (request.method !== "POST") return new Response(null, { status: 405 });
  try {
    const text = await request.text();
    if (path === "/api/Auth/logout") {
      sessions.revoke(authorization);
      return json(succeeded());
    }
    if (path === "/api/Auth/validate") return json(succeeded({ newToken: sessions.issue() }));
    const body = RequestBody.parse(text);
    if (path === LOGIN) return json(login(options, sessions, body));
    const answer = answerOf(engine, path, body);
    return answer ? json(answer) : new Response(null, { status: 404 });
  } catch (error) {
    if (!(error instanceof BadBody)) throw error;
    return badRequest(error.message);
  }
}

function login(options: HandlerOptions, sessions: GatewaySessions, body: RequestBody): Envelope {
  const { userName, apiKey } = options;
  if (body.text("userName") !== userName || body.text("apiKey") !== apiKey) {
    return { token: null, success: false, errorCode: INVALID_CREDENTIALS, errorMessage: null };
  }
  return succeeded({ token: sessions.issue() });
}

const INVALID_CREDENTIALS = 3;

function succeeded(fields: Readonly<Record<string, unknown>> = {}): Envelope {
  return { ...fields, success: true, errorCode: 0, errorMessage: null };
}

function json(body: unknown): Response {
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  return new Response(JSON.stringify(body), { headers });
}

function badRequest(detail: string): Response {
  const title = "One or more validation errors occurred.";
  const body = { title, status: 400, errors: { request: [detail] } };
  const headers = { "Content-Type": "application/problem+json; charset=utf-8" };
  return new Response(JSON.stringify(body), { status: 400, headers });
}

function tooMany(seconds: number): Response {
  return new Response(null, { status: 429, headers: { "Retry-After": String(seconds) } });
}

/** No answer at all, until the caller gives up. */
function silence(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
