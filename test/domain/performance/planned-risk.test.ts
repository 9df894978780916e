import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountId, OrderId } from "../../../src/domain/ids.js";
import { type Money, parseMoney, parsePrice } from "../../../src/domain/money.js";
import {
  isProtectionMoved,
  isRiskMoved,
  plannedRisk,
  riskShare,
  stopRisk,
  UNKNOWN_ENTRY,
} from "../../../src/domain/performance/planned-risk.js";
import { orderRow } from "../../contract/made-up-rows.js";
import { nearestEven } from "../../oracle/exact.js";

const usd = (value: string) => parseMoney(value, "money");
const points = (value: string) => parsePrice(value, "price");

describe("planned risk", () => {
  const long = { side: "LONG", quantity: 2 } as const;
  const short = { side: "SHORT", quantity: 2 } as const;
  const stopped = {
    ...UNKNOWN_ENTRY,
    filledQuantity: 4,
    averageFillPrice: points("20000.25"),
    protectiveStop: points("19990"),
  };

  it("is the distance to the stop on the losing side, x quantity x point value", () => {
    expect(plannedRisk(stopped, long, usd("2"))).toBe(usd("41"));
    expect(plannedRisk(stopped, short, usd("2"))).toBeNull();
    const above = { ...stopped, protectiveStop: points("20010.5") };
    expect(plannedRisk(above, short, usd("2"))).toBe(usd("41"));
    const at = { ...stopped, protectiveStop: stopped.averageFillPrice };
    expect(plannedRisk(at, long, usd("2"))).toBeNull();
  });

  it("is what a person wrote, before any stop, by the part of the order's quantity", () => {
    const written = { ...stopped, writtenRisk: usd("100") };
    expect(plannedRisk(written, long, usd("2"))).toBe(usd("50"));
    expect(plannedRisk({ ...written, filledQuantity: 0 }, long, usd("2"))).toBeNull();
    // A position bears no more than all of the order that opened it.
    expect(plannedRisk(written, { ...long, quantity: 9 }, usd("2"))).toBe(usd("100"));
  });

  it("is unknown without a price of the entry or of a stop", () => {
    expect(plannedRisk(UNKNOWN_ENTRY, long, usd("2"))).toBeNull();
    expect(plannedRisk({ ...stopped, averageFillPrice: null }, long, usd("2"))).toBeNull();
    expect(plannedRisk({ ...stopped, protectiveStop: null }, long, usd("2"))).toBeNull();
  });

  it("is unknown rather than too much for the books, whatever a stop's price says", () => {
    const slip = { ...stopped, protectiveStop: points("-999999") };
    expect(plannedRisk(slip, { ...long, quantity: 1_000_000 }, usd("1000"))).toBeNull();
    expect(plannedRisk(slip, { ...long, quantity: 1 }, usd("2"))).toBe(usd("2039998.5"));
  });

  it("is exact to the millionth, rounded half to even", () => {
    expect(stopRisk(5, 1, 500_000_000 as Money)).toBe(2);
    expect(stopRisk(7, 1, 500_000_000 as Money)).toBe(4);
    const distance = fc.oneof(fc.integer({ min: 1, max: 4_000 }), fc.nat(10 ** 14));
    const cases = fc.tuple(distance, fc.nat(30), fc.integer({ min: 1, max: 3_000_000_000 }));
    fc.assert(
      fc.property(cases, ([far, quantity, worth]) => {
        const exact = nearestEven(BigInt(far) * BigInt(quantity) * BigInt(worth), 10n ** 9n);
        fc.pre(exact <= 9n * 10n ** 14n);
        const expected = far === 0 ? null : Number(exact);
        expect(stopRisk(far, quantity, worth as Money)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it("adds up over the parts of an order but for rounding", () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 60_000_000 }),
      fc.integer({ min: 1, max: 12 }),
    );
    fc.assert(
      fc.property(cases, ([risk, ordered]) => {
        const one = riskShare(risk as Money, 1, ordered) ?? 0;
        expect(Math.abs(one * ordered - risk)).toBeLessThanOrEqual(ordered / 2);
        expect(riskShare(risk as Money, ordered, ordered)).toBe(risk);
      }),
    );
    expect(riskShare(0 as Money, 1, 1)).toBeNull();
    expect(riskShare(1 as Money, 1, 0)).toBeNull();
  });
});

describe("an order that changed", () => {
  const order = orderRow("55" as AccountId, "1", {
    averageFillPrice: points("100"),
    filledQuantity: 1,
    stopPrice: points("99"),
    parentOrderId: "2" as OrderId,
  });

  it("moves the risk of what it entered by its average price, filled quantity or stop", () => {
    expect(isRiskMoved(order, { ...order, notes: "x" })).toBe(false);
    expect(isRiskMoved(order, { ...order, averageFillPrice: points("101") })).toBe(true);
    expect(isRiskMoved(order, { ...order, filledQuantity: 2 })).toBe(true);
    expect(isRiskMoved(order, { ...order, stopLossOrderId: "3" as OrderId })).toBe(true);
  });

  it("moves what it protects by its stop price, its parent or its age", () => {
    expect(isProtectionMoved(order, { ...order, notes: "x" })).toBe(false);
    expect(isProtectionMoved(null, order)).toBe(true);
    expect(isProtectionMoved(null, { ...order, stopPrice: null })).toBe(false);
    expect(isProtectionMoved(order, { ...order, stopPrice: null })).toBe(true);
    expect(isProtectionMoved({ ...order, stopPrice: null }, order)).toBe(true);
    expect(isProtectionMoved(order, { ...order, parentOrderId: null })).toBe(true);
    const older = { ...order, createdAt: (order.createdAt - 1) as typeof order.createdAt };
    expect(isProtectionMoved(order, older)).toBe(true);
    const limit = { ...order, stopPrice: null };
    expect(isProtectionMoved(limit, { ...limit, parentOrderId: null })).toBe(false);
  });
});
