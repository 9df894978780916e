import type { Distribution } from "../../http/answer-rows.js";
import { dollars, number, shortDollars } from "../format.js";
import { colour } from "../theme.js";
import { axisName, type ChartContent, categoryAxis, tooltip, valueAxis } from "./chart.js";

/** How often which net result came. */
export function distributionChart({ count, bins, percentiles }: Distribution): ChartContent {
  const ranges = bins.map(({ from, to }) => `${shortDollars(from)} to ${shortDollars(to)}`);
  const median = percentiles === null ? "" : `, median ${dollars(percentiles.p50)}`;
  return {
    label: `Distribution of ${count} net results${median}`,
    empty: count === 0 ? "No closed trade yet, so there is nothing to distribute." : null,
    table: {
      head: ["Net result", "Trades"],
      rows: bins.map((bin, index) => [ranges[index] ?? "", number(bin.count)]),
    },
    option: {
      grid: { left: 56, right: 16, top: 12, bottom: 44 },
      tooltip: tooltip({
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: colour("hairline"), opacity: 0.5 } },
        formatter: (items: readonly { readonly dataIndex: number }[]) => {
          const index = items[0]?.dataIndex ?? -1;
          return `${ranges[index] ?? ""}\n${number(bins[index]?.count ?? 0)} trades`;
        },
      }),
      xAxis: {
        ...categoryAxis(bins.map(({ from }) => shortDollars(from))),
        ...axisName("Net result, from", 28),
      },
      yAxis: { ...valueAxis(number), ...axisName("Trades", 38), minInterval: 1 },
      series: [
        {
          type: "bar",
          barCategoryGap: "12%",
          data: bins.map(({ from, count: height }) => ({
            value: height,
            itemStyle: { color: colour(from < 0 ? "loss" : "gain"), borderRadius: [2, 2, 0, 0] },
          })),
        },
      ],
    },
  };
}
