import type { TradingDay } from "../trading-day.js";

export const PERIODS = ["day", "week", "month", "year"] as const;
export type Period = (typeof PERIODS)[number];

/**
 * The period that a trading day lies in: 2026-08-03, 2026-W32, 2026-08 or 2026. Weeks are those of ISO 8601: they
 * begin on Monday, and belong to the year that has their Thursday.
 */
export function periodOf(day: TradingDay, period: Period): string {
  switch (period) {
    case "day":
      return day;
    case "week":
      return isoWeek(day);
    case "month":
      return day.slice(0, 7);
    case "year":
      return day.slice(0, 4);
  }
}

const MS_PER_DAY = 86_400_000;

function isoWeek(day: TradingDay): string {
  const epochDay = Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
  const thursday = epochDay - weekdayOf(day) + 4;
  const year = new Date(thursday * MS_PER_DAY).toISOString().slice(0, 4);
  const firstDay = Date.parse(`${year}-01-01T00:00:00Z`) / MS_PER_DAY;
  const week = Math.floor((thursday - firstDay) / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** 1 for Monday to 7 for Sunday, of a trading day: a session that begins on Sunday evening is Monday's. */
function weekdayOf(day: TradingDay): number {
  const sunday0 = new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay();
  return sunday0 === 0 ? 7 : sunday0;
}
