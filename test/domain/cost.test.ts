import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costShare } from "../../src/domain/cost.js";
import { type Money, parseMoney } from "../../src/domain/money.js";
import { anyMoney } from "./exact-amounts.js";

/** A number of contracts cut into slices, in order. */
const slices = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.array(fc.integer({ min: 1, max: 199 })))
  .map(([contracts, cuts]) => {
    const inside = cuts.filter((cut) => cut < contracts);
    const ends = [...new Set([...inside, contracts])].sort((a, b) => a - b);
    return { contracts, slices: ends.map((end, i) => [ends[i - 1] ?? 0, end] as const) };
  });

describe("the shares of a cost", () => {
  it("add up to the whole, however it is cut", () => {
    fc.assert(
      fc.property(anyMoney, slices, (total, { contracts, slices: cut }) => {
        const shares = cut.map(([from, to]) => Number(costShare(total, contracts, from, to)));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are within a millionth of their fair part", () => {
    fc.assert(
      fc.property(anyMoney, slices, (total, { contracts, slices: cut }) => {
        for (const [from, to] of cut) {
          const share = BigInt(Number(costShare(total, contracts, from, to)));
          const off = share * BigInt(contracts) - BigInt(total) * BigInt(to - from);
          expect(off > -BigInt(contracts) && off < BigInt(contracts)).toBe(true);
        }
      }),
    );
  });

  it("do not depend on how the rest is cut", () => {
    const dollar = parseMoney("1", "cost");
    expect(costShare(dollar, 3, 0, 1)).toBe(333_333);
    expect(costShare(dollar, 3, 1, 2)).toBe(333_333);
    expect(costShare(dollar, 3, 2, 3)).toBe(333_334);
    expect(costShare(dollar, 3, 1, 3)).toBe(666_667);
  });

  it("are never unknown of a known zero, and always of an unknown cost", () => {
    expect(costShare(0 as Money, 3, 0, 1)).toBe(0);
    expect(costShare(null, 3, 0, 1)).toBeNull();
  });
});
