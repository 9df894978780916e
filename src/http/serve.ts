import type { Server } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { BlotterError, invalid } from "../domain/errors.js";
import { show } from "../domain/ids.js";
import { type BlotterAppOptions, blotterApp, LOOPBACK_HOSTS } from "./blotter-app.js";
import type { ServedBooks } from "./served-books.js";

export interface ServeOptions extends Omit<BlotterAppOptions, "hosts" | "anyAddress" | "basePath"> {
  /** Default 127.0.0.1. Any other than the machine's own address needs a token. */
  readonly host?: string;
  /** Default 4317; 0 takes a free one. */
  readonly port?: number;
  /** Further names under which the server may be asked for, as a reverse proxy's. */
  readonly allowedHosts?: readonly string[];
}

export interface Served {
  /** Where it is reached: http://127.0.0.1:4317/. This machine's own address when it listens on all. */
  readonly url: string;
  /** True when it listens on all addresses of the machine. */
  readonly isEverywhere: boolean;
  /** Ends event streams and connections, and stops listening. */
  close(): Promise<void>;
}

export const DEFAULT_HOST = "127.0.0.1";
export const DEFAULT_PORT = 4317;
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;
/** What listens on all addresses is found at this one; nobody can be sent to "all". */
const OWN_ADDRESSES: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
/** Shorter ones can be guessed. */
const SHORTEST_TOKEN = 32;

/**
 * Serves the books over HTTP until `close`. It does not close the books.
 *
 * @throws BlotterError `invalid` for another machine's door without a token; `unavailable` when the port is taken
 */
export async function serve(books: ServedBooks, options: ServeOptions = {}): Promise<Served> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, allowedHosts = [], ...appOptions } = options;
  requireSafe(host, options.token);
  const hosts = [...LOOPBACK_HOSTS, host, ...allowedHosts];
  const app = blotterApp(books, { ...appOptions, hosts, anyAddress: !LOOPBACK.test(host) });
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, remoteOf(env)),
    overrideGlobalObjects: false,
    serverOptions: {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
    },
  });
  // Made without createServer, so that it is one of node:http.
  const listening = server as Server;
  listening.maxConnections = 256;
  const bound = await listen(listening, host, port);
  const own = OWN_ADDRESSES[bound.address];
  const name = own ?? host;
  return {
    url: `http://${isIP(name) === 6 ? `[${name}]` : name}:${bound.port}/`,
    isEverywhere: own !== undefined,
    close() {
      app.close();
      return closed(listening);
    },
  };
}

function remoteOf(env: unknown): string {
  // What the adaptor hands over beside the request.
  const { incoming } = env as HttpBindings;
  return incoming.socket.remoteAddress ?? "";
}

function requireSafe(host: string, token: string | undefined): void {
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw invalid("a token must be printable ASCII characters without spaces");
  }
  if (token !== undefined && token.length < SHORTEST_TOKEN) {
    throw invalid(`a token must have at least ${SHORTEST_TOKEN} characters, had ${token.length}`);
  }
  if (token === undefined && !LOOPBACK.test(host)) {
    throw invalid(`listening on ${show(host)} lets other machines in: that needs a token`);
  }
}

/** @returns the address as the system writes it, and the port that was taken */
function listen(
  server: Server,
  host: string,
  port: number,
): Promise<Pick<AddressInfo, "address" | "port">> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `cannot listen on ${host}:${port}: ${cause.message}`;
      reject(new BlotterError("unavailable", message, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address : { address: host, port });
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
