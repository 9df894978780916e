import type { RollingPoint } from "../../http/answer-rows.js";
import { dollars, percent, ratio } from "../format.js";
import { colour } from "../theme.js";
import { axisName, type ChartContent, categoryAxis, tooltip, valueAxis } from "./chart.js";

export interface RollingWindows {
  readonly rolling20: readonly RollingPoint[];
  readonly rolling60: readonly RollingPoint[];
}

/** Sharpe of the last 20 and 60 days up to each day; the table has the other figures of these windows. */
export function rollingChart({ rolling20, rolling60 }: RollingWindows): ChartContent {
  const days = rolling20.map(({ tradingDay }) => tradingDay);
  const long = new Map(rolling60.map((point) => [point.tradingDay, point]));
  const last = rolling20.at(-1);
  const lastLong = rolling60.at(-1);
  return {
    label: `Sharpe of the last 20 days ${ratio(last?.sharpe ?? null)}, of the last 60 days ${ratio(lastLong?.sharpe ?? null)}`,
    empty: last ? null : "Figures of the last 20 days need 20 days.",
    table: {
      head: ["Day", ...headOf(20), ...headOf(60)],
      rows: rolling20.map((point) => [
        point.tradingDay,
        ...cellsOf(point),
        ...cellsOf(long.get(point.tradingDay)),
      ]),
    },
    option: {
      grid: { left: 56, right: 16, top: 12, bottom: 44 },
      tooltip: tooltip({
        trigger: "axis",
        formatter: (items: readonly { readonly dataIndex: number }[]) => {
          const day = days[items[0]?.dataIndex ?? -1] ?? "";
          const at = rolling20.find(({ tradingDay }) => tradingDay === day);
          const of60 = ratio(long.get(day)?.sharpe ?? null);
          return `${day}\n20 days ${ratio(at?.sharpe ?? null)}\n60 days ${of60}`;
        },
      }),
      xAxis: categoryAxis(days),
      yAxis: { ...valueAxis(ratio), ...axisName("Sharpe", 38) },
      series: [
        line(
          "20 days",
          "solid",
          rolling20.map(({ sharpe }) => sharpe),
        ),
        line(
          "60 days",
          "dashed",
          days.map((day) => long.get(day)?.sharpe ?? null),
        ),
      ],
    },
  };
}

const headOf = (days: number): readonly string[] =>
  ["Sharpe", "Volatility", "Win rate", "Drawdown"].map((name) => `${name}, ${days} days`);

function cellsOf(point: RollingPoint | undefined): readonly string[] {
  const { sharpe = null, volatility = null, winRate = null, maxDrawdown = null } = point ?? {};
  return [ratio(sharpe), percent(volatility), percent(winRate), dollars(maxDrawdown)];
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
