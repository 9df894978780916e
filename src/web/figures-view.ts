import type { Figures, RuleFigures } from "../http/report-data.js";
import { Chart } from "./charts/chart.js";
import { distributionChart } from "./charts/distribution-chart.js";
import { equityChart } from "./charts/equity-chart.js";
import { excursionChart } from "./charts/excursion-chart.js";
import { groupChart } from "./charts/group-chart.js";
import { allFigures } from "./panels/all-figures.js";
import { calendar } from "./panels/calendar.js";
import { drawdownTable } from "./panels/drawdown-table.js";
import { keyFigures } from "./panels/key-figures.js";
import { panel } from "./panels/panel.js";
import { rollingCharts } from "./panels/rolling-charts.js";

/** The pictures of what was traded: the same live and in a report. */
export class FiguresView {
  readonly #key = keyFigures();
  readonly #all = allFigures();
  readonly #calendar = calendar();
  readonly #drawdowns = drawdownTable();
  readonly #equity = new Chart("tall");
  readonly #hour = new Chart("plain");
  readonly #weekday = new Chart("plain");
  readonly #symbol = new Chart("plain");
  readonly #strategy = new Chart("plain");
  readonly #distribution = new Chart("plain");
  readonly #excursions = new Chart("plain");
  readonly #rolling = rollingCharts();
  #drawn: { readonly figures: Figures; readonly rules: RuleFigures } | null = null;

  get keyFigures(): HTMLElement {
    return this.#key.element;
  }
  get allFigures(): HTMLElement {
    return this.#all.element;
  }
  get equity(): HTMLElement {
    return panel("Balance and drawdown", { name: "equity" }, this.#equity.element);
  }
  get calendar(): HTMLElement {
    return this.#calendar.element;
  }
  get drawdowns(): HTMLElement {
    return this.#drawdowns.element;
  }
  get groups(): readonly HTMLElement[] {
    return [
      panel("By hour, Chicago", { name: "hour" }, this.#hour.element),
      panel("By weekday", { name: "weekday" }, this.#weekday.element),
      panel("By symbol", { name: "symbol" }, this.#symbol.element),
      panel("By strategy", { name: "strategy" }, this.#strategy.element),
      panel("Distribution of results", { name: "distribution" }, this.#distribution.element),
      panel("Worst and best moment", { name: "excursions" }, this.#excursions.element),
      this.#rolling.element,
    ];
  }

  show(figures: Figures, rules: RuleFigures): void {
    this.#drawn = { figures, rules };
    this.#key.update(figures.performance, figures.statistics);
    this.#all.update(figures.performance, figures.statistics);
    this.#calendar.update(figures.calendar);
    this.#drawdowns.update(figures.drawdowns);
    this.#equity.show(
      equityChart({
        ...figures,
        floors: rules.floors,
        events: rules.compliance,
      }),
    );
    this.#hour.show(groupChart("Hour", figures.byHour, false));
    this.#weekday.show(groupChart("Weekday", figures.byWeekday, false));
    this.#symbol.show(groupChart("Symbol", figures.bySymbol, true));
    this.#strategy.show(groupChart("Strategy", figures.byStrategy, true));
    this.#distribution.show(distributionChart(figures.distribution));
    this.#excursions.show(excursionChart(figures.excursions));
    this.#rolling.update(figures);
  }

  /** For a page that is kept: nothing on it is folded away. */
  unfold(): void {
    this.#all.open();
  }

  /** Draws again, in the colours of another theme. */
  redraw(): void {
    if (this.#drawn) this.show(this.#drawn.figures, this.#drawn.rules);
  }
}
