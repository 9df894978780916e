import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../src/domain/instant.js";
import {
  type Breakdown,
  compareGroups,
  groupLabel,
  groupOf,
} from "../../../src/domain/performance/breakdown.js";
import { durationBand } from "../../../src/domain/performance/duration-band.js";
import { periodOf } from "../../../src/domain/performance/period.js";
import { parseTradingDay } from "../../../src/domain/trading-day.js";

const result = (entered: string, seconds = 30) => ({
  symbol: "MNQU26",
  root: "MNQ",
  strategy: null,
  side: "LONG" as const,
  entryTimestamp: parseInstant(entered, "entered"),
  durationSeconds: seconds,
  entryOrderType: null,
  exitTimestamp: parseInstant("2026-03-09T14:30:00Z", "left"),
});
const group = (made: ReturnType<typeof result>, by: Breakdown) => groupOf((name) => made[name], by);
const hour = (entered: string) => group(result(entered), "hour");

describe("groups of results", () => {
  it("takes the hour of Chicago, before and after the clocks change", () => {
    expect(hour("2026-03-06T14:30:00Z")).toBe("8");
    expect(hour("2026-03-09T14:30:00Z")).toBe("9");
    expect(hour("2026-03-09T04:59:59.999999Z")).toBe("23");
    expect(hour("2026-03-09T05:00:00Z")).toBe("0");
  });

  it("takes the weekday of the trading day: Sunday evening is Monday's", () => {
    const sunday = parseInstant("2026-03-08T23:00:00Z", "left");
    expect(group({ ...result("2026-03-08T22:30:00Z"), exitTimestamp: sunday }, "weekday")).toBe(
      "1",
    );
    expect(groupLabel("1", "weekday")).toBe("Monday");
  });

  it("takes symbol, root and side of the position; strategy and type are null without any", () => {
    const of = (by: Breakdown) => group(result("2026-03-09T14:30:00Z"), by);
    expect(
      ["symbol", "root", "side", "strategy", "entry-type"].map((by) => of(by as Breakdown)),
    ).toEqual(["MNQU26", "MNQ", "LONG", null, null]);
    expect(groupLabel(null, "strategy")).toBe("(none)");
    expect(groupLabel(null, "entry-type")).toBe("(unknown)");
  });

  it("bands holding times by whole seconds", () => {
    const bands = [0, 59, 60, 299, 300, 899, 900, 3_599, 3_600, 14_399, 14_400, 86_399, 86_400];
    expect(bands.map(durationBand)).toEqual([
      "1m",
      "1m",
      "5m",
      "5m",
      "15m",
      "15m",
      "1h",
      "1h",
      "4h",
      "4h",
      "1d",
      "1d",
      "more",
    ]);
  });

  it("orders hours from the session's start, durations by length, unknown last", () => {
    const sorted = (by: Breakdown, ...keys: readonly (string | null)[]) =>
      [...keys].sort((a, b) => compareGroups(a, b, by));
    expect(sorted("hour", "9", "17", "0", "16", "23")).toEqual(["17", "23", "0", "9", "16"]);
    expect(sorted("duration", "more", "1h", "1m")).toEqual(["1m", "1h", "more"]);
    expect(sorted("strategy", null, "b", "a")).toEqual(["a", "b", null]);
  });

  it("names ISO weeks by the year of their Thursday", () => {
    const week = (day: string) => periodOf(parseTradingDay(day), "week");
    expect(
      ["2024-12-30", "2026-01-01", "2026-12-31", "2027-01-01", "2027-01-04", "2026-08-03"].map(
        week,
      ),
    ).toEqual(["2025-W01", "2026-W01", "2026-W53", "2026-W53", "2027-W01", "2026-W32"]);
    expect(periodOf(parseTradingDay("2026-08-03"), "month")).toBe("2026-08");
    expect(periodOf(parseTradingDay("2026-08-03"), "year")).toBe("2026");
  });
});
