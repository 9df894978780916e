import { floorDivide, MONEY_DECIMALS, toDouble } from "./exact.js";

/**
 * The bins of amounts in millionths: of all widths that are 1, 2 or 5 with zeros behind, the least of which as many
 * as wanted cover the span; from the multiple at or below the least amount to that at or above the greatest.
 */
export function oracleBins(amounts: readonly bigint[], wanted: number) {
  if (amounts.length === 0) return [];
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const low = sorted[0] ?? 0n;
  const high = sorted.at(-1) ?? 0n;
  const widths = Array.from({ length: 20 }, (_, zeros) =>
    ["1", "2", "5"].map((n) => n + "0".repeat(zeros)),
  )
    .flat()
    .map(BigInt);
  const covering = widths.find((width) => width * BigInt(wanted) >= high - low) ?? 0n;
  const width = low === high ? 1_000_000n : covering;
  const bounds: bigint[] = [floorDivide(low, width) * width];
  do bounds.push((bounds.at(-1) ?? 0n) + width);
  while ((bounds.at(-1) ?? 0n) < high);
  return bounds.slice(1).map((to, i) => {
    const from = to - width;
    const isLast = i === bounds.length - 2;
    const inside = amounts.filter((n) => n >= from && (n < to || (isLast && n === to)));
    const [a, b] = [toDouble(from, MONEY_DECIMALS), toDouble(to, MONEY_DECIMALS)];
    return { from: a, to: b, count: inside.length };
  });
}

/** Percentiles in dollars, between the two nearest ranks in proportion; null without amounts. */
export function oraclePercentiles(amounts: readonly bigint[]) {
  if (amounts.length === 0) return null;
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const at = (hundredths: number) => {
    const place = hundredths * (sorted.length - 1);
    const below = sorted[Math.floor(place / 100)] ?? 0n;
    const above = sorted[Math.ceil(place / 100)] ?? 0n;
    // Two more decimals hold the hundredths of the way from one to the other.
    return toDouble(below * 100n + (above - below) * BigInt(place % 100), MONEY_DECIMALS + 2);
  };
  return { p5: at(5), p25: at(25), p50: at(50), p75: at(75), p95: at(95) };
}
