import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/instant.js";
import { median, percentile } from "../../../src/domain/performance/percentile.js";
import { byExit, tiesOf } from "../../../src/domain/performance/result-order.js";

const exits = fc
  .array(fc.nat({ max: 20 }), { maxLength: 15 })
  .map((times) => times.sort((a, b) => a - b));

describe("results of several accounts", () => {
  it("are merged by exit, the earlier account first, and ties are told", () => {
    const property = fc.property(fc.array(exits, { minLength: 1, maxLength: 6 }), (accounts) => {
      const exitTimestamp = accounts.flat() as Instant[];
      const starts = accounts.map((_, i) => accounts.slice(0, i).flat().length);
      const order = byExit({ exitTimestamp, starts });
      const at = (n: number) => exitTimestamp[n] ?? Number.NaN;
      const wanted = exitTimestamp.map((_, n) => n).sort((a, b) => at(a) - at(b));
      expect([...order]).toEqual(wanted);
      const ties = tiesOf(order, exitTimestamp);
      const times = wanted.map(at);
      const tied = [...new Set(times)].filter(
        (time) => times.indexOf(time) < times.lastIndexOf(time),
      );
      expect(ties).toEqual(tied.map((time) => [times.indexOf(time), times.lastIndexOf(time) + 1]));
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe("the median", () => {
  it("is that of the sorted values", () => {
    const property = fc.property(fc.array(fc.integer({ min: -9, max: 9 })), (values) => {
      const sorted = [...values].sort((a, b) => a - b);
      expect(median(values)).toBe(percentile(sorted, 0.5));
    });
    fc.assert(property, { numRuns: 500 });
  });
});
