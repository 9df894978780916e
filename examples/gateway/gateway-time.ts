/** Microseconds since 1970, UTC: the virtual clock's unit. */
export const SECOND_US = 1_000_000;
export const MINUTE_US = 60 * SECOND_US;
export const HOUR_US = 60 * MINUTE_US;
export const DAY_US = 24 * HOUR_US;

const MS_US = 1_000;

/**
 * An instant as the hub writes it: seven digits, of which REST cuts the last one off. That digit
 * follows from the others, so that an instant reads the same whenever it is told.
 */
export function streamTime(us: number): string {
  return `${secondsOf(us)}.${microsOf(us)}${1 + (us % 9)}+00:00`;
}

/** An instant as REST writes it: up to six digits, without zeros at their end. */
export function restTime(us: number): string {
  const fraction = microsOf(us).replace(/0+$/, "");
  return `${secondsOf(us)}${fraction === "" ? "" : `.${fraction}`}+00:00`;
}

/** Null for text that is no ISO-8601 instant with an offset. Digits beyond microseconds are cut. */
export function parseTime(text: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!parts) return null;
  const [, seconds = "", fraction = "", offset = ""] = parts;
  const ms = Date.parse(`${seconds}${offset}`);
  return Number.isNaN(ms) ? null : ms * MS_US + Number(fraction.slice(0, 6).padEnd(6, "0"));
}

function secondsOf(us: number): string {
  return new Date(Math.floor(us / SECOND_US) * 1_000).toISOString().slice(0, 19);
}

function microsOf(us: number): string {
  return String(us % SECOND_US).padStart(6, "0");
}
