import { describe, expect, it } from "vitest";
import { STATUS } from "../../../examples/gateway/gateway-codes.js";
import { expected } from "../../../examples/gateway/gateway-expected.js";
import { projectxOrders, projectxTrades } from "../../../src/brokers/projectx/json-files.js";
import { parseGatewayEvent } from "../../../src/brokers/projectx/stream.js";
import { parseInstant } from "../../../src/domain/instant.js";
import type { BrokerEvent, FileFormat } from "../../../src/ports/broker.js";
import { ACCOUNT, tradedWorld } from "./worlds.js";

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

function told(seed: number) {
  const { engine, events } = tradedWorld(seed, 5);
  const orders = engine.searchOrders(ACCOUNT, 0, Infinity);
  return JSON.stringify([
    events,
    orders,
    engine.searchTrades(ACCOUNT, 0, Infinity),
    expected(engine),
  ]);
}

describe("a gateway world", () => {
  it("is the same byte for byte for the same seed, and another one for another", () => {
    expect(told(11)).toBe(told(11));
    expect(told(12)).not.toBe(told(11));
  });

  it("has what a broker's week has", () => {
    const seen = new Set<string>();
    for (const seed of SEEDS) {
      const { engine, events } = tradedWorld(seed, 5);
      const started = new Set<unknown>();
      const open = new Set<unknown>();
      for (const { event, payload } of events) {
        const { id, orderId, status, fillVolume, parentOrderId } = payload.data;
        if (event === "GatewayUserOrder") {
          seen.add(`status ${status}`);
          if (status === STATUS.open && fillVolume !== 0) seen.add("partial fill");
          if (status === STATUS.cancelled && fillVolume !== 0) seen.add("cancelled in part");
          if (parentOrderId !== undefined && !started.has(parentOrderId)) seen.add("child first");
          started.add(id);
          if (fillVolume !== 0) open.add(id);
        }
        if (event === "GatewayUserTrade" && !open.has(orderId)) seen.add("trade first");
        if (event === "GatewayUserTrade" && !started.has(orderId)) seen.add("trade before all");
      }
      for (const { type } of engine.orders) seen.add(`type ${type}`);
    }
    const statuses = [1, 2, 3, 5, 6, 7, 8].map((status) => `status ${status}`);
    const types = [1, 2, 3, 4, 5].map((type) => `type ${type}`);
    const sights = ["partial fill", "cancelled in part", "child first", "trade first"];
    expect(seen).toEqual(new Set([...statuses, ...types, ...sights, "trade before all"]));
  });

  it("tells one instant with 7 digits on the hub and the first 6 of them in REST", () => {
    const { engine, events } = tradedWorld(2, 2);
    const onHub = new Map<unknown, string>();
    for (const { event, payload } of events) {
      if (event !== "GatewayUserTrade") continue;
      onHub.set(payload.data.id, String(payload.data.creationTimestamp));
    }
    const trades = engine.searchTrades(ACCOUNT, 0, Infinity);
    expect(trades.length).toBeGreaterThan(20);
    for (const { id, creationTimestamp } of trades) {
      const hub = onHub.get(id) ?? "";
      expect(hub).toMatch(/\.\d{7}\+00:00$/);
      expect(creationTimestamp).toMatch(/\.\d{0,5}[1-9]\+00:00$/);
      expect(parseInstant(hub, "hub")).toBe(parseInstant(String(creationTimestamp), "rest"));
    }
  });

  it("gives each order and trade an id above 3e9 that later ones exceed", () => {
    const { engine } = tradedWorld(2, 2);
    for (const ids of [
      [...engine.orders].map(({ id }) => id),
      engine.account(ACCOUNT).trades.map(({ id }) => id),
    ]) {
      expect(Math.min(...ids)).toBeGreaterThan(3_000_000_000);
      expect(new Set(ids).size).toBe(ids.length);
      expect([...ids].sort((a, b) => a - b)).toEqual(ids);
    }
  });

  it("plays a day of some fifty orders in less than ten milliseconds", () => {
    for (const seed of SEEDS) tradedWorld(seed, 1);
    const started = performance.now();
    let orders = 0;
    for (let seed = 100; seed < 150; seed += 1)
      orders += [...tradedWorld(seed, 1).engine.orders].length;
    expect(orders / 50).toBeGreaterThan(40);
    // Four times what is promised, for a machine that does other things.
    expect((performance.now() - started) / 50).toBeLessThan(40);
  });
});

describe("Blotter's readers", () => {
  it("take every row of REST, with and without commissions", async () => {
    for (const seed of SEEDS) {
      const { engine } = tradedWorld(seed, 2, { commissionsInRest: seed % 2 === 0 });
      const trades = engine.searchTrades(ACCOUNT, 0, Infinity);
      const fills = await read(projectxTrades, { trades, success: true, errorCode: 0 });
      expect(fills.length).toBe(trades.length);
      const commissions = fills.map((event) => event.kind === "fill" && event.input.commission);
      expect(commissions.every((known) => (known !== null) === (seed % 2 === 0))).toBe(true);
      const orders = engine.searchOrders(ACCOUNT, 0, Infinity);
      expect((await read(projectxOrders, orders)).length).toBe(orders.length);
    }
  });

  it("take every event of the hub", () => {
    for (const seed of SEEDS) {
      for (const { event, payload } of tradedWorld(seed, 2).events) {
        const told = parseGatewayEvent(event, payload);
        expect(told.filter((one) => "problem" in one)).toEqual([]);
        expect(told.length).toBe(event === "GatewayUserPosition" ? 0 : 1);
        expect(JSON.stringify(payload)).not.toContain("null");
      }
    }
  });
});

async function read(format: FileFormat, content: unknown): Promise<BrokerEvent[]> {
  async function* chunks() {
    yield JSON.stringify(content);
  }
  const events: BrokerEvent[] = [];
  for await (const row of format.read(chunks())) {
    expect(row.problem).toBeNull();
    events.push(...row.events);
  }
  return events;
}
