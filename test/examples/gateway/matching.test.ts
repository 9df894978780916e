import { describe, expect, it } from "vitest";
import { isTerminal, STATUS } from "../../../examples/gateway/gateway-codes.js";
import { HOUR_US, MINUTE_US } from "../../../examples/gateway/gateway-time.js";
import { fillPrice, trail, trigger } from "../../../examples/gateway/order-matching.js";
import { tradingDateUs } from "../../../examples/gateway/trading-week.js";
import { ACCOUNT, gatewayAt15, heardFrom, MNQ, near, place, placed } from "./worlds.js";

const quote = { bid: 99, ask: 101, last: 100 };

/** An order with these prices in ticks, and nothing else that matching looks at. */
function orderOf(type: number, side: number, prices: { limit?: number; stop?: number }) {
  const engine = gatewayAt15();
  const order = engine.order(
    placed(engine, { type: 1, side, limitPrice: side === 0 ? 1 : 99_999 }),
  );
  if (!order) throw new Error("no order");
  const { limit = null, stop = null } = prices;
  return { ...order, type, limit, stop, trail: 10 };
}

describe("an order fills", () => {
  it.each([
    ["a market buy at the ask", 2, 0, {}, 101],
    ["a market sell at the bid", 2, 1, {}, 99],
    ["a limit buy that the ask reaches, at its price", 1, 0, { limit: 102 }, 102],
    ["a limit buy below the ask not at all", 1, 0, { limit: 100 }, null],
    ["a limit sell that the bid reaches, at its price", 1, 1, { limit: 98 }, 98],
    ["a limit sell above the bid not at all", 1, 1, { limit: 100 }, null],
    ["a buy stop that the ask reaches, at the ask", 4, 0, { stop: 101 }, 101],
    ["a buy stop that the market jumped over, at the ask", 4, 0, { stop: 90 }, 101],
    ["a buy stop above the ask not at all", 4, 0, { stop: 102 }, null],
    ["a sell stop that the bid reaches, at the bid", 4, 1, { stop: 99 }, 99],
    ["a sell stop below the bid not at all", 4, 1, { stop: 98 }, null],
    ["a stop-limit whose stop waits not at all", 3, 0, { stop: 105, limit: 110 }, null],
    ["a stop-limit beyond its limit not at all", 3, 0, { stop: 100, limit: 100 }, null],
    ["a stop-limit between both", 3, 0, { stop: 100, limit: 104 }, 104],
  ])("%s", (_, type, side, prices, price) => {
    const order = orderOf(type, side, prices);
    trigger(order, quote);
    expect(fillPrice(order, quote, true)).toBe(price);
  });

  it("a limit that crosses the market as it comes, at the better price", () => {
    expect(fillPrice(orderOf(1, 0, { limit: 110 }), quote, false)).toBe(101);
    expect(fillPrice(orderOf(1, 1, { limit: 90 }), quote, false)).toBe(99);
  });

  it("a trailing stop follows the market and never goes back", () => {
    const order = orderOf(5, 1, { stop: 80 });
    expect([trail(order, quote), order.stop]).toEqual([true, 89]);
    expect([trail(order, { bid: 95, ask: 96, last: 95 }), order.stop]).toEqual([false, 89]);
    expect(fillPrice(order, { bid: 88, ask: 89, last: 89 }, true)).toBe(88);
  });
});

describe("the life of an order", () => {
  it("fills in parts while it stays open, one trade for each part", () => {
    const engine = gatewayAt15({ partialFills: 1 });
    const limitPrice = near(engine, -40);
    const events = heardFrom(engine);
    const orderId = placed(engine, { type: 1, size: 5, limitPrice });
    engine.advance(5 * HOUR_US);
    const rows = events
      .filter(({ event }) => event === "GatewayUserOrder")
      .map(({ payload: { data } }) => [data.status, data.fillVolume]);
    expect(rows).toContainEqual([STATUS.open, 0]);
    expect(rows.filter(([status, filled]) => status === STATUS.open && filled !== 0)).not.toEqual(
      [],
    );
    expect(rows.at(-1)).toEqual([STATUS.filled, 5]);
    const trades = engine.account(ACCOUNT).trades.filter(({ order }) => order.id === orderId);
    expect(trades.length).toBeGreaterThan(1);
    expect(trades.reduce((sum, { size }) => sum + size, 0)).toBe(5);
  });

  it("keeps what was filled when the rest is cancelled", () => {
    const engine = gatewayAt15({ partialFills: 1 });
    const orderId = placed(engine, { type: 1, size: 5, limitPrice: near(engine, -8) });
    for (let minute = 0; engine.order(orderId)?.fillVolume === 0 && minute < 600; minute += 1) {
      engine.advance(MINUTE_US);
    }
    expect(engine.cancel({ accountId: ACCOUNT, orderId }).errorCode).toBe(0);
    expect(engine.order(orderId)).toMatchObject({ status: STATUS.cancelled });
    expect(engine.order(orderId)?.fillVolume).toBeGreaterThan(0);
    expect(engine.cancel({ accountId: ACCOUNT, orderId }).errorCode).toBe(3);
  });

  it("is one rejected row without a reason, and the reason in the answer", () => {
    const engine = gatewayAt15();
    const events = heardFrom(engine);
    expect(place(engine, { size: 100 })).toEqual({
      orderId: null,
      errorCode: 2,
      errorMessage: "MaxAccountPosition of [15] exceeded by the account, NewMax: [100]",
    });
    expect(events.map(({ payload: { data } }) => [data.status, data.fillVolume])).toEqual([
      [STATUS.rejected, 0],
    ]);
    expect(Object.keys(events[0]?.payload.data ?? {})).not.toContain("customTag");
  });

  it("is refused outside trading hours, and without an order when it makes no sense", () => {
    const engine = gatewayAt15();
    const refusals = [
      place(engine, { accountId: 1 }),
      place(engine, { contractId: "CON.F.US.XYZ.Z26" }),
      place(engine, { contractId: "CON.F.US.MNQ.U26" }),
      place(engine, { size: 0 }),
      place(engine, { type: 9 }),
      place(engine, { type: 1, limitPrice: 25_000.1 }),
      place(engine, { stopLossBracket: { ticks: 0, type: 4 } }),
      place(engine, { takeProfitBracket: { ticks: 2_000, type: 1 } }),
    ];
    expect(refusals.map(({ errorCode }) => errorCode)).toEqual([1, 8, 9, 2, 2, 2, 2, 2]);
    expect(refusals.at(-2)?.errorMessage).toBe(
      "Invalid stop loss ticks (0). Price should be at least 4 ticks away.",
    );
    expect([...engine.orders]).toEqual([]);
    engine.advanceTo(tradingDateUs(5) - 4 * HOUR_US);
    expect(place(engine).errorCode).toBe(5);
  });

  it("has a tag that no other order of its account may have", () => {
    const engine = gatewayAt15();
    expect(place(engine, { customTag: "one" }).errorCode).toBe(0);
    expect(place(engine, { customTag: "one" })).toMatchObject({ errorCode: 2, orderId: null });
  });

  it("ends with the contract", () => {
    const engine = gatewayAt15();
    const orderId = placed(engine, { type: 1, limitPrice: 1 });
    engine.advanceTo(Date.UTC(2026, 11, 18, 15) * 1_000);
    expect(engine.order(orderId)?.status).toBe(STATUS.expired);
    expect(place(engine).errorCode).toBe(9);
  });

  it("is changed while it is open, and then no more", () => {
    const engine = gatewayAt15();
    const orderId = placed(engine, { type: 1, limitPrice: 1, size: 2 });
    const change = { accountId: ACCOUNT, orderId, limitPrice: 2, size: 3 };
    expect(engine.modify(change).errorCode).toBe(0);
    expect(engine.order(orderId)).toMatchObject({ limit: 8, size: 3 });
    engine.cancel({ accountId: ACCOUNT, orderId });
    expect(engine.modify(change).errorCode).toBe(3);
    expect(engine.modify({ accountId: ACCOUNT, orderId: 5 }).errorCode).toBe(2);
  });

  it("closes a position by the platform's button, whole or in part, without a tag", () => {
    const engine = gatewayAt15();
    const close = { accountId: ACCOUNT, contractId: MNQ };
    expect(engine.close(close).errorCode).toBe(2);
    placed(engine, { size: 3 });
    expect(engine.close({ ...close, size: 4 }).errorCode).toBe(5);
    expect(engine.close({ ...close, size: 1 }).errorCode).toBe(0);
    expect(engine.searchPositions(ACCOUNT)).toMatchObject([{ type: 1, size: 2 }]);
    expect(engine.close(close).errorCode).toBe(0);
    expect(engine.searchPositions(ACCOUNT)).toEqual([]);
    expect([...engine.orders].map(({ customTag }) => customTag)).toEqual([null, null, null]);
  });
});

describe("a bracket", () => {
  const bracket = {
    size: 2,
    customTag: "b",
    stopLossBracket: { ticks: -20, type: 4 },
    takeProfitBracket: { ticks: 30, type: 1 },
  };

  it("has children that wait without prices, known to the hub and not to REST", () => {
    const engine = gatewayAt15();
    const events = heardFrom(engine);
    const entry = placed(engine, { ...bracket, type: 1, limitPrice: 1 });
    const children = events.slice(0, 2).map(({ payload }) => payload.data);
    expect(children).toMatchObject([
      { id: entry + 1, status: 8, type: 4, side: 1, customTag: "b-SL", parentOrderId: entry },
      { id: entry + 2, status: 8, type: 1, customTag: "b-TP", linkedOrderId: entry + 1 },
    ]);
    for (const child of children) {
      expect(child).not.toHaveProperty("stopPrice");
      expect(child).not.toHaveProperty("limitPrice");
    }
    expect(engine.searchOpenOrders(ACCOUNT).map(({ id }) => id)).toEqual([entry]);
    expect(engine.searchOrders(ACCOUNT, 0, Infinity).map(({ id }) => id)).toEqual([entry]);
    engine.cancel({ accountId: ACCOUNT, orderId: entry });
    expect([entry + 1, entry + 2].map((id) => engine.order(id)?.status)).toEqual([3, 3]);
  });

  it("comes alive around the entry's price; one child fills and the other is cancelled", () => {
    const engine = gatewayAt15();
    const entry = engine.order(placed(engine, bracket));
    if (!entry) throw new Error("no entry");
    const price = entry.filledTicks / 2;
    const [stop, target] = [engine.order(entry.id + 1), engine.order(entry.id + 2)];
    expect(stop).toMatchObject({ status: STATUS.open, stop: price - 20, limit: null, size: 2 });
    expect(target).toMatchObject({ status: STATUS.open, limit: price + 30, stop: null, size: 2 });
    expect(engine.searchOpenOrders(ACCOUNT).map(({ id }) => id)).toEqual([stop?.id, target?.id]);
    engine.advance(5 * HOUR_US);
    const ends = [stop?.status, target?.status].sort();
    expect(ends).toEqual([STATUS.filled, STATUS.cancelled]);
    expect(engine.searchPositions(ACCOUNT)).toEqual([]);
  });

  it("guards only what was filled when the rest of its entry is cancelled", () => {
    const engine = gatewayAt15({ partialFills: 1 });
    const limitPrice = near(engine, -6);
    const entry = placed(engine, { ...bracket, size: 6, type: 1, limitPrice });
    for (let minute = 0; engine.order(entry)?.fillVolume === 0 && minute < 600; minute += 1) {
      engine.advance(MINUTE_US);
    }
    const filled = engine.order(entry)?.fillVolume;
    engine.cancel({ accountId: ACCOUNT, orderId: entry });
    expect(engine.order(entry + 1)).toMatchObject({ status: STATUS.open, size: filled });
  });
});

it("leaves no order undecided once its strategies are done", async () => {
  const { tradedWorld } = await import("./worlds.js");
  const { engine } = tradedWorld(3, 5);
  expect([...engine.orders].filter(({ status }) => !isTerminal(status))).toEqual([]);
});
