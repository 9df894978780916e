import { percentile } from "./percentile.js";

/** Values from one bound (included) to the next (excluded; of the last bin, included). Dollars. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Widths that read well: 1, 2 or 5 times a power of ten. */
function niceWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const step = [1, 2, 5, 10].find((factor) => width <= factor * power) ?? 10;
  return step * power;
}

/**
 * How often values lie where: bins of one width (1, 2 or 5 times a power of ten) that begin at a multiple of it, so
 * that 0 is a bound; at most about as many as asked for. Empty without values; one bin when all are equal.
 */
export function histogram(values: readonly number[], wanted: number): readonly Bin[] {
  if (values.length === 0) return [];
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const width = low === high ? 1 : niceWidth((high - low) / wanted);
  const first = Math.floor(low / width);
  const count = Math.max(1, Math.ceil(high / width) - first);
  const counts = new Array<number>(count).fill(0);
  for (const value of values) {
    const bin = Math.min(count - 1, Math.floor(value / width) - first);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bound = (i: number) => Number(((first + i) * width).toPrecision(12));
  return counts.map((n, i) => ({ from: bound(i), to: bound(i + 1), count: n }));
}

/** The 5th, 25th, 50th, 75th and 95th percentile; null without values. */
export function quartiles(values: readonly number[]): Percentiles | null {
  const sorted = Float64Array.from(values).sort();
  const at = (fraction: number) => percentile(sorted, fraction) ?? 0;
  if (sorted.length === 0) return null;
  return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}

export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}
