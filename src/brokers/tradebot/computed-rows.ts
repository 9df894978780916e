import { ORDER_STATUSES, ORDER_TYPES, POSITION_SIDES, SIDES } from "../../domain/codes.js";
import type { ComputedOrder, ComputedTrade } from "../../domain/computed-rows.js";
import { invalid } from "../../domain/errors.js";
import { type Cells, required } from "./cells.js";
import { readRows } from "./rows.js";

const ACCOUNT = ["accountid", "account"];
const SYMBOL = ["symbol", "contract", "contractid", "contractname"];
const QUANTITY = ["quantity", "qty", "size"];
/** Other spellings; the codes are those of the tables that such a bot has: 0 is a buy. */
const SIDE = { LONG: "BUY", SHORT: "SELL", BID: "BUY", ASK: "SELL" } as const;
const POSITION_SIDE = { BUY: "LONG", SELL: "SHORT" } as const;
const STATUS = { CANCELED: "CANCELLED", OPEN: "WORKING" } as const;

export function readComputedOrders(text: string): readonly ComputedOrder[] {
  return readRows("orders", text, orderOf);
}

export function readComputedTrades(text: string): readonly ComputedTrade[] {
  return readRows("trades", text, tradeOf);
}

function orderOf(cells: Cells, row: number): ComputedOrder {
  return {
    row,
    accountId: cells.text(ACCOUNT),
    orderId: required(cells.text(["orderid", "id"]), "order_id"),
    symbol: cells.text(SYMBOL),
    side: cells.named(["side"], SIDES, SIDE),
    orderType: cells.named(["ordertype", "type"], ORDER_TYPES),
    quantity: cells.count(QUANTITY),
    limitPrice: cells.price(["limitprice"]),
    stopPrice: cells.price(["stopprice"]),
    status: cells.named(["status"], ORDER_STATUSES, STATUS),
    filledQuantity: cells.count(["filledquantity", "filledqty", "fillvolume"]),
    averageFillPrice: cells.price(["averagefillprice", "avgfillprice", "filledprice", "fillprice"]),
    createdAt: cells.instant(["createdat", "creationtimestamp", "timestamp"]),
  };
}

function tradeOf(cells: Cells, row: number): ComputedTrade {
  const quantity = required(cells.count(QUANTITY), "quantity");
  if (quantity === 0) throw invalid("quantity must be positive, was 0");
  return {
    row,
    accountId: cells.text(ACCOUNT),
    tradeId: cells.text(["tradeid", "id"]),
    entryOrderId: cells.text(["entryorderid"]),
    exitOrderId: cells.text(["exitorderid"]),
    symbol: required(cells.text(SYMBOL), "symbol"),
    side: required(cells.named(["side"], POSITION_SIDES, POSITION_SIDE), "side"),
    quantity,
    entryPrice: required(cells.price(["entryprice"]), "entry_price"),
    entryTimestamp: required(cells.instant(["entrytimestamp", "entrytime"]), "entry_timestamp"),
    exitPrice: required(cells.price(["exitprice"]), "exit_price"),
    exitTimestamp: required(cells.instant(["exittimestamp", "exittime"]), "exit_timestamp"),
    grossPnl: cells.money(["grosspnl"]),
    commissions: cells.money(["commissions", "commission"]),
    fees: cells.money(["fees", "fee"]),
    netPnl: cells.money(["netpnl", "pnl"]),
  };
}
