import { invalid } from "./errors.js";

declare const instantUnit: unique symbol;

/** A moment in UTC: microseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantUnit]: "us" };

/** ISO-8601 text with an offset or Z (fractions beyond microseconds are cut, as the broker does), or a Date. */
export type InstantInput = string | Date;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s*(Z|z|[+-]\d\d(?::?\d\d)?)$/;

/** 1970 to 2200: outside of it a timestamp is a mistake, not a trade. */
const END_OF_TIME = Date.UTC(2201, 0, 1) * 1000;

/** @throws BlotterError `invalid` for text without an offset, a day that does not exist, or an invalid Date. */
export function parseInstant(value: InstantInput, what: string): Instant {
  if (value instanceof Date) {
    const epochMs = value.getTime();
    if (Number.isNaN(epochMs)) throw invalid(`${what} is an invalid Date`);
    const instant = epochMsToInstant(epochMs);
    if (!isInRange(instant))
      throw invalid(`${what} is not between 1970 and 2200: ${value.toISOString()}`);
    return instant;
  }
  const match = typeof value === "string" ? ISO.exec(value.trim()) : null;
  if (!match) {
    throw invalid(
      `${what} must be an ISO-8601 instant with an offset (2026-08-19T14:16:01.406128Z), was ${JSON.stringify(value)}`,
    );
  }
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone = "Z"] = match;
  const fields = { year, month, day, hour, minute, second };
  const instant = civilToInstant(fields, offsetMinutes(zone), fraction);
  if (instant === null) throw invalid(`${what} is no moment in time: ${JSON.stringify(value)}`);
  return instant;
}

interface CivilFields {
  readonly year: string | undefined;
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second: string | undefined;
}

/** Null when the fields name no moment between 1970 and 2200 (February 30, 25:00). */
export function civilToInstant(
  civil: CivilFields,
  offset: number | null,
  fraction: string,
): Instant | null {
  const [y, mo, d] = [Number(civil.year), Number(civil.month), Number(civil.day)];
  const [h, mi, s] = [Number(civil.hour), Number(civil.minute), Number(civil.second)];
  if (offset === null || h > 23 || mi > 59 || s > 59) return null;
  const utcMs = Date.UTC(y, mo - 1, d, h, mi, s);
  const back = new Date(utcMs);
  if (back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d) return null;
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  const instant = ((utcMs - offset * 60_000) * 1000 + micros) as Instant;
  return isInRange(instant) ? instant : null;
}

/** True for whole microseconds between 1970 and 2200. */
export function isInstant(value: unknown): value is Instant {
  return Number.isSafeInteger(value) && isInRange(Number(value) as Instant);
}

function isInRange(instant: Instant): boolean {
  return instant >= 0 && instant < END_OF_TIME;
}

/** Minutes east of UTC of "Z", "+01:00", "-0500" or "+02"; null when out of range. */
export function offsetMinutes(zone: string): number | null {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", "") || 0);
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

export function epochMsToInstant(epochMs: number): Instant {
  return (Math.trunc(epochMs) * 1000) as Instant;
}

/** ISO-8601 in UTC with as many fraction digits as needed: none, or six. */
export function formatInstant(instant: Instant): string {
  const epochSeconds = Math.floor(instant / 1_000_000);
  const micros = instant - epochSeconds * 1_000_000;
  const head = new Date(epochSeconds * 1000).toISOString().slice(0, 19);
  return micros === 0 ? `${head}Z` : `${head}.${String(micros).padStart(6, "0")}Z`;
}

/** Whole seconds from a to b, cut towards zero. */
export function secondsBetween(a: Instant, b: Instant): number {
  return Math.trunc((b - a) / 1_000_000);
}
