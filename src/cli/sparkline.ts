const BARS = "▁▂▃▄▅▆▇█";

/** A line of bars from the lowest value to the highest; more values than it is wide are thinned out evenly. */
export function sparkline(values: readonly number[], width = 60): string {
  const shown = thinned(values, width);
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low;
  const bar = (value: number) => (span === 0 ? 3 : Math.round(((value - low) / span) * 7));
  return shown.map((value) => BARS[bar(value)]).join("");
}

/** The last value always stays. */
function thinned(values: readonly number[], width: number): readonly number[] {
  if (values.length <= width) return values;
  const step = values.length / width;
  return Array.from({ length: width }, (_, i) => {
    const at = Math.ceil((i + 1) * step) - 1;
    return values[Math.min(at, values.length - 1)] ?? 0;
  });
}
