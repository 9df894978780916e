import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodOf } from "../../../src/domain/performance/period.js";
import { spanRanges } from "../../../src/domain/performance/span-ranges.js";
import { parseTradingDay, type TradingDay } from "../../../src/domain/trading-day.js";

const day = (text: string) => parseTradingDay(text);
const ranges = (first: string | null, last: string | null, newest: string) =>
  spanRanges(first === null ? null : day(first), last === null ? null : day(last), day(newest)).map(
    ({ first, last }) => `${first}..${last}`,
  );

describe("days as kept periods", () => {
  it("are whole years, whole months and days", () => {
    expect(ranges("2019-03-05", "2024-08-17", "2026-08-03")).toEqual([
      "2019-03-05..2019-03-31",
      "2019-04..2019-12",
      "2020..2023",
      "2024-01..2024-07",
      "2024-08-01..2024-08-17",
    ]);
  });

  it("leave the running month and year to their days and months", () => {
    expect(ranges(null, null, "2026-08-03")).toEqual([
      "1970..2025",
      "2026-01..2026-07",
      "2026-08-01..2026-08-03",
    ]);
    expect(ranges("2026-08-01", "2026-08-31", "2026-08-31")).toEqual(["2026-08-01..2026-08-31"]);
    expect(ranges("2026-08-01", "2026-08-31", "2026-09-01")).toEqual(["2026-08..2026-08"]);
  });

  it("are none without days", () => {
    expect(spanRanges(null, null, null)).toEqual([]);
    expect(ranges("2026-08-04", null, "2026-08-03")).toEqual([]);
  });

  it("hold every day once, and of kept ones only", () => {
    const nth = fc.integer({ min: 0, max: 1_500 }).map((n) => {
      const at = Date.UTC(2023, 11, 1) + n * 86_400_000;
      return new Date(at).toISOString().slice(0, 10) as TradingDay;
    });
    const property = fc.property(nth, nth, nth, nth, (first, last, newest, asked) => {
      const found = spanRanges(first, last, newest).filter(({ span, ...range }) => {
        const period = periodOf(asked, span);
        return range.first <= period && period <= range.last;
      });
      const wanted = asked >= first && asked <= last && asked <= newest;
      expect(found).toHaveLength(wanted ? 1 : 0);
      for (const { span } of found) {
        expect(span === "day" || periodOf(asked, span) < periodOf(newest, span)).toBe(true);
      }
    });
    fc.assert(property, { numRuns: 3_000 });
  });
});
