import { MONEY_UNIT, type Money, moneyToNumber } from "../money.js";
import { dollarsOf } from "./dollars.js";
import { percentileOf } from "./percentile.js";

/** Values from one bound (included) to the next (excluded; of the last bin, included). Dollars. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The least of 1, 2 or 5 times a power of ten that leaves at most so many bins between two values; in millionths. */
function widthFor(low: Money, high: Money, wanted: number): number {
  if (low === high) return MONEY_UNIT;
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].find((factor) => factor * power * wanted >= high - low);
    if (step !== undefined) return step * power;
  }
}

/**
 * How often amounts lie where: bins of one width (1, 2 or 5 times a power of ten, of dollars or millionths) that begin
 * at a multiple of it, so that 0 is a bound; at most one or two more than asked for. Empty without amounts; one bin
 * of a dollar when all are equal.
 */
export function histogram(values: ArrayLike<Money>, wanted: number): readonly Bin[] {
  const first = values[0];
  if (first === undefined) return [];
  let [low, high] = [first, first];
  for (let n = 0; n < values.length; n += 1) {
    const value = values[n] ?? first;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const width = widthFor(low, high, wanted);
  // Whole numbers divide exactly down to the next whole one.
  const start = Math.floor(low / width);
  const counts = new Array<number>(Math.max(1, Math.ceil(high / width) - start)).fill(0);
  for (let n = 0; n < values.length; n += 1) {
    const bin = Math.min(counts.length - 1, Math.floor((values[n] ?? 0) / width) - start);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bound = (i: number) => moneyToNumber(((start + i) * width) as Money);
  return counts.map((count, i) => ({ from: bound(i), to: bound(i + 1), count }));
}

/** The 5th, 25th, 50th, 75th and 95th percentile, dollars; null without amounts. */
export function quartiles(values: ArrayLike<Money>): Percentiles | null {
  if (values.length === 0) return null;
  const dollars = dollarsOf(values);
  const at = (fraction: number) => percentileOf(dollars, fraction) ?? 0;
  return { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) };
}

export interface Percentiles {
  readonly p5: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
}
