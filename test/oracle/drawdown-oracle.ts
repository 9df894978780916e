import { MONEY_DECIMALS, toDouble, total } from "./exact.js";
import type { OracleDay } from "./performance-oracle.js";

/** The end of a day: its result, and the cash that came or went on it. */
export type OracleDayEnd = Required<OracleDay>;

/** A day's end below the highest before it. Cash counts as if it had been there from the start. */
interface Depth {
  readonly day: string;
  readonly peak: bigint;
  readonly depth: bigint;
}

function depths(start: bigint, days: readonly OracleDayEnd[]): readonly Depth[] {
  return days.map(({ day }, i) => {
    const won = (n: number) => start + total(days.slice(0, n).map(({ net }) => net));
    const highest = Array.from({ length: i + 2 }, (_, n) => won(n)).reduce((a, b) =>
      b > a ? b : a,
    );
    const cash = total(days.slice(0, i + 1).map((end) => end.cash));
    return { day, peak: highest + cash, depth: won(i + 1) - highest };
  });
}

/** Rows of the table of the worst falls, deepest first: each unbroken run of days below the highest end before. */
export function oracleDrawdowns(start: bigint, days: readonly OracleDayEnd[]) {
  const ends = depths(start, days);
  // d is a day below the peak, - one at it.
  const shape = ends.map(({ depth }) => (depth < 0n ? "d" : "-")).join("");
  return [...shape.matchAll(/d+/g)]
    .map((run) => {
      const from = run.index;
      const after = from + run[0].length;
      const below = ends.slice(from, after);
      const deepest = below.reduce((a, b) => (b.depth < a.depth ? b : a));
      const { peak, depth } = deepest;
      const recovery = ends[after]?.day ?? null;
      return {
        start: ends[from - 1]?.day ?? null,
        bottom: deepest.day,
        recovery,
        peak: toDouble(peak, MONEY_DECIMALS),
        low: toDouble(peak + depth, MONEY_DECIMALS),
        depth: toDouble(depth, MONEY_DECIMALS),
        fraction: peak > 0n ? Number(depth) / Number(peak) : null,
        length: below.length + (recovery === null ? 0 : 1),
      };
    })
    .sort((a, b) => a.depth - b.depth)
    .slice(0, 10);
}

/** The underwater curve: fractions of the peak, null where the peak is not positive. */
export function oracleUnderwater(start: bigint, days: readonly OracleDayEnd[]) {
  return depths(start, days).map(({ day, peak, depth }) => ({
    day,
    depth: toDouble(depth, MONEY_DECIMALS),
    fraction: peak > 0n ? Number(depth) / Number(peak) : null,
  }));
}
