import { ratio } from "./finite.js";
import { median, medianOf } from "./percentile.js";
import type { ResultSums } from "./result-sums.js";

/** Mean holding time, first entry to last exit: seconds a result. Null without results. */
export const averageSeconds = (sums: ResultSums): number | null => ratio(sums.seconds, sums.count);

/** The same over the wins (net > 0). */
export const averageWinSeconds = (sums: ResultSums): number | null =>
  ratio(sums.winSeconds, sums.wins);

/** The same over the losses (net < 0). */
export const averageLossSeconds = (sums: ResultSums): number | null =>
  ratio(sums.lossSeconds, sums.losses);

/**
 * Median holding time: seconds. `sign` picks the wins (1) or the losses (-1), by the net of the same place. Null
 * without any.
 */
export function medianSeconds(
  seconds: ArrayLike<number>,
  nets: ArrayLike<number>,
  sign?: 1 | -1,
): number | null {
  if (sign === undefined) return median(seconds);
  const picked = new Float64Array(seconds.length);
  let count = 0;
  for (let n = 0; n < seconds.length; n += 1) {
    if ((nets[n] ?? 0) * sign <= 0) continue;
    picked[count] = seconds[n] ?? 0;
    count += 1;
  }
  return medianOf(picked.subarray(0, count));
}
