import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { Problem } from "./problem.js";
import type { RateLimit } from "./rate-limit.js";

export interface GuardOptions {
  /**
   * Names and addresses under which the server may be asked for, as in the Host header; a port in them counts,
   * none is any. Names of others that lead here are how a foreign web page gets in (DNS rebinding).
   */
  readonly hosts: readonly string[];
  /** True: any IP address will do as well. No name server can make an address lead elsewhere. */
  readonly anyAddress: boolean;
  /** Needed by every request for data; null asks for none. */
  readonly token: string | null;
  readonly rateLimit: RateLimit;
}

const LONGEST_URL = 4_096;

/**
 * Refuses what must not be answered, cheapest and most general first. The token comes last: whoever comes by a
 * foreign name or page is turned away whether it is right or not.
 *
 * @throws Problem with the status that fits
 */
export function guardRequest(
  request: Request,
  remote: string,
  needsToken: boolean,
  options: GuardOptions,
): void {
  requireReadOnly(request);
  requireNoBody(request);
  if (request.url.length > LONGEST_URL) {
    throw new Problem(414, `the URL may have ${LONGEST_URL} characters`);
  }
  const host = requireHost(request, options);
  requireOwnOrigin(request, host);
  const waitSeconds = options.rateLimit.take(remote);
  if (waitSeconds > 0) {
    throw new Problem(429, "too many requests", { "retry-after": String(waitSeconds) });
  }
  if (needsToken && options.token !== null) requireToken(request, options.token);
}

function requireReadOnly({ method }: Request): void {
  if (method === "GET" || method === "HEAD") return;
  throw new Problem(405, "the books can only be read here", { allow: "GET, HEAD" });
}

function requireNoBody({ headers }: Request): void {
  const length = headers.get("content-length");
  if (headers.has("transfer-encoding") || (length !== null && length !== "0")) {
    throw new Problem(413, "a request has no body here");
  }
}

function requireHost(request: Request, { hosts, anyAddress }: GuardOptions): string {
  const host = (request.headers.get("host") ?? new URL(request.url).host).toLowerCase();
  const name = host.replace(/:\d{1,5}$/, "");
  const isAddress = anyAddress && isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  if (!isAddress && !hosts.includes(host) && !hosts.includes(name)) {
    throw new Problem(403, "this server is not known by that name; see its allowed hosts");
  }
  return host;
}

/** Our own page sends no Origin, or ours; programs send none. */
function requireOwnOrigin({ headers }: Request, host: string): void {
  const origin = headers.get("origin");
  if (origin !== null && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new Problem(403, "other origins may not read the books");
  }
  if (
    headers.get("sec-fetch-site") === "cross-site" &&
    headers.get("sec-fetch-mode") !== "navigate"
  ) {
    throw new Problem(403, "other sites may not read the books");
  }
}

function requireToken({ headers }: Request, token: string): void {
  const [, given = ""] =
    /^Bearer ([\x21-\x7e]{1,512})$/i.exec(headers.get("authorization") ?? "") ?? [];
  // Digests are of one length, and comparing them takes one time.
  if (timingSafeEqual(digest(given), digest(token))) return;
  const challenge = { "www-authenticate": 'Bearer realm="blotter"' };
  throw new Problem(401, "the header Authorization: Bearer TOKEN is missing or wrong", challenge);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
