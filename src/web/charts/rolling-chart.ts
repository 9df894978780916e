import type { RollingPoint } from "../../http/answer-rows.js";
import { dollars, percent, ratio, shortDollars } from "../format.js";
import { colour } from "../theme.js";
import { type ChartContent, categoryAxis, tooltip, valueAxis } from "./chart.js";

export interface RollingWindows {
  readonly rolling20: readonly RollingPoint[];
  readonly rolling60: readonly RollingPoint[];
}

/** One figure of the last days up to each day. */
export interface RollingFigure {
  readonly title: string;
  readonly of: (point: RollingPoint) => number | null;
  readonly text: (value: number | null) => string;
  /** Beside its axis, where there is little room. */
  readonly axis: (value: number) => string;
}

export const ROLLING_FIGURES: readonly RollingFigure[] = [
  { title: "Sharpe", of: ({ sharpe }) => sharpe, text: ratio, axis: ratio },
  {
    title: "Volatility",
    of: ({ volatility }) => volatility,
    text: percent,
    axis: (value) => percent(value),
  },
  {
    title: "Winning days",
    of: ({ winRate }) => winRate,
    text: percent,
    axis: (value) => percent(value, 0),
  },
  {
    title: "Deepest drawdown",
    of: ({ maxDrawdown }) => maxDrawdown,
    text: dollars,
    axis: shortDollars,
  },
];

export const NO_WINDOW = "Figures of the last 20 days need 20 days.";

/** A figure of the last 20 and of the last 60 days, up to each day that has 20 before it. */
export function rollingChart(
  { title, of, text, axis }: RollingFigure,
  { rolling20, rolling60 }: RollingWindows,
): ChartContent {
  const days = rolling20.map(({ tradingDay }) => tradingDay);
  const short = rolling20.map(of);
  const known = new Map(rolling60.map((point) => [point.tradingDay, of(point)]));
  const long = days.map((day) => known.get(day) ?? null);
  const cells = days.map((day, i) => [
    day,
    text(short[i] ?? null),
    known.has(day) ? text(long[i] ?? null) : "",
  ]);
  const last =
    rolling60.length === 0 ? "fewer than 60 days" : `${text(long.at(-1) ?? null)} of the last 60`;
  return {
    label: `${title} of the last 20 days ${text(short.at(-1) ?? null)}, ${last}`,
    empty: days.length > 0 ? null : NO_WINDOW,
    table: { head: ["Day", `${title}, 20 days`, `${title}, 60 days`], rows: cells },
    option: {
      grid: { left: 56, right: 12, top: 10, bottom: 24, outerBoundsMode: "none" },
      tooltip: tooltip({
        trigger: "axis",
        formatter: (items: readonly { readonly dataIndex: number }[]) => {
          const [day = "", of20 = "", of60 = ""] = cells[items[0]?.dataIndex ?? -1] ?? [];
          return `${day}\n20 days ${of20}${of60 === "" ? "" : `\n60 days ${of60}`}`;
        },
      }),
      xAxis: categoryAxis(days, { alignMinLabel: "left", alignMaxLabel: "right" }),
      yAxis: { ...valueAxis(axis), splitNumber: 3, scale: true },
      series: [line("20 days", "solid", short), line("60 days", "dashed", long)],
    },
  };
}

function line(name: string, type: "solid" | "dashed", data: readonly (number | null)[]): object {
  return {
    name,
    type: "line",
    data,
    showSymbol: false,
    lineStyle: { width: 2, type, color: colour("accent") },
    itemStyle: { color: colour("accent") },
  };
}
