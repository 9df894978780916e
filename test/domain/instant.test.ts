import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInstant, type Instant, parseInstant } from "../../src/domain/instant.js";

const read = (value: string | Date) => parseInstant(value, "time");
const iso = (value: string | Date) => formatInstant(read(value));

describe("reading an instant", () => {
  it.each([
    ["2026-08-19T14:16:01Z", "2026-08-19T14:16:01Z"],
    ["2026-08-19T14:16Z", "2026-08-19T14:16:00Z"],
    ["2026-08-19 14:16:01z", "2026-08-19T14:16:01Z"],
    ["2026-08-19T14:16:01.5+00:00", "2026-08-19T14:16:01.500000Z"],
    ["2026-08-19T14:16:01,4061+00:00", "2026-08-19T14:16:01.406100Z"],
    ["2026-08-19T09:16:01-05:00", "2026-08-19T14:16:01Z"],
    ["2026-08-19T16:16:01+0200", "2026-08-19T14:16:01Z"],
    ["2026-08-19T16:16:01+02", "2026-08-19T14:16:01Z"],
    ["2026-08-20T00:01:00+05:45", "2026-08-19T18:16:00Z"],
    ["2026-12-31T23:00:00-02:00", "2027-01-01T01:00:00Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"],
  ])("%s is %s", (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it("cuts what lies beyond microseconds and never rounds: REST and stream agree", () => {
    const stream = "2026-08-19T20:49:25.3938339+00:00";
    expect(read(stream)).toBe(read("2026-08-19T20:49:25.393833+00:00"));
    expect(iso("2026-08-19T23:59:59.9999999Z")).toBe("2026-08-19T23:59:59.999999Z");
  });

  it("takes a Date, to the millisecond", () => {
    expect(iso(new Date(1_786_000_000_123))).toBe("2026-08-06T07:06:40.123000Z");
  });

  it.each([
    "2026-08-19T14:16:01",
    "2026-08-19",
    "08/19/2026 14:16:01 +00:00",
    "2026-8-19T14:16:01Z",
    "1786000000000",
    "now",
    "",
  ])("refuses %j: an offset is missing, or it is no ISO-8601", (text) => {
    expect(() => read(text)).toThrow(
      `time must be an ISO-8601 instant with an offset (2026-08-19T14:16:01.406128Z), was ${JSON.stringify(text)}`,
    );
  });

  it.each([
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-08-00T00:00:00Z",
    "2026-08-19T24:00:00Z",
    "2026-08-19T14:60:00Z",
    "2026-08-19T14:16:60Z",
    "2026-08-19T14:16:01+15:00",
    "2026-08-19T14:16:01+01:75",
    "1969-12-31T23:59:59Z",
    "2201-01-01T00:00:00Z",
    "1970-01-01T00:00:00+01:00",
    "2200-12-31T23:59:59-01:00",
  ])("refuses %j: there is no such moment", (text) => {
    expect(() => read(text)).toThrow(`time is no moment in time: ${JSON.stringify(text)}`);
  });

  it.each([-1, Date.UTC(2201, 0), 8_640_000_000_000_000])("refuses Date %i as well", (epochMs) => {
    expect(() => read(new Date(epochMs))).toThrow(expect.objectContaining({ code: "invalid" }));
  });

  it("refuses an invalid Date, and a value that is no text, with the code invalid", () => {
    expect(() => read(new Date(Number.NaN))).toThrow("time is an invalid Date");
    // What a caller without types may send.
    const number = 5 as unknown as string;
    expect(() => read(number)).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});

describe("writing an instant", () => {
  const instants = fc
    .integer({ min: 0, max: Date.UTC(2200, 11, 31) * 1_000 })
    .map((micros) => micros as Instant);

  it("comes back as it went", () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(read(formatInstant(instant))).toBe(instant);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same moment in any zone", () => {
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
    const days = fc.integer({ min: 1, max: 80_000 }).map((day) => day * 86_400_000_000);
    fc.assert(
      fc.property(days, fc.nat({ max: 86_399_999_999 }), offsets, (day, micros, minutes) => {
        const there = formatInstant((day + micros + minutes * 60_000_000) as Instant);
        expect(read(there.replace("Z", zone(minutes)))).toBe(day + micros);
      }),
    );
  });

  it("has six decimals, or none", () => {
    expect(formatInstant(0 as Instant)).toBe("1970-01-01T00:00:00Z");
    expect(formatInstant(1 as Instant)).toBe("1970-01-01T00:00:00.000001Z");
  });
});

function zone(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
