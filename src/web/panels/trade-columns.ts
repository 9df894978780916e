import type { TradeRow } from "../../http/answer-rows.js";
import type { Child } from "../element.js";
import { h } from "../element.js";
import { average, clock, dollars, duration, gain, number, text, tone } from "../format.js";
import { withMadeTag } from "./made-tag.js";
import { sideTag } from "./open-now.js";

export interface TradeColumn {
  readonly name: string;
  /** What the endpoint sorts by; null when it does not. */
  readonly sort: string | null;
  readonly numeric: boolean;
  cell(trade: TradeRow): Child;
}

const seconds = ({ entryTimestamp, exitTimestamp }: TradeRow) =>
  Math.trunc((Date.parse(exitTimestamp) - Date.parse(entryTimestamp)) / 1000);

const column = (
  name: string,
  sort: string | null,
  numeric: boolean,
  cell: (trade: TradeRow) => Child,
): TradeColumn => ({ name, sort, numeric, cell });

export const TRADE_COLUMNS: readonly TradeColumn[] = [
  column("Closed", "exitTimestamp", false, (trade) => clock(trade.exitTimestamp)),
  column("Symbol", "symbol", false, ({ symbol, madeAs }) => withMadeTag(symbol, madeAs)),
  column("Side", null, false, ({ side }) => sideTag(side)),
  column("Qty", "quantity", true, ({ quantity }) => number(quantity)),
  column("Entry", null, true, ({ entryPrice }) => average(entryPrice)),
  column("Exit", null, true, ({ exitPrice }) => average(exitPrice)),
  column("Held", "durationSeconds", true, (trade) => duration(seconds(trade))),
  column("Gross", "grossPnl", true, ({ grossPnl }) => gain(grossPnl)),
  column("Costs", null, true, ({ commissions, fees }) =>
    commissions === null && fees === null ? "–" : dollars((commissions ?? 0) + (fees ?? 0)),
  ),
  column("Net", "netPnl", true, ({ netPnl }) => h("span", { class: tone(netPnl) }, gain(netPnl))),
  column("Strategy", null, false, ({ strategy }) => text(strategy)),
];
