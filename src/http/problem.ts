import { BlotterError, type ErrorCode } from "../domain/errors.js";

/** A refused request, as RFC 9457 tells it. What is in it may be read by anybody who may ask. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** What went wrong, for people. */
    readonly detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  414: "URI Too Long",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
};

const STATUS_BY_CODE: Readonly<Record<ErrorCode, number>> = {
  not_found: 404,
  conflict: 409,
  invalid: 400,
  nested: 500,
  unavailable: 503,
  corrupt: 500,
  unsupported: 501,
};

/** What a caller is told of an error; of one on our side only that there was one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!(error instanceof BlotterError)) return new Problem(500, "the request failed here");
  const status = STATUS_BY_CODE[error.code];
  switch (error.code) {
    case "not_found":
    case "conflict":
    case "invalid":
    case "unsupported":
      return new Problem(status, error.message);
    case "unavailable":
      return new Problem(status, "the books cannot be read now; ask again", { "retry-after": "1" });
    case "nested":
    case "corrupt":
      return new Problem(status, "the books cannot be read: run blotter doctor");
  }
}

export function problemResponse({ status, detail, headers }: Problem): Response {
  const title = TITLES[status] ?? "Error";
  const body = { type: "about:blank", title, status, detail };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...headers,
    },
  });
}
