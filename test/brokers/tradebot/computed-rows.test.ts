import { describe, expect, it } from "vitest";
import {
  readComputedOrders,
  readComputedTrades,
} from "../../../src/brokers/tradebot/computed-rows.js";
import { formatInstant } from "../../../src/domain/instant.js";
import { formatMoney, formatPrice } from "../../../src/domain/money.js";

const TRADE = {
  symbol: "MNQZ25",
  side: "LONG",
  quantity: 2,
  entry_price: 25000.25,
  exit_price: 25010.250000000004,
  pnl: 37.04,
  entry_time: "2025-11-07T14:30:00.5+00:00",
  exit_time: "2025-11-07 14:42:10",
  entry_order_id: 11,
  exit_order_id: "12",
};

const shown = (text: string) =>
  readComputedTrades(text).map((trade) => [
    trade.row,
    trade.symbol,
    trade.side,
    trade.quantity,
    formatPrice(trade.entryPrice),
    formatPrice(trade.exitPrice),
    formatInstant(trade.entryTimestamp),
    formatInstant(trade.exitTimestamp),
    trade.netPnl === null ? null : formatMoney(trade.netPnl),
    trade.entryOrderId,
  ]);

const READ = [
  "MNQZ25",
  "LONG",
  2,
  "25000.25",
  "25010.25",
  "2025-11-07T14:30:00.500000Z",
  "2025-11-07T14:42:10Z",
  "37.04",
  "11",
];

describe("an old program's trades", () => {
  it("are read from JSON, bare or as the only array of an object", () => {
    expect(shown(JSON.stringify([TRADE]))).toEqual([[1, ...READ]]);
    expect(shown(JSON.stringify({ statistics: {}, trades: [TRADE] }))).toEqual([[1, ...READ]]);
  });

  it("are read from CSV by the names of their columns, with the file's own line numbers", () => {
    const csv = [
      "\uFEFFSymbol,side,Quantity,entryPrice,exit_price,net_pnl,entry_timestamp,exitTimestamp,entryOrderId",
      "MNQZ25,buy,2,25000.25,25010.25,37.04,2025-11-07T08:30:00.5-06:00,2025-11-07T14:42:10Z,11",
      "",
      "MNQZ25,1,1,1,2,,2025-11-07 14:30:00,2025-11-07 14:30:01,",
    ].join("\r\n");
    expect(shown(csv)).toEqual([
      [2, ...READ],
      [
        4,
        "MNQZ25",
        "SHORT",
        1,
        "1",
        "2",
        "2025-11-07T14:30:00Z",
        "2025-11-07T14:30:01Z",
        null,
        null,
      ],
    ]);
  });

  it.each([
    [[{ ...TRADE, side: "UP" }], "trades: row 1: side must be one of LONG, SHORT; was"],
    [[TRADE, { ...TRADE, entry_price: "x" }], "row 2: entry_price must be a decimal number"],
    [[{ ...TRADE, quantity: 0 }], "row 1: quantity must be positive"],
    [[{ ...TRADE, quantity: 1.5 }], "row 1: quantity must be a whole number"],
    [[{ ...TRADE, exit_time: "then" }], "row 1: exit_time must be an ISO-8601"],
    [[{ ...TRADE, symbol: null }], "row 1: symbol is missing"],
    [[1], "row 1 must be an object"],
    [{ a: [], b: [] }, "a JSON array of rows was expected"],
  ])("%j are refused: %s", (content, message) => {
    expect(() => readComputedTrades(JSON.stringify(content))).toThrow(message);
  });

  it("that are many and bad are named up to five", () => {
    const bad = Array.from({ length: 7 }, () => ({ ...TRADE, side: null }));
    expect(() => readComputedTrades(JSON.stringify(bad))).toThrow(
      /row 5: side is missing; and 2 more$/,
    );
  });

  it.each([
    ["", "the file is empty"],
    ["[{", "broken or cut off"],
    ["symbol,Symbol\nA,B", 'two columns are named "Symbol"'],
    ["symbol,side\nA", "Invalid Record Length"],
  ])("%j is no file of them: %s", (text, message) => {
    expect(() => readComputedTrades(text)).toThrow(message);
  });
});

describe("an old program's orders", () => {
  it("are read with the codes of its tables, or with names", () => {
    const rows = [
      { order_id: 1, side: 0, order_type: 2, status: 3, quantity: 2, stop_price: "25000.5" },
      { id: "2", side: "Ask", type: "stop-limit", status: "Canceled", size: "1", limitPrice: null },
    ];
    expect(readComputedOrders(JSON.stringify(rows))).toMatchObject([
      { orderId: "1", side: "BUY", orderType: "STOP", status: "CANCELLED", quantity: 2 },
      { orderId: "2", side: "SELL", orderType: "STOP_LIMIT", status: "CANCELLED", quantity: 1 },
    ]);
  });

  it.each([
    [{ side: 0 }, "row 1: order_id is missing"],
    [{ id: 1, status: 9 }, "row 1: status must be one of PENDING"],
    [{ id: 1, side: 2 }, "row 1: side must be one of BUY, SELL"],
    [{ id: {}, side: 2 }, "row 1: id must be text"],
  ])("%j are refused: %s", (row, message) => {
    expect(() => readComputedOrders(JSON.stringify([row]))).toThrow(message);
  });
});
