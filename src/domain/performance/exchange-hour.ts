import type { Instant } from "../instant.js";

const MICROS_PER_HOUR = 3_600_000_000;

const CHICAGO = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Chicago",
  hourCycle: "h23",
  hour: "2-digit",
});

/** The exchange's hour of each UTC hour seen: offsets change on whole hours, so one answer serves the hour. */
const known = new Map<number, number>();
const REMEMBERED_HOURS = 50_000;

/** The hour of an instant in Chicago, 0 to 23. */
export function exchangeHour(at: Instant): number {
  const utcHour = Math.floor(at / MICROS_PER_HOUR);
  const found = known.get(utcHour);
  if (found !== undefined) return found;
  const hour = Number(CHICAGO.format(utcHour * 3_600_000));
  if (known.size >= REMEMBERED_HOURS) known.clear();
  known.set(utcHour, hour);
  return hour;
}
