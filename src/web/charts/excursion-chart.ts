import type { Excursion } from "../../http/answer-rows.js";
import { clock, dollars, gain, shortDollars } from "../format.js";
import { colour } from "../theme.js";
import { axisName, type ChartContent, tooltip, valueAxis } from "./chart.js";

/** Each trade at its worst and its best moment: how much it hurt, and how much there was to take. */
export function excursionChart(excursions: readonly Excursion[]): ChartContent {
  const points = (won: boolean) => excursions.filter(({ netPnl }) => netPnl > 0 === won);
  const wins = points(true);
  const others = points(false);
  const series = (name: string, shown: readonly Excursion[], hue: string, symbol: string) => ({
    name,
    type: "scatter",
    symbol,
    symbolSize: 7,
    itemStyle: { color: colour(hue), opacity: 0.65 },
    data: shown.map(({ mae, mfe }) => [-mae, mfe]),
  });
  return {
    label: `Worst and best moment of ${excursions.length} trades: ${wins.length} won`,
    empty:
      excursions.length === 0 ? "No closed trade yet, so there are no moments to compare." : null,
    table: {
      head: ["Closed", "Symbol", "Side", "Net", "Worst moment", "Best moment"],
      rows: excursions.map((trade) => [
        clock(trade.exitTimestamp),
        trade.symbol,
        trade.side,
        gain(trade.netPnl),
        dollars(trade.mae),
        dollars(trade.mfe),
      ]),
    },
    option: {
      grid: { left: 76, right: 24, top: 12, bottom: 44 },
      tooltip: tooltip({
        trigger: "item",
        formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) =>
          tip((seriesIndex === 0 ? wins : others)[dataIndex]),
      }),
      xAxis: { ...valueAxis(shortDollars), ...axisName("Worst moment (MAE)", 28) },
      yAxis: { ...valueAxis(shortDollars), ...axisName("Best moment (MFE)", 52) },
      series: [
        series("Won", wins, "gain", "circle"),
        series("Lost or even", others, "loss", "diamond"),
      ],
    },
  };
}

function tip(trade: Excursion | undefined): string {
  if (!trade) return "";
  return [
    `${trade.side} ${trade.quantity} ${trade.symbol}   ${clock(trade.exitTimestamp)}`,
    `Net ${gain(trade.netPnl)}`,
    `Worst ${dollars(trade.mae)}   Best ${dollars(trade.mfe)}`,
  ].join("\n");
}
