import { describe, expect, it } from "vitest";
import { parseGatewayEvent } from "../../../src/brokers/projectx/stream.js";
import { orderRow, tradeRow } from "./rows.js";

const kinds = (event: string, payload: unknown) =>
  parseGatewayEvent(event, payload).map((parsed) =>
    "event" in parsed ? parsed.event.kind : `problem: ${parsed.problem.message}`,
  );

describe("an event of the gateway's hub", () => {
  it.each([
    ["GatewayUserAccount", { id: 900, name: "PRAC-V2-1-2", balance: 5 }, "account"],
    ["GatewayUserOrder", orderRow(), "order"],
    ["GatewayUserTrade", tradeRow(), "fill"],
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

  it.each(["GatewayUserPosition", "GatewayQuote", "GatewayTrade", "GatewayDepth"])(
    "%s tells nothing that is recorded",
    (event) => expect(parseGatewayEvent(event, { action: 1, data: { id: 1 } })).toEqual([]),
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
