import type { OrderRow, PositionRow } from "../../http/answer-rows.js";
import { tableOf } from "../charts/chart.js";
import { h, replaceChildren } from "../element.js";
import { average, gain, minute, number, text, tone } from "../format.js";
import { withMadeTag } from "./made-tag.js";
import { emptyNote, panel } from "./panel.js";

/** What is held and what may still fill, as it is now. */
export function openNow() {
  const positions = h("div", { class: "scroll" });
  const orders = h("div", { class: "scroll" });
  return {
    element: panel(
      "Open now",
      { name: "open" },
      h("h3", {}, "Positions"),
      positions,
      h("h3", {}, "Working orders"),
      orders,
    ),
    update(open: readonly PositionRow[], working: readonly OrderRow[]): void {
      replaceChildren(
        positions,
        open.length === 0
          ? emptyNote("Flat: no position is open.")
          : tableOf(
              ["Symbol", "Side", "Qty", "Entry", "Now", "Open result", "Strategy", "Opened"],
              open.map(positionCells),
            ),
      );
      replaceChildren(
        orders,
        working.length === 0
          ? emptyNote("No order is working.")
          : tableOf(["Symbol", "Order", "Qty", "Price", "Status"], working.map(orderCells)),
      );
    },
  };
}

function positionCells(position: PositionRow) {
  const { symbol, side, quantity, entryPrice, currentPrice, unrealizedPnl } = position;
  return [
    withMadeTag(symbol, position.madeAs),
    sideTag(side),
    number(quantity),
    average(entryPrice),
    number(currentPrice),
    h("span", { class: tone(unrealizedPnl) }, gain(unrealizedPnl)),
    text(position.strategy),
    minute(position.openedAt),
  ];
}

function orderCells(order: OrderRow) {
  const { symbol, side, orderType, quantity, filledQuantity, status } = order;
  const size = filledQuantity > 0 ? `${filledQuantity} of ${number(quantity)}` : number(quantity);
  const what = `${side} ${(orderType ?? "").replaceAll("_", " ")}`.trim();
  return [symbol, what, size, number(order.limitPrice ?? order.stopPrice), text(status)];
}

export function sideTag(side: string): HTMLElement {
  const arrow = side === "LONG" ? "▲" : "▼";
  return h(
    "span",
    { class: `side side-${side.toLowerCase()}` },
    h("span", { "aria-hidden": "true" }, `${arrow} `),
    side,
  );
}
