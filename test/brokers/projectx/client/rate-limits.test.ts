import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RateLimits } from "../../../../src/brokers/projectx/client/rate-limits.js";
import { epochMsToInstant } from "../../../../src/domain/instant.js";
import { orderRow, tradeRow } from "../rows.js";
import { ScriptedGateway, success } from "./scripted-gateway.js";

const START = Date.parse("2026-01-01T00:00:00Z");
const DAY_MS = 86_400_000;

/** Seconds on a computer of its own; many times that on one that is shared. */
const PATIENCE_MS = 300_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(START);
});
afterEach(() => vi.useRealTimers());

/** The most of some moments that lie within any window of a length. */
function mostWithin(windowMs: number, moments: readonly number[]): number {
  let first = 0;
  let most = 0;
  moments.forEach((moment, index) => {
    while ((moments[first] ?? moment) <= moment - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

describe("the gateway's rate limit", () => {
  it(
    "is kept by a synchronisation of 200,000 orders",
    async () => {
      const perWindow = 400;
      const windows = 200_000 / perWindow;
      let id = 3_400_000_000;
      const rows = () =>
        Array.from({ length: perWindow }, () => {
          id += 1;
          return orderRow({ id });
        });
      const gateway = new ScriptedGateway();
      gateway.on("Order/search", () => success({ orders: rows() }));
      gateway.on("Trade/search", () => success({ trades: [tradeRow()] }));
      const client = gateway.client();

      let orders = 0;
      const sync = (async () => {
        for (let day = 0; day < windows; day += 1) {
          const from = epochMsToInstant(START + day * DAY_MS);
          const to = epochMsToInstant(START + (day + 1) * DAY_MS);
          orders += (await client.orders("900", from, to)).length;
          await client.fills("900", from, to);
        }
      })();
      let synced = false;
      void sync.then(() => {
        synced = true;
      });
      while (!synced) await vi.advanceTimersByTimeAsync(1_000);

      expect(orders).toBe(200_000);
      const moments = gateway.heard.map(({ at }) => at);
      expect(moments).toHaveLength(2 * windows + 1);
      expect(mostWithin(60_000, moments)).toBeLessThanOrEqual(200);
      // And not far slower than it may be: 150 of the 200 are for reading.
      expect((moments.at(-1) ?? 0) - START).toBeLessThan((2.1 * windows * 61_000) / 150);
    },
    PATIENCE_MS,
  );

  it("leaves room for an order while a burst of reading waits", async () => {
    const gateway = new ScriptedGateway();
    gateway.on("Order/searchOpen", () => success({ orders: [] }));
    gateway.on("Order/cancel", () => success());
    const client = gateway.client();
    const burst = Array.from({ length: 400 }, () => client.openOrders("900"));
    await vi.advanceTimersByTimeAsync(10);
    await client.cancelOrder("900", "1");
    expect(gateway.asked("Order/searchOpen").length).toBeLessThan(150);
    expect(gateway.asked("Order/cancel")[0]?.at).toBe(START + 10);
    await vi.advanceTimersByTimeAsync(300_000);
    await Promise.all(burst);
    expect(
      mostWithin(
        60_000,
        gateway.heard.map(({ at }) => at),
      ),
    ).toBeLessThanOrEqual(200);
  });

  it.each([
    ["bars", 50, 30_000],
    ["reading", 150, 60_000],
    ["order", 200, 60_000],
  ] as const)("lets %s pass %i times in %i ms", async (kind, calls, windowMs) => {
    const limits = new RateLimits();
    const moments: number[] = [];
    const call = async () => void moments.push(Date.now());
    const all = Array.from({ length: 3 * calls }, () => limits.run(kind, call));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(moments).toHaveLength(calls);
    await vi.advanceTimersByTimeAsync(4 * windowMs);
    await Promise.all(all);
    expect(mostWithin(windowMs, moments)).toBe(calls);
  });

  it("is kept in every stretch of a minute, not only in minutes of a count", async () => {
    const limits = new RateLimits();
    const moments: number[] = [];
    const call = async () => void moments.push(Date.now());
    const burst = () => Array.from({ length: 250 }, () => limits.run("order", call));
    const first = limits.run("order", call);
    await vi.advanceTimersByTimeAsync(55_000);
    const early = burst();
    await vi.advanceTimersByTimeAsync(10_000);
    const late = burst();
    await vi.advanceTimersByTimeAsync(300_000);
    await Promise.all([first, ...early, ...late]);
    expect(moments).toHaveLength(501);
    expect(mostWithin(60_000, moments)).toBeLessThanOrEqual(200);
  });

  it("counts all kinds together, but bars", async () => {
    const limits = new RateLimits();
    const moments: number[] = [];
    const call = async () => void moments.push(Date.now());
    for (let index = 0; index < 200; index += 1) {
      for (const kind of ["reading", "order"] as const) void limits.run(kind, call);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(moments).toHaveLength(200);
    for (let index = 0; index < 60; index += 1) void limits.run("bars", call);
    expect(moments).toHaveLength(250);
    await vi.advanceTimersByTimeAsync(300_000);
  });
});
