import type { TradeRow } from "../http/answer-rows.js";
import type { ReportData } from "../http/report-data.js";
import { tableOf } from "./charts/chart.js";
import { h } from "./element.js";
import { FiguresView } from "./figures-view.js";
import { clock } from "./format.js";
import { accountCards } from "./panels/account-cards.js";
import { complianceList } from "./panels/compliance-list.js";
import { openNow } from "./panels/open-now.js";
import { emptyNote, panel } from "./panels/panel.js";
import { TRADE_COLUMNS } from "./panels/trade-columns.js";
import { startTheme, themeButton } from "./theme.js";

/** The page that is kept or sent: the pictures of the dashboard over figures that are in the page itself. */
function showReport(app: HTMLElement, data: ReportData): void {
  const figures = new FiguresView();
  const cards = accountCards(() => undefined);
  const open = openNow();
  const compliance = complianceList();
  const redraw = () => figures.redraw();
  startTheme(redraw);
  app.replaceChildren(
    h(
      "header",
      { class: "top" },
      h("h1", {}, "Blotter report"),
      h(
        "p",
        { class: "choices muted" },
        `${data.scope}. Made ${clock(data.generatedAt)}, Chicago.`,
      ),
      themeButton(redraw),
    ),
    h(
      "main",
      { id: "main" },
      cards.element,
      figures.keyFigures,
      figures.allFigures,
      figures.equity,
      h("div", { class: "columns" }, figures.calendar, open.element),
      h("div", { class: "grid" }, ...figures.groups),
      h("div", { class: "columns" }, figures.drawdowns, compliance.element),
      panel("Trades", { name: "trades" }, tradesOf(data.trades)),
    ),
  );
  cards.update(data.standing.accounts, data.standing.risks, null);
  open.update(data.standing.positions, data.standing.working);
  compliance.update(data.rules.compliance);
  figures.unfold();
  figures.show(data.figures, data.rules);
}

function tradesOf(trades: readonly TradeRow[]): HTMLElement {
  if (trades.length === 0) return emptyNote("No trade was closed.");
  const head = TRADE_COLUMNS.map(({ name }) => name);
  const rows = trades.map((trade) => TRADE_COLUMNS.map((column) => column.cell(trade)));
  return h("div", { class: "scroll report-trades" }, tableOf(head, rows));
}

const app = document.getElementById("app");
const data = document.getElementById("report-data");
// Written by `reportHtml`, which is given a ReportData.
if (app && data) showReport(app, JSON.parse(data.textContent ?? "") as ReportData);
