import { describe, expect, it } from "vitest";
import { type PaperDay, PaperExchange } from "../../examples/paper-exchange.js";
import { STATUS } from "../../examples/paper-gateway.js";
import { parseInstant } from "../../src/domain/instant.js";
import { tradingDay } from "../../src/domain/trading-day.js";

function days(count: number, exchange = new PaperExchange(7)): PaperDay[] {
  return Array.from({ length: count }, () => exchange.nextDay());
}

interface HubRow {
  readonly id: number;
  readonly orderId: number;
  readonly size: number;
  readonly status: number;
  readonly fillVolume: number;
  readonly creationTimestamp: string;
}

/** The rows of one kind of event, as they were sent. */
function rows(of: readonly PaperDay[], event: string): HubRow[] {
  return of
    .flatMap((day) => day.events)
    .filter((sent) => sent.event === event)
    .map((sent) => sent.payload.data as HubRow); // What the exchange writes has these fields.
}

describe("the paper exchange", () => {
  it("says the same for the same seed, and something else for another", () => {
    expect(days(10)).toEqual(days(10));
    expect(days(1, new PaperExchange(8))).not.toEqual(days(1));
  });

  it("goes on after a known trade as if it had never stopped", () => {
    const [, , third, fourth] = days(4);
    for (const newest of [third?.lastTradeId ?? 0, (fourth?.lastTradeId ?? 0) - 1]) {
      const exchange = new PaperExchange(7);
      exchange.skipTo(newest);
      expect(exchange.nextDay()).toEqual(fourth);
    }
  });

  it("gives larger ids to later days, each to one row", () => {
    const played = days(10);
    let last = 0;
    for (const day of played) {
      const ids = rows([day], "GatewayUserTrade").map((trade) => trade.id);
      expect(Math.min(...ids)).toBeGreaterThan(last);
      expect(Math.max(...ids)).toBe(day.lastTradeId);
      last = day.lastTradeId;
    }
  });

  it("trades on the session day it names, also in summer", () => {
    for (const day of days(200)) {
      for (const trade of rows([day], "GatewayUserTrade")) {
        expect(tradingDay(parseInstant(trade.creationTimestamp, "time"))).toBe(day.date);
      }
    }
  });

  it("sends what a hub sends: partial fills, cancels, rejects, repeats, and trades before orders", () => {
    const played = days(5);
    const orders = rows(played, "GatewayUserOrder");
    const trades = rows(played, "GatewayUserTrade");
    const statuses = new Set(orders.map((order) => order.status));
    expect([...statuses].sort()).toEqual(Object.values(STATUS).sort());
    expect(orders.some((o) => o.status === STATUS.open && o.fillVolume > 0)).toBe(true);
    expect(new Set(trades.map((trade) => trade.id)).size).toBeLessThan(trades.length);
    expect(played.some(({ events }) => hasTradeBeforeItsOrder(events))).toBe(true);
  });
});

function hasTradeBeforeItsOrder(events: PaperDay["events"]): boolean {
  const filled = new Set<number>();
  return events.some(({ event, payload }) => {
    const row = payload.data as HubRow; // What the exchange writes has these fields.
    if (event === "GatewayUserOrder" && row.fillVolume > 0) filled.add(row.id);
    return event === "GatewayUserTrade" && !filled.has(row.orderId);
  });
}
