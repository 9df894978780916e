import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingFills, placeholder } from "../../src/domain/order.js";
import { applyFills, applyReport } from "../../src/domain/order-merge.js";
import { fill } from "./order-fills.js";
import { afterReports, anyReports, blank, report } from "./order-reports.js";

describe("reports of an order", () => {
  it("end the same in any order, however often each comes", () => {
    const deliveries = anyReports.chain((reports) => {
      const again = fc
        .subarray([...reports])
        .chain((some) =>
          fc.shuffledSubarray([...reports, ...some], { minLength: reports.length + some.length }),
        );
      return fc.tuple(fc.constant(reports), again);
    });
    fc.assert(
      fc.property(deliveries, ([reports, delivered]) => {
        const [first = reports[0], ...later] = delivered;
        expect(afterReports(first, ...later)).toEqual(afterReports(...reports));
      }),
      { numRuns: 1_000 },
    );
  });

  it("never shrink the filled quantity", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        let order = blank(reports[0]);
        for (const next of reports) {
          const after = applyReport(order, next).order;
          expect(after.filledQuantity).toBeGreaterThanOrEqual(order.filledQuantity);
          expect(after.brokerFilledQuantity).toBeGreaterThanOrEqual(next.brokerFilledQuantity);
          order = after;
        }
      }),
    );
  });

  it("told again change nothing", () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const order = afterReports(...reports);
        for (const again of reports) expect(applyReport(order, again).changes).toEqual({});
      }),
    );
  });

  it("may come before, between and after the fills", () => {
    const fills = [fill("1", 2, "10", 1), fill("2", 3, "11", 2)];
    fc.assert(
      fc.property(anyReports, fc.nat({ max: 6 }), fc.nat({ max: 6 }), (reports, one, both) => {
        const { accountId, orderId, symbol, contractId, root, side, executedAt } = fill(
          "1",
          2,
          "10",
          1,
        );
        const facts = { accountId, orderId, symbol, contractId, root, side };
        let order = placeholder({ ...facts, createdAt: executedAt });
        for (let i = 0; i <= 6; i += 1) {
          if (i === one) order = applyFills(order, fills.slice(0, 1));
          if (i === both) order = applyFills(order, fills);
          const next = reports[i];
          if (next) order = applyReport(order, next).order;
        }
        expect(applyFills(order, fills)).toEqual(applyFills(afterReports(...reports), fills));
      }),
    );
  });
});

describe("two reports that disagree", () => {
  it("are settled field by field: the newest that knows the field", () => {
    const old = report({ updatedAt: "2026-08-19T14:01:00Z", limitPrice: "10", customTag: "x" });
    const young = report({ updatedAt: "2026-08-19T14:02:00Z", limitPrice: "11", quantity: 3 });
    for (const order of [afterReports(old, young), afterReports(young, old)]) {
      expect(order).toMatchObject({ limitPrice: 11_000_000_000, quantity: 3, customTag: "x" });
    }
  });

  it("stay with the API where a file says otherwise, also a later one", () => {
    const api = report({ updatedAt: "2026-08-19T14:01:00Z", quantity: 3 });
    const file = report({
      updatedAt: "2026-08-20T14:01:00Z",
      quantity: 4,
      limitPrice: "10",
      authority: "file",
    });
    for (const order of [afterReports(api, file), afterReports(file, api)]) {
      expect(order).toMatchObject({ quantity: 3, limitPrice: 10_000_000_000 });
    }
  });

  it("about its beginning are settled for the earlier, and for the API over a file", () => {
    const created = (createdAt: string, authority: "api" | "file") =>
      report({ createdAt, updatedAt: "2026-08-19T15:00:00Z", authority });
    const early = created("2026-08-19T14:00:00Z", "api");
    const late = created("2026-08-19T14:00:01Z", "api");
    const file = created("2026-08-19T13:59:59Z", "file");
    for (const [first, ...later] of [
      [early, late, file],
      [file, late, early],
      [late, file, early],
    ]) {
      const order = afterReports(first ?? early, ...later);
      expect(order.createdAt).toBe(early.createdAt);
    }
  });

  it("keep the end that was told first", () => {
    const filled = report({ status: "FILLED" });
    const cancelled = report({ status: "CANCELLED" });
    expect(afterReports(filled, cancelled).status).toBe("FILLED");
    expect(afterReports(cancelled, filled).status).toBe("CANCELLED");
    expect(applyReport(afterReports(filled), cancelled).refused).toBe("FILLED -> CANCELLED");
  });

  it("about contract or side are not of one order", () => {
    const order = afterReports(report());
    expect(() => applyReport(order, report({ side: "SELL" }))).toThrow(
      "order 1 is a BUY, not a SELL",
    );
    const other = { ...report(), contract: { ...report().contract, contractId: "X", symbol: "X" } };
    // An id of another contract, which the catalog would have made.
    expect(() => applyReport(order, other as never)).toThrow("order 1 is of MNQU26, not of X");
  });
});

describe("what an order takes from its fills", () => {
  const reported = afterReports(
    report({
      quantity: 5,
      filledQuantity: 4,
      averageFillPrice: "9.75",
      filledAt: "2026-08-19T15:00:00Z",
    }),
  );

  it("is the broker's word while there are none", () => {
    expect(reported).toMatchObject({
      filledQuantity: 4,
      remainingQuantity: 1,
      averageFillPrice: 9_750_000_000,
    });
    expect(missingFills(reported)).toBe(4);
  });

  it("is theirs as soon as there are some, but never fewer contracts than the broker said", () => {
    const order = applyFills(reported, [fill("1", 2, "10", 1), fill("2", 1, "11", 2)]);
    expect(order).toMatchObject({
      bookedQuantity: 3,
      filledQuantity: 4,
      averageFillPrice: 10_333_333_333,
      filledAt: fill("2", 1, "11", 2).executedAt,
    });
    expect(missingFills(order)).toBe(1);
    const more = applyFills(order, [fill("1", 2, "10", 1), fill("2", 4, "11", 2)]);
    expect(more).toMatchObject({ filledQuantity: 6, remainingQuantity: 0 });
    expect(missingFills(more)).toBe(0);
  });

  it("leaves out those that do not count", () => {
    const states = ["void", "held", "withdrawn", "unmatched"] as const;
    const idle = states.map((state, i) => ({ ...fill(String(i + 1), 1, "10", i), state }));
    expect(applyFills(reported, idle)).toEqual(reported);
    const taken = applyFills(reported, [fill("9", 1, "10", 9)]);
    expect(applyFills(taken, idle)).toEqual(reported);
  });
});
