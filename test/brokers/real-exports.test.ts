import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseGatewayEvent } from "../../src/brokers/projectx/stream.js";
import { ProductCatalog } from "../../src/domain/contract.js";
import { parseFill } from "../../src/domain/fill.js";
import { parseInstant } from "../../src/domain/instant.js";
import { parseOrder } from "../../src/domain/order-report.js";
import { strategyOfTag } from "../../src/domain/strategy.js";
import type { BrokerEvent } from "../../src/ports/broker.js";
import { hasShared, readShared } from "../proof/shared-data.js";
import { eventsIn, ofKind, readAll } from "./read-all.js";

/** Third-party exports, which are no part of this repository. */
const folder = hasShared("broker-data") ? "broker-data" : undefined;

const products = new ProductCatalog();

/** Every event is one that the domain accepts: known contract, price on the tick. */
function accept(events: readonly BrokerEvent[]): void {
  for (const fill of ofKind(events, "fill")) {
    parseFill(fill, products.resolve(fill.contract, parseInstant(fill.executedAt, "time")));
  }
  for (const order of ofKind(events, "order")) {
    const contract = products.resolve(order.contract, parseInstant(order.createdAt, "time"));
    parseOrder(order, contract, strategyOfTag);
  }
}

const open = (path: string) => readShared(join("broker-data", path));

if (folder === undefined) {
  it("real broker files are not read: the folder of BLOTTER_SHARED is not there", () => {
    console.log("left out: real broker files, because the folder of BLOTTER_SHARED is not there");
  });
} else {
  describe("real broker files", readRealFiles);
}

function readRealFiles(): void {
  it.each([
    ["topstepx-orders", "topstepx-a/orders.csv", { rows: 274, orders: 274, fills: 136 }],
    ["topstepx-orders", "topstepx-b/orders.csv", { rows: 191, orders: 191, fills: 126 }],
    ["tradovate-fills", "tradovate-a/fills.csv", { rows: 790, orders: 0, fills: 790 }],
    ["projectx-orders", "projectx/order-search.json", { rows: 82, orders: 82, fills: 0 }],
    ["projectx-trades", "projectx/trade-search.json", { rows: 40, orders: 0, fills: 40 }],
  ])("%s reads %s whole", async (format, path, counts) => {
    const rows = await readAll(format, open(path), 4096);
    const events = eventsIn(rows);
    expect(rows.filter((row) => row.problem !== null)).toEqual([]);
    expect({
      rows: rows.length,
      orders: ofKind(events, "order").length,
      fills: ofKind(events, "fill").length,
    }).toEqual(counts);
    accept(events);
  });

  it("tradovate-fills tells its one account once", async () => {
    const events = eventsIn(await readAll("tradovate-fills", open("tradovate-a/fills.csv"), 4096));
    expect(ofKind(events, "account")).toHaveLength(1);
  });

  it.each([
    ["topstepx-orders", "topstepx-a/trades.csv", /TopstepX's Trades export/],
    ["tradovate-fills", "tradovate-a/performance.csv", /Tradovate's Performance export/],
    ["tradovate-fills", "tradovate-a/balance-history.csv", /Tradovate's balance history/],
    ["projectx-orders", "projectx/trade-search.json", /its rows are trades/],
    ["projectx-trades", "projectx/order-search.json", /its rows are orders/],
  ])("%s refuses %s", async (format, path, message) => {
    await expect(readAll(format, open(path), 4096)).rejects.toThrow(message);
  });

  it("the hub's samples all parse", () => {
    const samples: { event: string; payload: { contractId: string; payload: unknown } }[] =
      JSON.parse(open("projectx/stream-samples.json"));
    const parsed = samples.flatMap(({ event, payload }) =>
      // What was recorded of a quote is both arguments of its handler.
      event === "GatewayQuote"
        ? parseGatewayEvent(event, payload.contractId, payload.payload)
        : parseGatewayEvent(event, payload),
    );
    const events = parsed.flatMap((one) => ("event" in one ? [one.event] : []));
    expect(events).toHaveLength(parsed.length);
    expect(events).toMatchObject([
      { kind: "account", told: { balance: 149848.64, canTrade: true } },
      {
        kind: "order",
        input: { status: "REJECTED", createdAt: "2026-08-19T20:49:25.3938333+00:00" },
      },
      { kind: "position", input: { side: null, quantity: 0 } },
      { kind: "fill", input: { commission: 0.25, fee: 0.36, brokerPnl: -49 } },
      { kind: "quote", input: { contract: "CON.F.US.MNQ.U26", price: "29547.25" } },
    ]);
    accept(events);
  });
}
