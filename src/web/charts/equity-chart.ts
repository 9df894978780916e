import type { ComplianceRow, Drawdowns, Equity } from "../../http/answer-rows.js";
import type { AccountFloor } from "../../http/report-data.js";
import { dollars, gain, percent, shortDollars } from "../format.js";
import { colour } from "../theme.js";
import { type ChartContent, categoryAxis, tooltip, valueAxis } from "./chart.js";
import { type FloorLine, floorLine } from "./floor-line.js";

/** The two grids share their days, so neither may give way to a long label. */
const GRID = { left: 64, right: 24, outerBoundsMode: "none" };

/** Where the curve begins: before the first day, with the starting balance. */
const START = "Start";

export interface EquityInput {
  readonly equity: Equity;
  readonly drawdowns: Drawdowns;
  /** The balances at which the accounts are lost. */
  readonly floors: readonly AccountFloor[];
  readonly events: readonly ComplianceRow[];
}

/** The balance with the floor under it, and below it how far it lies under its peak. */
export function equityChart({ equity, drawdowns, floors, events }: EquityInput): ChartContent {
  const days = equity.points.map(({ tradingDay }) => tradingDay);
  const depth = new Map(drawdowns.underwater.map((point) => [point.tradingDay, point]));
  const first = equity.points[0];
  const last = equity.points.at(-1);
  const floor = floorLine(days, floors);
  const places = [START, ...days];
  return {
    label:
      first && last
        ? `Balance at the end of ${days.length} days, from ${dollars(equity.startingBalance)} to ${dollars(last.balance)}, and its drawdown`
        : "Balance",
    note: first ? floor.note : null,
    empty: first ? null : "No day has anything on it yet. The curve begins with the first fill.",
    table: {
      head: ["Day", "Net", "Cash", "Balance", floor.name, "Below peak"],
      rows: equity.points.map(({ tradingDay, netPnl, cash, balance }) => [
        tradingDay,
        gain(netPnl),
        cash === 0 ? "" : gain(cash),
        dollars(balance),
        dollars(floor.values.get(tradingDay) ?? null),
        dollars(depth.get(tradingDay)?.depth ?? null),
      ]),
    },
    option: {
      grid: [
        { ...GRID, top: 12, height: "62%" },
        { ...GRID, bottom: 28, height: "20%" },
      ],
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      dataZoom: [{ type: "inside", xAxisIndex: [0, 1], zoomOnMouseWheel: "ctrl" }],
      tooltip: tooltip({ trigger: "axis", formatter: tip(equity, depth, floor, events) }),
      xAxis: [
        { ...categoryAxis(places), gridIndex: 0, axisLabel: { show: false }, boundaryGap: false },
        {
          ...categoryAxis(places, { alignMinLabel: "left", alignMaxLabel: "right" }),
          gridIndex: 1,
          boundaryGap: false,
        },
      ],
      yAxis: [
        { ...valueAxis(shortDollars), gridIndex: 0, scale: true },
        { ...valueAxis(shortDollars), gridIndex: 1, splitNumber: 2, max: 0 },
      ],
      series: [
        balanceLine(equity, events),
        lineOfFloor(floor, places),
        drawdownArea(places.map((place) => depth.get(place)?.depth ?? 0)),
      ],
    },
  };
}

function balanceLine(equity: Equity, events: readonly ComplianceRow[]): object {
  const balances = new Map(equity.points.map((point) => [point.tradingDay, point.balance]));
  const marked = events.filter(({ tradingDay }) => balances.has(tradingDay));
  return {
    name: "Balance",
    type: "line",
    data: [equity.startingBalance, ...equity.points.map(({ balance }) => balance)],
    symbol: "circle",
    symbolSize: 6,
    showSymbol: false,
    lineStyle: { width: 2, color: colour("accent") },
    itemStyle: { color: colour("accent") },
    areaStyle: { color: colour("accent"), opacity: 0.06, origin: "start" },
    markPoint: {
      symbol: "triangle",
      symbolSize: 11,
      symbolOffset: [0, -12],
      symbolRotate: 180,
      label: { show: false },
      data: marked.map(({ tradingDay, severity }) => ({
        coord: [tradingDay, balances.get(tradingDay)],
        itemStyle: { color: colour(severity === "violation" ? "loss" : "warn") },
      })),
    },
  };
}

function lineOfFloor({ name, values }: FloorLine, places: readonly string[]): object {
  return {
    name,
    type: "line",
    step: "end",
    data: places.map((place) => values.get(place) ?? null),
    showSymbol: false,
    lineStyle: { width: 1.5, type: "dashed", color: colour("loss") },
    itemStyle: { color: colour("loss") },
  };
}

function drawdownArea(depths: readonly number[]): object {
  return {
    name: "Below peak",
    type: "line",
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: depths,
    showSymbol: false,
    lineStyle: { width: 1, color: colour("loss") },
    itemStyle: { color: colour("loss") },
    areaStyle: { color: colour("loss"), opacity: 0.15 },
  };
}

function tip(
  equity: Equity,
  depth: ReadonlyMap<string, { readonly depth: number; readonly fraction: number | null }>,
  floor: FloorLine,
  events: readonly ComplianceRow[],
) {
  return (items: readonly { readonly dataIndex: number }[]): string => {
    const index = items[0]?.dataIndex ?? 0;
    if (index === 0) return `${START}\nBalance ${dollars(equity.startingBalance)}`;
    const point = equity.points[index - 1];
    if (!point) return "";
    const under = depth.get(point.tradingDay);
    const lowest = floor.values.get(point.tradingDay) ?? null;
    const lines = [
      point.tradingDay,
      `Balance ${dollars(point.balance)}   Day ${gain(point.netPnl)}`,
      `Below peak ${dollars(under?.depth ?? 0)} (${percent(under?.fraction ?? 0)})`,
    ];
    if (point.cash !== 0) lines.push(`Cash ${gain(point.cash)}`);
    if (lowest !== null) lines.push(`${floor.name} ${dollars(lowest)}`);
    const told = events.filter(({ tradingDay }) => tradingDay === point.tradingDay);
    return [...lines, ...told.map(({ message }) => `⚠ ${message}`)].join("\n");
  };
}
