import { compareText } from "../ids.js";
import { tradingWeekday } from "../trading-day.js";
import { DURATION_BANDS, durationBand } from "./duration-band.js";
import { exchangeHour } from "./exchange-hour.js";
import type { Result } from "./result.js";

/** What results can be grouped by. Times are the exchange's: America/Chicago. */
export const BREAKDOWNS = [
  "symbol",
  "root",
  "strategy",
  "side",
  "hour",
  "weekday",
  "duration",
  "entry-type",
] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** What a result is grouped by. */
export type GroupedResult = Pick<
  Result,
  | "symbol"
  | "root"
  | "strategy"
  | "side"
  | "entryTimestamp"
  | "exitTimestamp"
  | "durationSeconds"
  | "entryOrderType"
>;

/** The one field that decides. */
export const GROUPING_FIELDS = {
  symbol: "symbol",
  root: "root",
  strategy: "strategy",
  side: "side",
  hour: "entryTimestamp",
  weekday: "exitTimestamp",
  duration: "durationSeconds",
  "entry-type": "entryOrderType",
} as const satisfies Readonly<Record<Breakdown, keyof GroupedResult>>;

/**
 * The group of a result: `symbol` and `root` of its contract; `strategy` and `entry-type` of its entry order, null
 * without one; `side` of its position; `hour` (0 to 23) of its entry, when it was decided; `weekday` (1 Monday to
 * 7) of the trading day of its exit; `duration` from entry to exit.
 */
export function groupOf(
  fieldOf: <K extends keyof GroupedResult>(name: K) => GroupedResult[K],
  by: Breakdown,
): string | null {
  switch (by) {
    case "symbol":
    case "root":
    case "strategy":
    case "side":
    case "entry-type":
      return fieldOf(GROUPING_FIELDS[by]);
    case "hour":
      return String(exchangeHour(fieldOf("entryTimestamp")));
    case "weekday":
      return String(tradingWeekday(fieldOf("exitTimestamp")));
    case "duration":
      return durationBand(fieldOf("durationSeconds"));
  }
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A group's name for people. */
export function groupLabel(key: string | null, by: Breakdown): string {
  if (key === null) return by === "strategy" ? "(none)" : "(unknown)";
  switch (by) {
    case "hour":
      return `${key.padStart(2, "0")}:00`;
    case "weekday":
      return WEEKDAYS[Number(key) - 1] ?? key;
    case "duration":
      return DURATION_BANDS.find((band) => band.key === key)?.label ?? key;
    case "symbol":
    case "root":
    case "strategy":
    case "side":
    case "entry-type":
      return key;
  }
}

/** Hours in the order of a session (from 17:00), weekdays and durations as they come, others by name; null last. */
export function compareGroups(a: string | null, b: string | null, by: Breakdown): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  switch (by) {
    case "hour":
      return ((Number(a) + 7) % 24) - ((Number(b) + 7) % 24);
    case "weekday":
      return Number(a) - Number(b);
    case "duration":
      return bandIndex(a) - bandIndex(b);
    case "symbol":
    case "root":
    case "strategy":
    case "side":
    case "entry-type":
      return compareText(a, b);
  }
}

const bandIndex = (key: string) => DURATION_BANDS.findIndex((band) => band.key === key);
