import { describe, expect, it } from "vitest";
import { parseGatewayEvent } from "../../../src/brokers/projectx/stream.js";
import { orderRow, positionRow, tradeRow } from "./rows.js";

const kinds = (event: string, payload: unknown) =>
  parseGatewayEvent(event, payload).map((parsed) =>
    "event" in parsed ? parsed.event.kind : `problem: ${parsed.problem.message}`,
  );

describe("an event of the gateway's hub", () => {
  it.each([
    ["GatewayUserAccount", { id: 900, name: "PRAC-V2-1-2", balance: 5 }, "account"],
    ["GatewayUserOrder", orderRow(), "order"],
    ["GatewayUserTrade", tradeRow(), "fill"],
    ["GatewayUserPosition", positionRow(), "position"],
  ])("%s is read bare, in an envelope and in an array", (event, object, kind) => {
    expect(kinds(event, object)).toEqual([kind]);
    expect(kinds(event, { action: 1, data: object })).toEqual([kind]);
    expect(kinds(event, [{ action: 1, data: object }])).toEqual([kind]);
    expect(kinds(event, [object, object])).toEqual([kind, kind]);
    expect(kinds(event, { action: 0, data: [object, object] })).toEqual([kind, kind]);
    expect(kinds(event, [[{ action: 1, data: object }], object])).toEqual([kind, kind]);
  });

  it("tells the stream as its source", () => {
    expect(parseGatewayEvent("GatewayUserTrade", { action: 0, data: tradeRow() })).toMatchObject([
      { event: { kind: "fill", input: { fillId: "3000000001", source: "projectx-stream" } } },
    ]);
  });

  it.each(["GatewayTrade", "GatewayDepth"])("%s tells nothing that is recorded", (event) =>
    expect(parseGatewayEvent(event, { action: 1, data: { id: 1 } })).toEqual([]),
  );

  it("with a bad object among good ones gives its problem and JSON, and reads the others", () => {
    const bad = orderRow({ status: 12 });
    const parsed = parseGatewayEvent("GatewayUserOrder", [orderRow(), bad, orderRow()]);
    expect(parsed.map((one) => "event" in one)).toEqual([true, false, true]);
    expect(parsed[1]).toEqual({
      problem: { column: "status", message: expect.stringMatching(/^status must be .*, was 12$/) },
      text: JSON.stringify(bad),
    });
  });

  it("of a name nobody knows is a problem", () => {
    expect(parseGatewayEvent("GatewayUserDream", { id: 1 })).toEqual([
      { problem: { column: "event", message: "unknown event GatewayUserDream" }, text: '{"id":1}' },
    ]);
  });

  it("reads an id that comes as a bigint", () => {
    expect(kinds("GatewayUserTrade", tradeRow({ id: 3000000001n }))).toEqual(["fill"]);
  });

  it("does not take NaN for unknown", () => {
    expect(kinds("GatewayUserTrade", tradeRow({ commissions: Number.NaN }))).toEqual([
      'problem: commissions must be a number, was "NaN"',
    ]);
  });
});

describe("an account on the stream", () => {
  const told = (fields: object) =>
    parseGatewayEvent("GatewayUserAccount", { id: 900, name: "PRAC-V2-1-2", ...fields });

  it("tells its balance of now and whether it can trade", () => {
    expect(told({ balance: 149848.64, canTrade: true })).toEqual([
      {
        event: {
          kind: "account",
          input: { accountId: "900", accountName: "PRAC-V2-1-2" },
          told: { balance: 149848.64, canTrade: true },
        },
      },
    ]);
  });

  it("leaves unknown what it does not tell, and a balance of 0 a known one", () => {
    expect(told({ balance: 0 })).toMatchObject([
      { event: { told: { balance: 0, canTrade: null } } },
    ]);
    expect(told({ canTrade: false })).toMatchObject([
      { event: { told: { balance: null, canTrade: false } } },
    ]);
  });
});

describe("a position on the stream", () => {
  const told = (fields: Readonly<Record<string, unknown>>, action = 1) =>
    parseGatewayEvent("GatewayUserPosition", { action, data: positionRow(fields) });
  const flat = { side: null, quantity: 0, averagePrice: null };

  it("is what the broker holds", () => {
    expect(told({ type: 2, size: 3 })).toEqual([
      {
        event: {
          kind: "position",
          input: {
            accountId: "900",
            contract: "CON.F.US.MNQ.H27",
            side: "SHORT",
            quantity: 3,
            averagePrice: 21000.5,
            openedAt: "2027-01-05T14:30:00.611387+00:00",
            brokerPositionId: "825000001",
          },
        },
      },
    ]);
    expect(told({ type: 1 })).toMatchObject([{ event: { input: { side: "LONG", quantity: 2 } } }]);
  });

  it.each([0, 1, 2])("of size 0 is flat, whatever its type (%i)", (type) => {
    expect(told({ size: 0, type })).toMatchObject([{ event: { input: flat } }]);
  });

  it("whose envelope says closed is flat, whatever its size", () => {
    expect(told({ size: 2, type: 1 }, 2)).toMatchObject([{ event: { input: flat } }]);
  });

  it("that is flat needs no price", () => {
    expect(told({ size: 0, type: 0, averagePrice: undefined })).toMatchObject([
      { event: { input: flat } },
    ]);
  });

  it.each([
    [{ type: 0 }, "type 0 Undefined of 2 contracts: which side?"],
    [{ type: 3 }, "type must be one of the codes 0 Undefined, 1 Long, 2 Short, was 3"],
    [{ type: undefined }, "type is missing"],
    [{ size: -2 }, "size must not be negative, was -2"],
    [{ averagePrice: 0 }, "averagePrice must not be zero, was 0"],
    [{ averagePrice: undefined }, "averagePrice is missing"],
  ])("of %j is no guess but a problem", (fields, message) => {
    expect(told(fields)).toMatchObject([{ problem: { message } }]);
  });
});

describe("a quote of the market hub", () => {
  const CONTRACT = "CON.F.US.MNQ.H27";
  const quote = (fields: object) => ({
    symbol: "F.US.MNQ",
    timestamp: "2027-01-05T14:30:00.348+00:00",
    ...fields,
  });
  const told = (fields: object) => parseGatewayEvent("GatewayQuote", CONTRACT, quote(fields));

  it("is of the contract that comes before it, at the price last traded", () => {
    expect(told({ lastPrice: 21000.25, bestBid: 21000, bestAsk: 21000.5 })).toEqual([
      {
        event: {
          kind: "quote",
          input: {
            contract: CONTRACT,
            price: 21000.25,
            bid: 21000,
            ask: 21000.5,
            at: "2027-01-05T14:30:00.348+00:00",
          },
        },
      },
    ]);
  });

  it.each([
    [29547, 29547.5, "29547.25"],
    [0.0000005, 0.000001, "0.00000075"],
    [110.00390625, 110.0078125, "110.005859375"],
    [-37.63, -37.62, "-37.625"],
  ])("without a last trade is the middle of %d and %d, to the digit", (bestBid, bestAsk, price) => {
    expect(told({ bestBid, bestAsk })).toMatchObject([{ event: { input: { price } } }]);
  });

  it.each([{}, { bestBid: 21000 }, { bestAsk: 21000 }, { lastPrice: 0 }])(
    "of %j tells no price, and nothing is made of it",
    (fields) => expect(told(fields)).toEqual([]),
  );

  it("takes its contract from the payload where none comes before it", () => {
    const payload = quote({ lastPrice: 1, contract: CONTRACT });
    expect(parseGatewayEvent("GatewayQuote", payload)).toMatchObject([
      { event: { input: { contract: CONTRACT } } },
    ]);
    expect(parseGatewayEvent("GatewayQuote", quote({ lastPrice: 1 }))).toMatchObject([
      { problem: { message: "contract is missing" } },
    ]);
  });

  it("without a moment is a problem", () => {
    expect(told({ lastPrice: 1, timestamp: undefined })).toMatchObject([
      { problem: { column: "timestamp", message: "timestamp is missing" } },
    ]);
    const lastUpdated = "2027-01-05T14:30:01.4347534+00:00";
    expect(told({ lastPrice: 1, timestamp: undefined, lastUpdated })).toMatchObject([
      { event: { input: { at: lastUpdated } } },
    ]);
  });

  it("comes in lists, too", () => {
    const one = quote({ lastPrice: 1 });
    expect(parseGatewayEvent("GatewayQuote", CONTRACT, [one, one])).toHaveLength(2);
  });
});

describe("text that no database stores", () => {
  it("is written out in what is handed on", () => {
    expect(
      parseGatewayEvent("GatewayUserOrder", orderRow({ customTag: "a\0b\ud800c\u{1f600}" })),
    ).toMatchObject([{ event: { input: { customTag: "a\\u0000b\\ud800c\u{1f600}" } } }]);
  });

  it("is written out in problems and their text", () => {
    const [parsed] = parseGatewayEvent("GatewayUserOrder", orderRow({ side: "\0\udc00" }));
    expect(parsed).toMatchObject({
      problem: { message: expect.stringContaining('was "\\u0000\\udc00"') },
      text: expect.stringContaining('"side":"\\u0000\\udc00"'),
    });
    expect(parseGatewayEvent("Gateway\0\ud800", {})).toMatchObject([
      { problem: { message: "unknown event Gateway\\u0000\\ud800" } },
    ]);
  });

  it("is not made by cutting a long value between the halves of a character", () => {
    for (const side of ["\u{1f600}".repeat(99), `a${"\u{1f600}".repeat(99)}`]) {
      const [parsed] = parseGatewayEvent("GatewayUserOrder", orderRow({ side }));
      expect(parsed).toMatchObject({ problem: { message: expect.stringMatching(/\.\.\.$/) } });
      expect(JSON.stringify(parsed)).not.toMatch(/\\ud83d/);
    }
  });
});

describe("parseGatewayEvent never throws", () => {
  const cycle: Record<string, unknown> = orderRow();
  cycle.self = cycle;
  const trap = (): never => {
    throw new Error("trap");
  };
  const getter = Object.defineProperty(orderRow(), "status", { get: trap, enumerable: true });
  const array = Object.defineProperty([orderRow(), orderRow()], 0, { get: trap });
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  const deep = JSON.parse(`${"[".repeat(3000)}${"]".repeat(3000)}`);

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a number", 5],
    ["text", "order"],
    ["a bigint", 5n],
    ["a symbol", Symbol("s")],
    ["a function", trap],
    ["a cycle", cycle],
    ["an envelope around a cycle", { action: 1, data: cycle }],
    ["a getter that throws", getter],
    ["a toJSON that throws", { toJSON: trap }],
    ["a revoked proxy", proxy],
    ["an envelope without data", { action: 1, data: null }],
  ])("on %s: one problem", (_what, payload) => {
    for (const event of ["GatewayUserAccount", "GatewayUserOrder", "GatewayUserTrade", "Other"]) {
      const parsed = parseGatewayEvent(event, payload);
      expect(parsed).toHaveLength(1);
      expect(parsed[0]).toMatchObject({ problem: {}, text: expect.any(String) });
    }
  });

  it("on an array with an element that cannot be reached: the others are read", () => {
    expect(kinds("GatewayUserOrder", array)).toEqual([
      "problem: object cannot be written as JSON",
      "order",
    ]);
  });

  it("on an array nested beyond reason", () => {
    expect(() => parseGatewayEvent("GatewayUserOrder", deep)).not.toThrow();
  });
});
