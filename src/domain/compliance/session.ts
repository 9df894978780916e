import { invalid } from "../errors.js";
import { show } from "../ids.js";
import type { Instant } from "../instant.js";
import { type TradingDay, tradingDayEnd } from "../trading-day.js";
import type { SessionRule } from "./rules.js";

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;
const MICROS_PER_MINUTE = 60_000_000;
const ROLL_MINUTE = 17 * 60;

/** Minutes after midnight of "15:10". @throws BlotterError `invalid` for anything that is not before 17:00 */
export function minuteOfDay(text: unknown, what: string): number {
  const [, hour, minute] = (typeof text === "string" && CLOCK.exec(text)) || [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (hour === undefined || minutes >= ROLL_MINUTE) {
    throw invalid(`${what} must be a Chicago time before 17:00 as "15:10", was ${show(text)}`);
  }
  return minutes;
}

/** The instant of a trading day by which positions are closed. No change of clocks lies between it and 17:00. */
export function flatByTime(day: TradingDay, rule: SessionRule): Instant {
  const before = ROLL_MINUTE - minuteOfDay(rule.flatBy, "flatBy");
  return (tradingDayEnd(day) - before * MICROS_PER_MINUTE) as Instant;
}
