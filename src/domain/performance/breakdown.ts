/** What results can be grouped by. Hour and weekday are the exchange's: America/Chicago. */
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

export const PERIODS = ["day", "week", "month", "year"] as const;
export type Period = (typeof PERIODS)[number];
