import { describe, expect, it } from "vitest";
import { formatInstant, type Instant, parseInstant } from "../../src/domain/instant.js";
import {
  dayAfter,
  isWeekday,
  parseTradingDay,
  tradingDay,
  tradingDayEnd,
  tradingDayStart,
  tradingWeekday,
} from "../../src/domain/trading-day.js";

const dayOf = (text: string) => tradingDay(parseInstant(text, "time"));

describe("the trading day", () => {
  it.each([
    ["winter, a microsecond before 17:00", "2026-01-14T16:59:59.999999-06:00", "2026-01-14"],
    ["winter, at 17:00", "2026-01-14T17:00:00-06:00", "2026-01-15"],
    ["summer, a microsecond before 17:00", "2026-07-15T16:59:59.999999-05:00", "2026-07-15"],
    ["summer, at 17:00", "2026-07-15T17:00:00-05:00", "2026-07-16"],
    ["midnight is no border", "2026-07-16T00:00:00-05:00", "2026-07-16"],
    ["a morning", "2026-07-16T08:30:00-05:00", "2026-07-16"],
    ["Sunday evening is Monday", "2026-08-16T17:00:00-05:00", "2026-08-17"],
    ["Sunday before the open is Sunday", "2026-08-16T16:59:00-05:00", "2026-08-16"],
    ["Friday at 17:00 is Saturday", "2026-08-21T17:00:00-05:00", "2026-08-22"],
    ["the end of a month", "2026-08-31T18:00:00-05:00", "2026-09-01"],
    ["the end of a year", "2026-12-31T18:00:00-06:00", "2027-01-01"],
    ["the end of February", "2028-02-28T18:00:00-06:00", "2028-02-29"],
  ])("%s", (_, instant, day) => {
    expect(dayOf(instant)).toBe(day);
    // By the calendar: 0 is a Sunday.
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    expect(tradingWeekday(parseInstant(instant, "time"))).toBe(weekday === 0 ? 7 : weekday);
  });

  it.each([
    ["Juneteenth", "2025-06-19T08:33:00-05:00", "2025-06-19"],
    ["Independence Day", "2025-07-04T08:33:00-05:00", "2025-07-04"],
    ["Good Friday", "2026-04-03T08:00:00-05:00", "2026-04-03"],
    ["Thanksgiving evening", "2025-11-27T19:08:00-06:00", "2025-11-28"],
    ["Christmas", "2026-12-25T10:00:00-06:00", "2026-12-25"],
  ])("does not merge holidays: %s", (_, instant, day) => {
    expect(dayOf(instant)).toBe(day);
  });

  it.each([
    ["2026-03-08T21:59:59.999999Z", "2026-03-08", "16:59 in summer time, from that morning on"],
    ["2026-03-08T22:00:00Z", "2026-03-09", "17:00 in summer time"],
    ["2026-03-07T22:59:59.999999Z", "2026-03-07", "16:59 in winter time, the day before"],
    ["2026-03-07T23:00:00Z", "2026-03-08", "17:00 in winter time"],
    ["2026-11-01T22:59:59.999999Z", "2026-11-01", "16:59 in winter time, from that morning on"],
    ["2026-11-01T23:00:00Z", "2026-11-02", "17:00 in winter time"],
    ["2026-10-31T21:59:59.999999Z", "2026-10-31", "16:59 in summer time, the day before"],
    ["2026-10-31T22:00:00Z", "2026-11-01", "17:00 in summer time"],
  ])("when clocks change: %s is %s (%s)", (instant, day) => {
    expect(dayOf(instant)).toBe(day);
  });

  it("has 23 hours when clocks go forward and 25 when they go back", () => {
    const hours = (from: string, day: string) => {
      const start = parseInstant(from, "time") / 3_600_000_000;
      const next = Array.from({ length: 72 }, (_, i) =>
        dayOf(new Date((start + i) * 3_600_000).toISOString()),
      );
      return next.filter((found) => found === day).length;
    };
    expect(hours("2026-03-06T00:00:00Z", "2026-03-08")).toBe(23);
    expect(hours("2026-10-30T22:00:00Z", "2026-11-01")).toBe(25);
    expect(hours("2026-08-18T00:00:00Z", "2026-08-19")).toBe(24);
  });

  it("is the same asked again", () => {
    const once = dayOf("2026-01-14T23:30:00Z");
    expect([once, dayOf("2026-01-14T23:30:00Z"), dayOf("2026-01-14T22:30:00Z")]).toEqual([
      "2026-01-15",
      "2026-01-15",
      "2026-01-14",
    ]);
  });
});

describe("the end of a trading day", () => {
  it.each([
    ["winter", "2026-01-14", "2026-01-14T23:00:00Z"],
    ["summer", "2026-07-15", "2026-07-15T22:00:00Z"],
    ["the Saturday before clocks go forward", "2026-03-07", "2026-03-07T23:00:00Z"],
    ["the Sunday on which they do", "2026-03-08", "2026-03-08T22:00:00Z"],
    ["the Saturday before clocks go back", "2026-10-31", "2026-10-31T22:00:00Z"],
    ["the Sunday on which they do", "2026-11-01", "2026-11-01T23:00:00Z"],
    ["Good Friday", "2026-04-03", "2026-04-03T22:00:00Z"],
    ["Independence Day", "2025-07-04", "2025-07-04T22:00:00Z"],
    ["Thanksgiving", "2025-11-27", "2025-11-27T23:00:00Z"],
    ["the last of a year", "2026-12-31", "2026-12-31T23:00:00Z"],
  ])("%s: %s ends at %s", (_, text, end) => {
    const day = parseTradingDay(text);
    expect(formatInstant(tradingDayEnd(day))).toBe(end);
    expect(tradingDayStart(dayAfter(day, 1))).toBe(tradingDayEnd(day));
  });

  it("is where the day changes, on every day of two years", () => {
    let day = parseTradingDay("2025-01-01");
    for (let i = 0; i < 730; i += 1) {
      const end = tradingDayEnd(day);
      expect(tradingDay((end - 1) as Instant)).toBe(day);
      expect(tradingDay(end)).toBe(dayAfter(day, 1));
      expect(tradingDay(tradingDayStart(day))).toBe(day);
      day = dayAfter(day, 1);
    }
    expect(day).toBe("2027-01-01");
  });

  it("knows weekdays", () => {
    const week = ["2026-08-16", "2026-08-17", "2026-08-21", "2026-08-22"].map(parseTradingDay);
    expect(week.map(isWeekday)).toEqual([false, true, true, false]);
  });
});

describe("a day as text", () => {
  it("is a calendar date", () => {
    expect(parseTradingDay("2028-02-29")).toBe("2028-02-29");
  });

  it.each(["2026-02-29", "2026-13-01", "2026-1-1", "2026-01-01T00:00:00Z", "today", ""])(
    "%j is none",
    (text) => {
      expect(() => parseTradingDay(text)).toThrow(
        `day must be YYYY-MM-DD, was ${JSON.stringify(text)}`,
      );
    },
  );
});
