/**
 * The value below which a fraction of the values lies, in their unit: linear between the two nearest ranks
 * (Hyndman and Fan 1996, type 7; numpy's default). Null for no values.
 *
 * @param sorted ascending
 * @param fraction from 0 to 1
 */
export function percentile(sorted: ArrayLike<number>, fraction: number): number | null {
  const place = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (place - Math.floor(place));
}

/** The middle value, or the mean of the two middle ones, in their unit; null for no values. */
export function median(values: ArrayLike<number>): number | null {
  return percentile(Float64Array.from(values).sort(), 0.5);
}
