import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Money } from "../../../src/domain/money.js";
import { combineSums, NO_RESULTS, sumsOf } from "../../../src/domain/performance/result-sums.js";
import { tallyBy } from "../../../src/domain/performance/result-tally.js";
import { packed } from "./made-up-results.js";

const amount = fc.integer({ min: -5, max: 5 }) as fc.Arbitrary<Money>;
const result = fc.record({
  quantity: fc.integer({ min: 1, max: 9 }),
  grossPnl: amount,
  commissions: fc.option(amount),
  fees: fc.option(amount),
  netPnl: amount,
  costsKnown: fc.boolean(),
  durationSeconds: fc.nat({ max: 99 }),
});

describe("a tally of results", () => {
  it("is the sum of the sums of each, group by group", () => {
    const property = fc.property(fc.array(result, { maxLength: 30 }), (results) => {
      const columns = {
        quantity: results.map((r) => r.quantity),
        grossPnl: results.map((r) => r.grossPnl),
        commissions: results.map((r) => packed(r.commissions)),
        fees: results.map((r) => packed(r.fees)),
        netPnl: results.map((r) => r.netPnl),
        costsKnown: results.map((r) => (r.costsKnown ? 1 : 0)),
        durationSeconds: results.map((r) => r.durationSeconds),
      };
      const groupOf = (n: number) => (results[n]?.quantity ?? 0) % 3;
      const tallied = tallyBy(columns, groupOf);
      const groups = new Set(results.map((_, n) => groupOf(n)));
      expect(new Set(tallied.keys())).toEqual(groups);
      for (const group of groups) {
        const wanted = results
          .filter((_, n) => groupOf(n) === group)
          .map(sumsOf)
          .reduce((a, b) => combineSums(a, b), NO_RESULTS);
        expect(tallied.get(group)).toEqual(wanted);
      }
    });
    fc.assert(property, { numRuns: 300 });
  });
});
