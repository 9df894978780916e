import { parseConfig } from "../../src/config.js";
import { openStore } from "../../src/container.js";
import { type BlotterApp, type BlotterAppOptions, blotterApp } from "../../src/http/blotter-app.js";
import { type Blotter, createBlotter } from "../../src/index.js";
import type { Store } from "../../src/ports/store.js";
import { SystemClock } from "../../src/system/system-clock.js";

export const HOME = "http://127.0.0.1:4317";

/** Books behind the endpoints, and a count of the units of work that wrote. */
export interface Served {
  readonly blotter: Blotter;
  readonly app: BlotterApp;
  readonly errors: unknown[];
  writes(): number;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  json(path: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function serveBooks(
  options: BlotterAppOptions = {},
  url = ":memory:",
): Promise<Served> {
  const config = parseConfig({ url });
  const store = await openStore(config, new SystemClock());
  let writes = 0;
  const counted: Store = {
    capabilities: store.capabilities,
    write: (scope, work) => {
      writes += 1;
      return store.write(scope, work);
    },
    read: (query) => store.read(query),
    inspect: () => store.inspect(),
    close: () => store.close(),
  };
  const blotter = await createBlotter({ store: counted, closeDays: false });
  const errors: unknown[] = [];
  const patient = { rateLimit: { perSecond: 1e6, burst: 1e6 } };
  const app = blotterApp(blotter, { ...patient, onError: (e) => errors.push(e), ...options });
  const get = (path: string, headers = {}, method = "GET") =>
    app.fetch(new Request(`${HOME}${path}`, { headers, method }));
  return {
    blotter,
    app,
    errors,
    writes: () => writes,
    get,
    json: async (path) => (await get(path)).json(),
    async close() {
      app.close();
      await blotter.close();
    },
  };
}

const START_MS = Date.parse("2026-08-19T13:30:00Z");

/** Trades of one contract each, five minutes apart: 1 = wins 10 points, -1 = loses, 0 = breakeven. */
export async function trade(
  { orders }: Pick<Blotter, "orders">,
  accountId: string,
  results: readonly number[],
  firstId = 1,
): Promise<void> {
  for (const [index, result] of results.entries()) {
    const n = firstId + index;
    const at = (minute: number) => new Date(START_MS + (n * 5 + minute) * 60_000);
    const shared = { accountId, contract: index % 2 === 0 ? "MNQU26" : "MESU26", quantity: 1 };
    const entry = { ...shared, orderId: `${n}01`, side: index % 3 === 2 ? "SELL" : "BUY" } as const;
    const exit = {
      ...shared,
      orderId: `${n}02`,
      side: entry.side === "BUY" ? "SELL" : "BUY",
    } as const;
    const points = (entry.side === "BUY" ? 10 : -10) * result;
    const costs = { commission: 0.25, fee: 0.37 };
    const tag = { customTag: `bot-strategy-${index % 2 === 0 ? "trend" : "fade"}-x` };
    await orders.recordOrder({ ...entry, ...tag, orderType: "MARKET", createdAt: at(0) });
    await orders.recordFill({
      ...entry,
      ...costs,
      fillId: `${n}1`,
      price: 20_000,
      executedAt: at(0),
    });
    await orders.recordOrder({ ...exit, orderType: "LIMIT", limitPrice: 1, createdAt: at(1) });
    const price = 20_000 + points;
    await orders.recordFill({ ...exit, ...costs, fillId: `${n}2`, price, executedAt: at(2) });
  }
}
