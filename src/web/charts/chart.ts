import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import {
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { type Child, h, replaceChildren } from "../element.js";
import { colour } from "../theme.js";

echarts.use([
  BarChart,
  LineChart,
  ScatterChart,
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export type ChartOption = echarts.EChartsCoreOption;

/** The figures of a chart as a table, for whoever does not see it. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ChartContent {
  /** What it shows, in a sentence. */
  readonly label: string;
  readonly option: ChartOption;
  readonly table: ChartTable;
  /** Said in place of the chart when there is nothing to draw. */
  readonly empty: string | null;
  /** What a reader must know of the lines, said under them. */
  readonly note?: string | null;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** A drawing that is also a table. ECharts' own `aria` would write its words over the label. */
export class Chart {
  readonly element: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #message = h("p", { class: "empty", hidden: true });
  readonly #note = h("p", { class: "chart-note muted small", hidden: true });
  readonly #rows = h("div", { class: "chart-table" });
  readonly #details: HTMLDetailsElement;
  #drawing: echarts.ECharts | null = null;
  #content: ChartContent | null = null;

  constructor(kind: string) {
    this.#canvas = h("div", { class: `chart chart-${kind}`, role: "img" });
    this.#details = h(
      "details",
      { class: "chart-data", ontoggle: () => this.#fillTable() },
      h("summary", {}, "Show as table"),
      this.#rows,
    );
    this.element = h("div", {}, this.#canvas, this.#message, this.#note, this.#details);
    new ResizeObserver(() => this.#drawing?.resize()).observe(this.#canvas);
  }

  show(content: ChartContent): void {
    this.#content = content;
    const { empty } = content;
    this.#canvas.hidden = empty !== null;
    this.#details.hidden = empty !== null;
    this.#message.hidden = empty === null;
    this.#message.textContent = empty ?? "";
    this.#note.textContent = content.note ?? "";
    this.#note.hidden = !content.note;
    this.#canvas.setAttribute("aria-label", content.label);
    if (empty === null) this.#draw(content.option);
    this.#fillTable();
  }

  #draw(option: ChartOption): void {
    this.#drawing ??= echarts.init(this.#canvas, null, { renderer: "canvas" });
    this.#drawing.setOption({ ...base(), ...option }, { notMerge: true });
  }

  /** Only while it is open: a table of years is long. */
  #fillTable(): void {
    if (!this.#details.open || this.#content === null) return;
    const { head, rows } = this.#content.table;
    replaceChildren(this.#rows, tableOf(head, rows));
  }
}

export function tableOf(head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell))))),
  );
}

function base(): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: colour("muted"), fontSize: 12 },
  };
}

/** Quiet axes: no ticks, hairlines, numbers in the reader's muted colour. */
export function valueAxis(format: (value: number) => string): object {
  return {
    type: "value",
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colour("muted"), formatter: format, hideOverlap: true },
    splitLine: { lineStyle: { color: colour("hairline") } },
  };
}

/** What an axis counts, along its middle. @param gap pixels from the axis, beyond its labels */
export function axisName(name: string, gap: number): object {
  return { name, nameLocation: "middle", nameGap: gap, nameTextStyle: { color: colour("muted") } };
}

export function categoryAxis(data: readonly string[], label: object = {}): object {
  return {
    type: "category",
    data,
    axisLine: { lineStyle: { color: colour("line") } },
    axisTick: { show: false },
    axisLabel: { color: colour("muted"), hideOverlap: true, ...label },
  };
}

/** Drawn on the canvas: a tooltip of HTML would need styles that the page's policy forbids. */
export function tooltip(more: object): object {
  return {
    renderMode: "richText",
    confine: true,
    backgroundColor: colour("card"),
    borderColor: colour("line"),
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: colour("ink"), fontSize: 12, fontFamily: FONT },
    ...more,
  };
}
