interface DurationBand {
  readonly key: string;
  readonly label: string;
  /** Whole seconds from which the next band begins. */
  readonly below: number;
}

/** Holding times in the steps in which traders think of them. */
export const DURATION_BANDS: readonly DurationBand[] = [
  { key: "1m", label: "under 1 min", below: 60 },
  { key: "5m", label: "1 to 5 min", below: 300 },
  { key: "15m", label: "5 to 15 min", below: 900 },
  { key: "1h", label: "15 to 60 min", below: 3_600 },
  { key: "4h", label: "1 to 4 hours", below: 14_400 },
  { key: "1d", label: "4 to 24 hours", below: 86_400 },
  { key: "more", label: "1 day and more", below: Number.POSITIVE_INFINITY },
];

/** The band of a holding time, by its upper end. */
export function durationBand(seconds: number): string {
  return DURATION_BANDS.find(({ below }) => seconds < below)?.key ?? "more";
}
