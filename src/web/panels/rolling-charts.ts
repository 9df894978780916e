import { Chart } from "../charts/chart.js";
import {
  NO_WINDOW,
  ROLLING_FIGURES,
  type RollingWindows,
  rollingChart,
} from "../charts/rolling-chart.js";
import { h } from "../element.js";
import { emptyNote, panel } from "./panel.js";

/** Risk over time: small pictures of the same days side by side. */
export function rollingCharts() {
  const charts = ROLLING_FIGURES.map((figure) => ({ figure, chart: new Chart("small") }));
  const legend = h("p", { class: "muted small" }, "Solid: 20 days. Dashed: 60 days.");
  const all = h(
    "div",
    { class: "multiples" },
    ...charts.map(({ figure, chart }) =>
      h("section", {}, h("h3", {}, figure.title), chart.element),
    ),
  );
  const empty = emptyNote(NO_WINDOW);
  return {
    element: panel("The last 20 and 60 days", { name: "rolling", note: legend }, all, empty),
    update(windows: RollingWindows): void {
      const isEmpty = windows.rolling20.length === 0;
      all.hidden = isEmpty;
      legend.hidden = isEmpty;
      empty.hidden = !isEmpty;
      for (const { figure, chart } of charts) chart.show(rollingChart(figure, windows));
    },
  };
}
