import { moneyToNumber } from "../domain/money.js";
import type { ServedBooks } from "./served-books.js";

/** What the server itself counts. */
export interface ServerCounts {
  readonly requestsByStatus: ReadonlyMap<number, number>;
  readonly eventClients: number;
}

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];

/** The Prometheus text format, version 0.0.4. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export async function metricsText(books: ServedBooks, server: ServerCounts): Promise<string> {
  const accounts = await books.accounts.list();
  const [balance, net, fills, positions, working, events]: Sample[][] = [[], [], [], [], [], []];
  for (const { accountId } of accounts) {
    const labels = { account: accountId };
    const summary = await books.accounts.summary(accountId);
    const orders = await books.orders.workingOrders(accountId);
    const last = await books.store.read((repos) => repos.outbox.last(accountId));
    balance?.push([labels, moneyToNumber(summary.balance)]);
    net?.push([labels, moneyToNumber(summary.totals.netPnl)]);
    fills?.push([labels, summary.totals.fillCount]);
    positions?.push([labels, summary.openPositions]);
    working?.push([labels, orders.length]);
    events?.push([labels, last]);
  }
  const waiting = await books.store.read((repos) => repos.quarantine.countWaiting());
  const requests = [...server.requestsByStatus].map(
    ([status, count]): Sample => [{ status: String(status) }, count],
  );
  return [
    family(
      "blotter_account_balance_dollars",
      "gauge",
      "Starting balance and realised net",
      balance,
    ),
    family("blotter_account_net_pnl_dollars", "gauge", "Realised gross less known costs", net),
    family("blotter_fills", "gauge", "Booked fills", fills),
    family("blotter_open_positions", "gauge", "Positions that are open", positions),
    family("blotter_working_orders", "gauge", "Orders that may still fill", working),
    family("blotter_events_total", "counter", "Events recorded in the outbox", events),
    family("blotter_quarantine_waiting", "gauge", "Reports that wait for a person", [
      [{}, waiting],
    ]),
    family("blotter_http_requests_total", "counter", "Answered requests", requests),
    family("blotter_http_event_clients", "gauge", "Open event streams", [
      [{}, server.eventClients],
    ]),
  ].join("");
}

function family(
  name: string,
  type: "gauge" | "counter",
  help: string,
  samples: readonly Sample[] = [],
): string {
  const lines = samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
