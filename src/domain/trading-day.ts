import { invalid } from "./errors.js";
import { exchangeHours } from "./exchange-time.js";
import type { Instant } from "./instant.js";

declare const tradingDayBrand: unique symbol;

/** A session day as YYYY-MM-DD: the Chicago date, and from 17:00 on the next one. Holidays are not merged. */
export type TradingDay = string & { readonly [tradingDayBrand]: true };

const MICROS_PER_HOUR = 3_600_000_000;
const ROLL_HOUR = 17;

/** The names of the days seen, by their number since 1970. */
const dayNames = new Map<number, TradingDay>();
const REMEMBERED_DAYS = 50_000;

/** The trading day an instant belongs to. Rule: Topstep, "5:00 PM CT - 3:10 PM CT"; checked on broker exports. */
export function tradingDay(at: Instant): TradingDay {
  const day = dayNumber(at);
  const known = dayNames.get(day);
  if (known !== undefined) return known;
  const name = new Date(day * 86_400_000).toISOString().slice(0, 10) as TradingDay;
  if (dayNames.size >= REMEMBERED_DAYS) dayNames.clear();
  dayNames.set(day, name);
  return name;
}

/** 1 for Monday to 7 for Sunday, of the trading day that an instant belongs to. */
export function tradingWeekday(at: Instant): number {
  // Day 0 was a Thursday.
  return ((((dayNumber(at) + 3) % 7) + 7) % 7) + 1;
}

/** Trading days since 1970-01-01. */
function dayNumber(at: Instant): number {
  return Math.floor((exchangeHours(at) + 24 - ROLL_HOUR) / 24);
}

const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
/** Chicago is 6 hours behind UTC in winter and 5 in summer. */
const WINTER_ROLL_UTC = ROLL_HOUR + 6;

/** The end of each day asked for; one answer a day. */
const endByDay = new Map<TradingDay, Instant>();

/** The 17:00 Chicago instant at which a trading day ends: the first that is no longer in it. */
export function tradingDayEnd(day: TradingDay): Instant {
  const known = endByDay.get(day);
  if (known !== undefined) return known;
  const winter = (Date.parse(`${day}T00:00:00Z`) * 1000 +
    WINTER_ROLL_UTC * MICROS_PER_HOUR) as Instant;
  // In summer that is 18:00, an hour into the next day; and 16:00 is in the day in both.
  const summer = (winter - MICROS_PER_HOUR) as Instant;
  const end = tradingDay(summer) === day ? winter : summer;
  if (endByDay.size >= REMEMBERED_DAYS) endByDay.clear();
  endByDay.set(day, end);
  return end;
}

/** The instant at which a trading day starts, which is the end of the calendar day before it. */
export function tradingDayStart(day: TradingDay): Instant {
  return tradingDayEnd(dayAfter(day, -1));
}

/** The trading day a number of calendar days later, or earlier. */
export function dayAfter(day: TradingDay, count: number): TradingDay {
  const at = Date.parse(`${day}T00:00:00Z`) + (count * MICROS_PER_DAY) / 1000;
  return new Date(at).toISOString().slice(0, 10) as TradingDay;
}

/** True from Monday to Friday. Holidays are days like others: some products trade on them. */
export function isWeekday(day: TradingDay): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

/** @throws BlotterError `invalid` for text that is no calendar date. */
export function parseTradingDay(text: string): TradingDay {
  const epochMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(epochMs) || new Date(epochMs).toISOString().slice(0, 10) !== text) {
    throw invalid(`day must be YYYY-MM-DD, was ${JSON.stringify(text)}`);
  }
  return text as TradingDay;
}

/** The first instant of a trading day: 17:00 in Chicago on the date before. */
export function startOfTradingDay(day: TradingDay): Instant {
  // 17:00 in Chicago is 22:00 or 23:00 in UTC.
  const summer = (Date.parse(`${day}T00:00:00Z`) * 1000 - 2 * MICROS_PER_HOUR) as Instant;
  return tradingDay(summer) === day ? summer : ((summer + MICROS_PER_HOUR) as Instant);
}
