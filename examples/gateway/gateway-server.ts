import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Handler } from "./gateway-handler.js";

export interface RunningGateway {
  /** Without a slash at its end: http://127.0.0.1:PORT */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the gateway's REST interface to this machine alone, on a port that is free. */
export async function startGateway(handler: Handler, port = 0): Promise<RunningGateway> {
  const server = createServer((incoming, outgoing) => {
    serve(handler, incoming, outgoing).catch(() => {
      // An answer that is lost is a connection that breaks.
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function serve(
  handler: Handler,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const { method = "GET", headers } = incoming;
  const body = method === "GET" ? null : await textOf(incoming);
  const request = new Request(`http://127.0.0.1${incoming.url ?? "/"}`, {
    method,
    headers: { authorization: headers.authorization ?? "" },
    body,
    signal: gone.signal,
  });
  const response = await handler(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  incoming.setEncoding("utf8");
  for await (const part of incoming) parts.push(String(part));
  return parts.join("");
}
