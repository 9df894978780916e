import type { TradingDay } from "../trading-day.js";
import { periodOf } from "./period.js";
import type { SumSpan } from "./sum-row.js";

/** Periods of one span, the first and the last. */
export interface SpanRange {
  readonly span: SumSpan;
  readonly first: string;
  readonly last: string;
}

/**
 * Cuts days into as few kept periods as there are: whole years that are over, whole months around them, and single
 * days at the ends. Each day lies in exactly one of the ranges.
 *
 * @param first the first day; null for the beginning
 * @param last the last day; null for the end
 * @param newest the newest day that is kept: its month and year have no rows of their own yet
 */
export function spanRanges(
  first: TradingDay | null,
  last: TradingDay | null,
  newest: TradingDay | null,
): readonly SpanRange[] {
  if (newest === null) return [];
  const from = first ?? EARLIEST;
  const to = last !== null && last < newest ? last : newest;
  return cut("year", from, to, newest);
}

/** Before every day that is kept, and the first of its year. */
const EARLIEST = "1970-01-01" as TradingDay;

function cut(
  span: SumSpan,
  from: TradingDay,
  to: TradingDay,
  newest: TradingDay,
): readonly SpanRange[] {
  if (from > to) return [];
  if (span === "day") return [{ span, first: from, last: to }];
  const shorter = span === "year" ? "month" : "day";
  const begin = firstDay(from, span) === from ? from : firstAfter(from, span);
  const whole = firstAfter(to, span) === dayAfter(to) ? dayAfter(to) : firstDay(to, span);
  const running = firstDay(newest, span);
  const end = whole < running ? whole : running;
  if (begin >= end) return cut(shorter, from, to, newest);
  return [
    ...cut(shorter, from, dayBefore(begin), newest),
    { span, first: periodOf(begin, span), last: periodOf(dayBefore(end), span) },
    ...cut(shorter, end, to, newest),
  ];
}

const MS_PER_DAY = 86_400_000;

function moved(day: string, days: number): TradingDay {
  const at = Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY;
  return new Date(at).toISOString().slice(0, 10) as TradingDay;
}

export const dayBefore = (day: TradingDay): TradingDay => moved(day, -1);
export const dayAfter = (day: TradingDay): TradingDay => moved(day, 1);

function firstDay(day: TradingDay, span: "year" | "month"): TradingDay {
  return (span === "year" ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 7)}-01`) as TradingDay;
}

function firstAfter(day: TradingDay, span: "year" | "month"): TradingDay {
  // No month has 32 days, and no year 367.
  return firstDay(moved(firstDay(day, span), span === "year" ? 366 : 31), span);
}
