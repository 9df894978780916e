import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Money } from "../../../src/domain/money.js";
import {
  distancesWithin,
  quantitiesWithin,
  type RiskRange,
  riskShare,
  stopRisk,
  type WholeRange,
} from "../../../src/domain/performance/planned-risk.js";

const money = (most: number) => fc.integer({ min: 0, max: most }).map((n) => n as Money);
const rangeOf = (most: number): fc.Arbitrary<RiskRange> =>
  fc.record({ min: fc.option(money(most)), max: fc.option(money(most)) });

const isIn = ({ min, max }: RiskRange, risk: Money | null): boolean =>
  risk !== null && (min === null || risk >= min) && (max === null || risk <= max);
const holds = (wholes: WholeRange | null, n: number): boolean =>
  wholes !== null && n >= wholes.from && (wholes.to === null || n <= wholes.to);

describe("a range of planned risk", () => {
  it("is the distances of a stop that risk as much, whatever a point is worth", () => {
    const distance = fc.oneof(fc.integer({ min: 1, max: 4_000 }), fc.maxSafeNat());
    const cases = fc.tuple(rangeOf(3_000), fc.integer({ min: 1, max: 3_000_000_000 }), distance);
    fc.assert(
      fc.property(cases, ([range, worth, n]) => {
        // Beyond what money can be, a stop risks more than any range.
        fc.pre(n * worth < 9e24);
        const pointValue = worth as Money;
        expect(holds(distancesWithin(range, pointValue), n)).toBe(
          isIn(range, stopRisk(n, pointValue)),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the quantities of an order whose share is as much, also above the order's own", () => {
    const quantity = fc.integer({ min: 1, max: 20 });
    const cases = fc.tuple(rangeOf(60), money(60), fc.integer({ min: 0, max: 12 }), quantity);
    fc.assert(
      fc.property(cases, ([range, risk, ordered, n]) => {
        expect(holds(quantitiesWithin(range, risk, ordered), n)).toBe(
          isIn(range, riskShare(risk, n, ordered)),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it("rounds half to even at its ends: 2.5 millionths are 2, and 3.5 are 4", () => {
    const half = 500_000_000 as Money;
    expect(distancesWithin({ min: 3 as Money, max: null }, half)).toEqual({ from: 6, to: null });
    expect(distancesWithin({ min: 2 as Money, max: 2 as Money }, half)).toEqual({ from: 3, to: 5 });
    expect(distancesWithin({ min: 4 as Money, max: 4 as Money }, half)).toEqual({ from: 7, to: 9 });
    expect(distancesWithin({ min: 5 as Money, max: 4 as Money }, half)).toBeNull();
  });
});
