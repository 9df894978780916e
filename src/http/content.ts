import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const gzipped = promisify(gzip);
/** Smaller bodies gain nothing. */
const GZIP_FROM_BYTES = 1_024;

export interface Content {
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A body with its ETag: not sent again to whoever has it (304), and compressed for whoever can read that. Caches
 * ask each time; the tag is weak because both forms of the body share it.
 */
export async function contentResponse(request: Request, content: Content): Promise<Response> {
  const body = Buffer.from(content.body);
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const headers = new Headers({
    "content-type": content.type,
    "cache-control": "private, no-cache",
    vary: "accept-encoding, authorization",
    etag,
    ...content.headers,
  });
  if (matches(request.headers.get("if-none-match"), etag)) {
    headers.delete("content-type");
    return new Response(null, { status: 304, headers });
  }
  const compress = body.length >= GZIP_FROM_BYTES && acceptsGzip(request);
  const sent = compress ? await gzipped(body) : body;
  if (compress) headers.set("content-encoding", "gzip");
  headers.set("content-length", String(sent.length));
  return new Response(request.method === "HEAD" ? null : new Uint8Array(sent), { headers });
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const known = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(etag.slice(2));
}

function acceptsGzip({ headers }: Request): boolean {
  const codings = (headers.get("accept-encoding") ?? "").toLowerCase().split(",");
  return codings.some((coding) => {
    const [name = "", ...parameters] = coding.split(";").map((part) => part.trim());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return (name === "gzip" || name === "*") && !refused;
  });
}
