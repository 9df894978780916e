import { plainRolling } from "../domain/performance/plain.js";
import type { RollingPoint } from "../domain/performance/rolling.js";
import { type Figure, figureText } from "./figures.js";
import { sparkline } from "./sparkline.js";
import { pairsText } from "./table.js";

/** The figures of each run of so many days, oldest first. */
export interface RollingWindow {
  readonly days: number;
  readonly points: readonly RollingPoint[];
}

const FIGURES: readonly Figure[] = [
  ["Sharpe", "sharpe", "ratio"],
  ["volatility", "volatility", "percent"],
  ["winning days", "winRate", "percent"],
  ["deepest drawdown", "maxDrawdown", "money"],
];

/** So that a line fits 80 columns. */
const WIDTH = 40;

/** Risk over time: the newest figures and how they came to be; nothing without a full window. */
export function rollingText(windows: readonly RollingWindow[]): readonly string[] {
  const pairs = FIGURES.flatMap(([title, field, kind]) =>
    windows.flatMap(({ days, points }) => {
      const values = points.map((point) => plainRolling(point)[field] ?? null);
      const last = values.at(-1) ?? null;
      const known = values.filter((value) => typeof value === "number");
      if (known.length === 0) return [];
      const text = last === null ? "" : figureText(last, kind);
      return [{ title: `  ${title}, ${days} days`, text, line: sparkline(known, WIDTH) }];
    }),
  );
  if (pairs.length === 0) return [];
  const width = Math.max(...pairs.map(({ text }) => text.length));
  const lines = pairs.map(({ title, text, line }) => [title, `${text.padStart(width)}  ${line}`]);
  const names = windows.map(({ days }) => days).join(" and ");
  return [
    `Last ${names} days\n${pairsText(lines.map(([title = "", line = ""]) => [title, line]))}`,
  ];
}
