import { describe, expect, it } from "vitest";
import { accountEvent } from "../../../src/brokers/projectx/account-row.js";
import { orderEvent } from "../../../src/brokers/projectx/order-row.js";
import { tradeEvent } from "../../../src/brokers/projectx/trade-row.js";
import { RefusedRow } from "../../../src/brokers/refused-row.js";
import type { RowProblem } from "../../../src/ports/broker.js";
import { orderRow, tradeRow } from "./rows.js";

function problemOf(read: () => unknown): RowProblem | null {
  try {
    read();
  } catch (error) {
    if (error instanceof RefusedRow) return error.problem;
    throw error;
  }
  return null;
}

const order = (fields: Readonly<Record<string, unknown>>) =>
  orderEvent(orderRow(fields), "t").input;
const trade = (fields: Readonly<Record<string, unknown>>) =>
  tradeEvent(tradeRow(fields), "t").input;

describe("an order row", () => {
  it("tells all it knows, and not when it was filled", () => {
    expect(orderEvent(orderRow(), "test")).toEqual({
      kind: "order",
      input: {
        accountId: "900",
        orderId: "3400000001",
        contract: "CON.F.US.MNQ.H27",
        side: "BUY",
        orderType: "MARKET",
        quantity: 2,
        limitPrice: null,
        stopPrice: null,
        status: "FILLED",
        filledQuantity: 2,
        averageFillPrice: 21000.25,
        parentOrderId: null,
        linkedOrderId: null,
        createdAt: "2027-01-05T14:30:00.15673+00:00",
        cancelledAt: null,
        updatedAt: "2027-01-05T14:30:00.175078+00:00",
        customTag: "bot-strategy-open-1",
        source: "test",
        authority: "api",
      },
    });
  });

  it.each([
    [0, null],
    [1, "WORKING"],
    [2, "FILLED"],
    [3, "CANCELLED"],
    [4, "EXPIRED"],
    [5, "REJECTED"],
    [6, "PENDING"],
    [7, "WORKING"],
    [8, "PENDING"],
  ])("has status %i as %s", (code, status) => {
    expect(order({ status: code })).toMatchObject({ status });
  });

  it.each([
    [0, null],
    [1, "LIMIT"],
    [2, "MARKET"],
    [3, "STOP_LIMIT"],
    [4, "STOP"],
    [5, "TRAILING_STOP"],
    [6, "JOIN_BID"],
    [7, "JOIN_ASK"],
  ])("has type %i as %s", (code, orderType) => {
    expect(order({ type: code })).toMatchObject({ orderType });
  });

  it("takes its last change for the cancellation of a cancelled order alone", () => {
    const updateTimestamp = "2027-01-05T15:00:00+00:00";
    expect(order({ status: 3, updateTimestamp })).toMatchObject({ cancelledAt: updateTimestamp });
    expect(order({ status: 4, updateTimestamp })).toMatchObject({ cancelledAt: null });
  });

  it("keeps what a cancelled order had filled", () => {
    expect(order({ status: 3, fillVolume: 1 })).toMatchObject({
      status: "CANCELLED",
      filledQuantity: 1,
    });
  });

  it("reads a stream's row: nulls left out, ids as text, 7 digits of a second, orderId", () => {
    const row = {
      orderId: "3400000002",
      accountId: "900",
      contractId: "CON.F.US.MNQ.H27",
      creationTimestamp: "2027-01-05T14:30:00.1567391+00:00",
      status: 8,
      type: 4,
      side: 1,
      size: 2,
      parentOrderId: 3400000001,
      linkedOrderId: "3400000003",
      trailDistance: -40,
      trailPrice: 20990,
      surprise: { new: true },
    };
    const event = orderEvent(row, "test");
    expect(event.input).toMatchObject({
      orderId: "3400000002",
      accountId: "900",
      side: "SELL",
      status: "PENDING",
      limitPrice: null,
      stopPrice: null,
      filledQuantity: null,
      averageFillPrice: null,
      parentOrderId: "3400000001",
      linkedOrderId: "3400000003",
      updatedAt: null,
    });
    expect(event.input).not.toHaveProperty("trailAmount");
    expect(event.input).not.toHaveProperty("filledAt");
  });

  it("takes zeros and empty text where nothing stands for unknown", () => {
    const fields = { fillVolume: 0, filledPrice: 0, stopPrice: 0, customTag: "", parentOrderId: 0 };
    expect(order(fields)).toMatchObject({
      filledQuantity: null,
      averageFillPrice: null,
      stopPrice: null,
      customTag: null,
      parentOrderId: null,
    });
  });

  it.each([
    ["id", undefined, "id is missing"],
    ["id", 2 ** 53, /must be a positive whole number below 2\^53.*was 9007199254740992/],
    ["id", -1, /was -1/],
    ["id", "A1", /^id must be an id of digits, .*, was "A1"$/],
    ["id", "a\0b", /^id must be an id of digits, .*, was "a\\u0000b"$/],
    ["filledPrice", 2 ** 53, /filledPrice must be a price, was 9007199254740992/],
    ["id", "007", /was "007"/],
    ["accountId", null, "accountId is missing"],
    ["contractId", "", /must not be empty/],
    ["status", 9, /status must be one of the codes 0 None, 1 Open,.*8 Suspended, was 9/],
    ["status", "2", /was "2"/],
    ["type", 8, /type must be one of the codes 0 Unknown,.*was 8/],
    ["side", 2, /side must be one of the codes 0 Bid, 1 Ask, was 2/],
    ["side", -1, /was -1/],
    ["size", 0, /size must be a positive number of contracts, was 0/],
    ["size", -2, /was -2/],
    ["size", 1.5, /whole number of contracts, was 1.5/],
    ["size", "2", /was "2"/],
    ["fillVolume", -1, /fillVolume must not be negative, was -1/],
    ["limitPrice", "21000", /limitPrice must be a number, was "21000"/],
    ["limitPrice", 0.0000000001, /at most 9 decimals/],
    ["creationTimestamp", "2027-01-05T14:30:00", /with an offset, was "2027-01-05T14:30:00"/],
    ["creationTimestamp", undefined, "creationTimestamp is missing"],
    ["updateTimestamp", "yesterday", /updateTimestamp must be an ISO-8601/],
    ["parentOrderId", 1.5, /parentOrderId must be/],
  ])("with %s %s is refused, naming the field", (field, value, message) => {
    const problem = problemOf(() => orderEvent(orderRow({ [field]: value }), "test"));
    expect(problem?.column).toBe(field);
    expect(problem?.message).toMatch(message);
  });

  it.each([null, 5, "row", [orderRow()]])("that is no object is refused: %j", (row) => {
    expect(problemOf(() => orderEvent(row, "test"))).not.toBeNull();
  });
});

describe("a trade row", () => {
  it("is one fill with this side's costs; an absent commission is unknown", () => {
    expect(tradeEvent(tradeRow(), "test")).toEqual({
      kind: "fill",
      input: {
        accountId: "900",
        fillId: "3000000001",
        orderId: "3400000001",
        contract: "CON.F.US.MNQ.H27",
        side: "BUY",
        quantity: 2,
        price: 21000.25,
        commission: null,
        fee: 0.72,
        executedAt: "2027-01-05T14:30:00.1802+00:00",
        voided: false,
        brokerPnl: null,
        source: "test",
      },
    });
  });

  it("tells commission, P&L and a void where they stand; a zero cost is known", () => {
    const fields = { commissions: 0.5, fees: 0, profitAndLoss: -12.5, voided: true, side: 1 };
    expect(trade(fields)).toMatchObject({
      commission: 0.5,
      fee: 0,
      brokerPnl: -12.5,
      voided: true,
      side: "SELL",
    });
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])("reads %i digits of a second's fraction", (count) => {
    const fraction = count === 0 ? "" : `.${"1234567".slice(0, count)}`;
    const creationTimestamp = `2027-01-05T14:30:00${fraction}+00:00`;
    expect(trade({ creationTimestamp })).toMatchObject({ executedAt: creationTimestamp });
  });

  it.each([
    ["id", undefined, "id is missing"],
    ["orderId", null, "orderId is missing"],
    ["price", 0, /price must not be zero, was 0/],
    ["price", undefined, "price is missing"],
    ["fees", "0.36", /fees must be a number, was "0.36"/],
    ["commissions", 0.0000001, /at most 6 decimals/],
    ["size", 0, /positive number of contracts/],
    ["voided", "no", /must be true or false, was "no"/],
  ])("with %s %s is refused, naming the field", (field, value, message) => {
    const problem = problemOf(() => tradeEvent(tradeRow({ [field]: value }), "test"));
    expect(problem?.column).toBe(field);
    expect(problem?.message).toMatch(message);
  });
});

describe("an account row", () => {
  it("tells id and name; its balance is not the one it started with", () => {
    expect(accountEvent({ id: 900, name: "PRAC-V2-1-2", balance: 1, canTrade: true })).toEqual({
      kind: "account",
      input: { accountId: "900", accountName: "PRAC-V2-1-2" },
      told: { balance: 1, canTrade: true },
    });
  });

  it("without a name is refused", () => {
    expect(problemOf(() => accountEvent({ id: 900 }))).toEqual({
      column: "name",
      message: "name is missing",
    });
  });
});
