import type { Instant } from "./instant.js";

const MICROS_PER_HOUR = 3_600_000_000;
const HOURS_PER_DAY = 24;

const CHICAGO = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Chicago",
  hourCycle: "h23",
  hour: "2-digit",
});

/** The offset of each day in UTC seen; null where it changes within the day. A century is 36,525 days. */
const offsetByDay = new Map<number, number | null>();
const REMEMBERED_DAYS = 50_000;

/**
 * The hour in Chicago that an instant lies in, counted from 1970-01-01 00:00 there. Offsets are whole hours and change
 * on whole hours, so one answer serves a day, but for the two days a year on which the clocks change.
 */
export function exchangeHours(at: Instant): number {
  const utcHour = Math.floor(at / MICROS_PER_HOUR);
  const day = Math.floor(utcHour / HOURS_PER_DAY);
  let offset = offsetByDay.get(day);
  if (offset === undefined) {
    offset = dayOffset(day);
    if (offsetByDay.size >= REMEMBERED_DAYS) offsetByDay.clear();
    offsetByDay.set(day, offset);
  }
  return utcHour + (offset ?? hourOffset(utcHour));
}

function dayOffset(day: number): number | null {
  const first = hourOffset(day * HOURS_PER_DAY);
  return first === hourOffset(day * HOURS_PER_DAY + HOURS_PER_DAY - 1) ? first : null;
}

/** Hours that Chicago is ahead of UTC in a UTC hour: -6 or -5. */
function hourOffset(utcHour: number): number {
  const there = Number(CHICAGO.format(utcHour * 3_600_000));
  const ahead = (there - utcHour) % HOURS_PER_DAY;
  return ahead > 0 ? ahead - HOURS_PER_DAY : ahead;
}
