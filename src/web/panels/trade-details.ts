import type { TradeRecord, TradeRow } from "../../http/answer-rows.js";
import type { Api } from "../api.js";
import { tableOf } from "../charts/chart.js";
import { type Child, h, replaceChildren } from "../element.js";
import { average, clock, dollars, gain, number, text } from "../format.js";

/** A dialog with everything that made a trade. It keeps the focus, and Escape closes it. */
export function tradeDetails(api: Api) {
  const title = h("h2", { id: "trade-title" });
  const body = h("div");
  const close = h("button", { type: "button", class: "icon", "aria-label": "Close" }, "×");
  const dialog = h(
    "dialog",
    { class: "details", "aria-labelledby": "trade-title" },
    h("header", { class: "panel-head" }, title, close),
    body,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return {
    element: dialog,
    /** @param onClosed puts the focus back where it came from */
    async open(trade: TradeRow, onClosed: () => void): Promise<void> {
      dialog.addEventListener("close", onClosed, { once: true });
      title.textContent = `${trade.side} ${trade.quantity} ${trade.symbol}, ${gain(trade.netPnl)}`;
      replaceChildren(body, h("p", { class: "muted" }, "Reading the trade…"));
      dialog.showModal();
      const account = encodeURIComponent(trade.accountId);
      const path = `accounts/${account}/trades/${encodeURIComponent(trade.tradeId)}`;
      try {
        replaceChildren(body, recordOf(await api.get<TradeRecord>(path)));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        replaceChildren(body, h("p", { class: "alarm", role: "alert" }, message));
      }
    },
  };
}

const madeOf = ({ origin, standIn }: TradeRecord["fills"][number]) =>
  origin === "broker" ? (standIn ? "stand-in" : "–") : origin;

function recordOf(record: TradeRecord): readonly Child[] {
  const { trade, matches, orders, fills, annotations, plannedRisk, madeAs } = record;
  const facts: readonly (readonly [string, string])[] = [
    ["Entered", clock(trade.entryTimestamp)],
    ["Closed", clock(trade.exitTimestamp)],
    ["Entry price", average(trade.entryPrice)],
    ["Exit price", average(trade.exitPrice)],
    ["Gross", gain(trade.grossPnl)],
    ["Commissions", dollars(trade.commissions)],
    ["Fees", dollars(trade.fees)],
    ["Net", gain(trade.netPnl)],
    ["Worst moment", dollars(trade.mae)],
    ["Best moment", dollars(trade.mfe)],
    ["Planned risk", dollars(plannedRisk)],
    ["Strategy", text(trade.strategy)],
  ];
  const orderRows = orders.map((order) => [
    order.orderId,
    `${order.side} ${text(order.orderType)}`,
    `${order.filledQuantity} of ${number(order.quantity)}`,
    average(order.averageFillPrice),
    text(order.status),
  ]);
  const fillRows = fills.map((fill) => [
    fill.fillId,
    clock(fill.executionTimestamp),
    fill.side,
    number(fill.quantity),
    number(fill.price),
    dollars(fill.commission),
    dollars(fill.fee),
    ...(madeAs === null ? [] : [madeOf(fill)]),
  ]);
  const matchRows = matches.map((match) => [
    match.tradeId,
    number(match.quantity),
    number(match.entryPrice),
    number(match.exitPrice),
    gain(match.netPnl),
  ]);
  const fillHead = ["Fill", "At", "Side", "Qty", "Price", "Commission", "Fee"];
  const writtenRows = annotations.map((written) => [
    `${written.target} ${written.targetId}`,
    written.tags.join(" "),
    dollars(written.plannedRisk),
    text(written.note),
  ]);
  const written = [
    h("h3", {}, "Written on it"),
    h("div", { class: "scroll" }, tableOf(["On", "Tags", "Risk", "Note"], writtenRows)),
  ];
  return [
    madeAs !== null &&
      h(
        "p",
        { class: "alarm small" },
        `Not all of this trade was told by the broker: it rests on ${madeAs} fills.`,
      ),
    h(
      "dl",
      { class: "facts" },
      ...facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
    ...(annotations.length === 0 ? [] : written),
    h("h3", {}, "Orders"),
    h(
      "div",
      { class: "scroll" },
      tableOf(["Order", "What", "Filled", "Average", "Status"], orderRows),
    ),
    h("h3", {}, "Fills"),
    h(
      "div",
      { class: "scroll" },
      tableOf(madeAs === null ? fillHead : [...fillHead, "Made as"], fillRows),
    ),
    h("h3", {}, "Matches, first in, first out"),
    h(
      "div",
      { class: "scroll" },
      tableOf(["Entry:exit fill", "Qty", "Entry", "Exit", "Net"], matchRows),
    ),
  ];
}
