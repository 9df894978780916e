import type { Group } from "../../http/answer-rows.js";
import { dollars, gain, number, percent, ratio, shortGain, tone } from "../format.js";
import { colour } from "../theme.js";
import { type ChartContent, categoryAxis, tooltip, valueAxis } from "./chart.js";

/** Net result of groups as bars; lying down where names are long. */
export function groupChart(what: string, groups: readonly Group[], lying: boolean): ChartContent {
  const labels = groups.map(({ label }) => label);
  const data = groups.map(({ netPnl }) => ({
    value: netPnl,
    itemStyle: { color: colour(tone(netPnl)), borderRadius: 2 },
  }));
  // Lying numbers are wide: few of them are evenly spaced on a phone too.
  const values = { ...valueAxis(shortGain), ...(lying && { splitNumber: 3 }) };
  // A long name is cut off, and whole in the tooltip and the table.
  const names = categoryAxis(labels, lying ? { width: 90, overflow: "truncate" } : {});
  return {
    label: `Net result by ${what.toLowerCase()}, ${groups.length} groups`,
    empty: groups.length === 0 ? `No closed trade to tell by ${what.toLowerCase()} yet.` : null,
    table: {
      head: [what, "Trades", "Net", "Win rate", "Profit factor", "Per trade"],
      rows: groups.map((group) => [
        group.label,
        number(group.count),
        gain(group.netPnl),
        percent(group.winRate),
        ratio(group.profitFactor),
        dollars(group.expectancy),
      ]),
    },
    option: {
      grid: { left: lying ? 104 : 56, right: 24, top: 12, bottom: 28 },
      tooltip: tooltip({
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: colour("hairline"), opacity: 0.5 } },
        formatter: tip(groups),
      }),
      xAxis: lying ? values : names,
      yAxis: lying ? { ...names, inverse: true } : values,
      series: [{ type: "bar", data, barMaxWidth: lying ? 18 : 26 }],
    },
  };
}

function tip(groups: readonly Group[]) {
  return (items: readonly { readonly dataIndex: number }[]): string => {
    const group = groups[items[0]?.dataIndex ?? -1];
    if (!group) return "";
    return [
      group.label,
      `Net ${gain(group.netPnl)} in ${group.count} trades`,
      `Win rate ${percent(group.winRate)}   Per trade ${gain(group.expectancy)}`,
    ].join("\n");
  };
}
