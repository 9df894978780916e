import { describe, expect, it } from "vitest";
import { eventsIn, ofKind, readAll } from "../read-all.js";
import { orderRow, tradeRow } from "./rows.js";

const envelope = { success: true, errorCode: 0, errorMessage: null };

describe("a file of gateway rows", () => {
  it("is an array, bare or in its response envelope", async () => {
    const rows = [orderRow(), orderRow({ id: 3400000002 })];
    const bare = await readAll("projectx-orders", `\uFEFF${JSON.stringify(rows, null, 2)}\n`);
    const wrapped = await readAll("projectx-orders", JSON.stringify({ orders: rows, ...envelope }));
    expect(wrapped).toEqual(bare);
    expect(bare.map((row) => row.row)).toEqual([1, 2]);
    expect(bare[0]?.text).toBe(JSON.stringify(rows[0]));
    expect(ofKind(eventsIn(bare), "order").map((order) => order.source)).toEqual([
      "projectx-orders",
      "projectx-orders",
    ]);
    const trades = await readAll("projectx-trades", JSON.stringify({ trades: [tradeRow()] }));
    expect(ofKind(eventsIn(trades), "fill")[0]?.source).toBe("projectx-trades");
  });

  it("may hold no rows", async () => {
    expect(await readAll("projectx-orders", "[]")).toEqual([]);
    expect(await readAll("projectx-trades", '{"trades":[],"success":true}')).toEqual([]);
  });

  it("makes a bad row a problem and reads on", async () => {
    const rows = await readAll(
      "projectx-trades",
      JSON.stringify([tradeRow(), tradeRow({ size: -2 }), 7, tradeRow()]),
    );
    expect(rows.map((row) => row.problem?.column)).toEqual([undefined, "size", null, undefined]);
    expect(rows[1]).toMatchObject({ row: 2, events: [] });
    expect(rows[1]?.problem?.message).toBe("size must be a positive number of contracts, was -2");
  });

  it("takes an order with orderId in place of id for an order", async () => {
    const { id, ...row } = orderRow();
    const rows = await readAll("projectx-orders", JSON.stringify([{ ...row, orderId: id }]));
    expect(rows[0]?.problem).toBeNull();
  });

  it.each([
    ["projectx-orders", "", "it is empty"],
    ["projectx-orders", " \n", "it is empty"],
    ["projectx-orders", '[{"id":1},{"id":', /its JSON is cut off, it ends .*fetch it again/],
    ["projectx-orders", '[{"id":1},{"id":2}', /its JSON is cut off/],
    ["projectx-orders", '{"orders":[{"id":1}', /its JSON is broken/],
    ["projectx-orders", "[{'id':1}]", /its JSON is broken/],
    [
      "projectx-orders",
      JSON.stringify([tradeRow()]),
      /rows are trades: import it as projectx-trad/,
    ],
    ["projectx-trades", JSON.stringify([orderRow()]), /rows are orders: import it as projectx-ord/],
    ["projectx-orders", JSON.stringify({ trades: [], ...envelope }), /its rows are trades/],
    ["projectx-trades", JSON.stringify({ orders: [tradeRow()] }), /its rows are orders/],
    ["projectx-trades", '[{"id":1,"name":"A","balance":5}]', /rows are accounts/],
    [
      "projectx-orders",
      '{"success":false,"errorCode":1,"errorMessage":"no such account"}',
      /the broker refused the request \(code 1, "no such account"\)/,
    ],
    ["projectx-orders", '{"success":true}', /array or an object with orders, has \["success"\]/],
    ["projectx-orders", "5", /no JSON|must be an array of rows, was 5/],
    ["projectx-orders", "Id,AccountName,ContractName,Status,CreatedAt\n1", /topstepx-orders/],
  ])("%s given %j is refused", async (format, text, message) => {
    const reading = readAll(format, text);
    await expect(reading).rejects.toMatchObject({ code: "invalid" });
    await expect(reading).rejects.toThrow(message);
  });
});
