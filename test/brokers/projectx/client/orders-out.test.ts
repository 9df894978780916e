import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProjectXOrder } from "../../../../src/brokers/projectx/client/order-request.js";
import {
  json,
  networkError,
  refusal,
  ScriptedGateway,
  silence,
  status,
  success,
  thrownBy,
} from "./scripted-gateway.js";

const ORDER: ProjectXOrder = {
  accountId: "900",
  contractId: "CON.F.US.MNQ.H27",
  side: "SELL",
  orderType: "STOP_LIMIT",
  quantity: 2,
  limitPrice: "20999.75",
  stopPrice: 21000,
  customTag: "bot-strategy-open-1",
  stopLoss: { ticks: -40 },
  takeProfit: { ticks: 80, orderType: "LIMIT" },
};

let gateway: ScriptedGateway;

beforeEach(() => {
  vi.useFakeTimers();
  gateway = new ScriptedGateway();
});
afterEach(() => vi.useRealTimers());

async function place(order: ProjectXOrder = ORDER): Promise<string> {
  const placed = gateway.client().placeOrder(order);
  placed.catch(() => {});
  await vi.advanceTimersByTimeAsync(60_000);
  return placed;
}

describe("placing an order", () => {
  it("says it in the gateway's words and returns the gateway's id", async () => {
    gateway.on("Order/place", () => success({ orderId: 3425270858 }));
    expect(await place()).toBe("3425270858");
    expect(gateway.asked("Order/place").map(({ body }) => body)).toEqual([
      {
        accountId: 900,
        contractId: "CON.F.US.MNQ.H27",
        type: 3,
        side: 1,
        size: 2,
        limitPrice: 20999.75,
        stopPrice: 21000,
        trailPrice: null,
        customTag: "bot-strategy-open-1",
        stopLossBracket: { ticks: -40, type: 4 },
        takeProfitBracket: { ticks: 80, type: 1 },
      },
    ]);
  });

  it.each([
    ["MARKET", 2],
    ["LIMIT", 1],
    ["STOP", 4],
    ["TRAILING_STOP", 5],
    ["JOIN_BID", 6],
    ["JOIN_ASK", 7],
  ] as const)("calls %s type %i", async (orderType, type) => {
    gateway.on("Order/place", () => success({ orderId: 1 }));
    await place({ ...ORDER, orderType });
    expect(gateway.asked("Order/place")[0]?.body.type).toBe(type);
  });

  it.each([
    [
      2,
      "Trading is currently unavailable.",
      "OrderRejected (2), Trading is currently unavailable.",
    ],
    [3, "Not enough margin.", "InsufficientFunds (3), Not enough margin."],
    [9, null, "ContractNotActive (9)"],
  ])("that is refused with code %i says why, and is refused for good", async (code, told, why) => {
    gateway.on("Order/place", () => refusal(code, told));
    expect(await thrownBy(place())).toMatchObject({
      code: "invalid",
      outcome: undefined,
      message: `ProjectX refused Order/place: ${why}`,
    });
    expect(gateway.asked("Order/place")).toHaveLength(1);
  });

  it.each([
    ["times out", silence, "no answer within 15 s"],
    ["ends in a network error", networkError, "fetch failed: connect ECONNREFUSED 127.0.0.1:1"],
    ["meets a server's error", () => status(500), "HTTP 500"],
    ["has an answer that is cut off", () => new Response('{"succ'), "no JSON"],
    ["has an answer without the order's id", () => success({ orderId: null }), "orderId"],
    ["has an answer of something else", () => json({ hello: 1 }), "not the gateway's"],
    ["is still pending", () => refusal(6), "OrderPending (6)"],
    ["meets an error that the gateway cannot name", () => refusal(7, "?"), "UnknownError (7), ?"],
  ])("that %s is unknown, and is never sent again", async (_what, answer, why) => {
    gateway.on("Order/place", answer, () => success({ orderId: 2 }));
    expect(await thrownBy(place())).toMatchObject({
      code: "unavailable",
      outcome: "unknown",
      message: expect.stringContaining(why),
    });
    expect(gateway.asked("Order/place")).toHaveLength(1);
  });

  it("that comes too often was surely not placed", async () => {
    gateway.on("Order/place", () => status(429));
    expect(await thrownBy(place())).toMatchObject({ code: "unavailable", outcome: undefined });
    expect(gateway.asked("Order/place")).toHaveLength(1);
  });

  it("that cannot log in was surely not placed", async () => {
    gateway.on("Auth/loginKey", () => status(500));
    expect(await thrownBy(place())).toMatchObject({ code: "unavailable", outcome: undefined });
    expect(gateway.asked("Order/place")).toEqual([]);
  });

  it("with a token that has ended is sent with a new one: nothing was done before", async () => {
    gateway.on(
      "Order/place",
      () => status(401),
      () => success({ orderId: 2 }),
    );
    expect(await place()).toBe("2");
    expect(gateway.asked("Order/place").map(({ token }) => token)).toEqual(["token-1", "token-2"]);
  });

  it.each([
    [{ accountId: "PRAC" }, /^account id must be a number/],
    [{ quantity: 0 }, /^quantity must be a positive whole number/],
    [{ quantity: 1.5 }, /^quantity must be a positive whole number/],
    [{ limitPrice: "a lot" }, /^limit price must be a decimal/],
    [{ stopPrice: Number.NaN }, /^stop price must be a finite number/],
    [{ stopLoss: { ticks: 0 } }, /^ticks of the stop-loss/],
    [{ takeProfit: { ticks: 0.5 } }, /^ticks of the take-profit/],
  ])("with %j is never sent", async (fields, message) => {
    expect(await thrownBy(place({ ...ORDER, ...fields }))).toMatchObject({
      code: "invalid",
      message: expect.stringMatching(message),
    });
    expect(gateway.heard).toEqual([]);
  });
});

describe("cancelling and closing", () => {
  it("say what", async () => {
    gateway.on("Order/cancel", () => success());
    gateway.on("Position/closeContract", () => success());
    const client = gateway.client();
    await client.cancelOrder("900", "3425270858");
    await client.closePosition("900", "CON.F.US.MNQ.H27");
    expect(gateway.asked("Order/cancel")[0]?.body).toEqual({ accountId: 900, orderId: 3425270858 });
    expect(gateway.asked("Position/closeContract")[0]?.body).toEqual({
      accountId: 900,
      contractId: "CON.F.US.MNQ.H27",
    });
  });

  it("are refused by the name of the gateway's error", async () => {
    gateway.on("Order/cancel", () => refusal(2));
    gateway.on("Position/closeContract", () => refusal(2));
    const client = gateway.client();
    expect(await thrownBy(client.cancelOrder("900", "1"))).toMatchObject({
      code: "invalid",
      message: "ProjectX refused Order/cancel: OrderNotFound (2)",
    });
    expect(await thrownBy(client.closePosition("900", "X"))).toMatchObject({
      code: "invalid",
      message: "ProjectX refused Position/closeContract: PositionNotFound (2)",
    });
  });

  it("of which nobody knows whether they were done are unknown", async () => {
    gateway.on(
      "Order/cancel",
      () => refusal(4),
      () => status(500),
    );
    const client = gateway.client();
    for (const _ of [1, 2]) {
      expect(await thrownBy(client.cancelOrder("900", "1"))).toMatchObject({
        code: "unavailable",
        outcome: "unknown",
      });
    }
  });
});
