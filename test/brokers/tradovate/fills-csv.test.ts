import { describe, expect, it } from "vitest";
import { eventsIn, ofKind, readAll } from "../read-all.js";

const HEADER = (
  "_id,_orderId,_contractId,_timestamp,_tradeDate,_action,_qty,_price,_active,_accountId,Fill ID," +
  "Order ID,Timestamp,Date,Account,B/S,Quantity,Price,_priceFormat,_priceFormatType,_tickSize," +
  "Contract,Product,Product Description,commission"
).split(",");

const BUY: Readonly<Record<string, string>> = {
  _id: "70000000007",
  _orderId: "70000000004",
  _timestamp: "2027-01-05 02:37:32.965Z",
  _tradeDate: "2027-01-05",
  _action: "0",
  _qty: "3",
  _price: "21000.25",
  _active: "true",
  _accountId: "800",
  Timestamp: "01/04/2027 21:37:32",
  Account: "EVAL800",
  "B/S": " Buy",
  Quantity: "3",
  _tickSize: "0.25",
  Contract: "MNQH7",
  commission: "1.56",
};

function fillRow(cells: Readonly<Record<string, string>> = {}, header = HEADER): string {
  const row = { ...BUY, ...cells };
  return header.map((column) => row[column] ?? "").join(",");
}

const read = (...rows: readonly string[]) =>
  readAll("tradovate-fills", [HEADER.join(","), ...rows].join("\n"));

async function fillOf(cells: Readonly<Record<string, string>>) {
  const [row] = await read(fillRow(cells));
  expect(row?.problem).toBeNull();
  return ofKind(row?.events ?? [], "fill")[0];
}

describe("Tradovate's Fills export", () => {
  it("gives the account and the fill, in UTC, all costs in the commission", async () => {
    const [row] = await read(fillRow());
    expect(row?.events).toEqual([
      { kind: "account", input: { accountId: "800", accountName: "EVAL800" } },
      {
        kind: "fill",
        input: {
          accountId: "800",
          fillId: "70000000007",
          orderId: "70000000004",
          contract: "MNQH7",
          side: "BUY",
          quantity: 3,
          price: "21000.25",
          commission: "1.56",
          fee: "0",
          executedAt: "2027-01-05 02:37:32.965Z",
          source: "tradovate-fills",
        },
      },
    ]);
  });

  it("tells each account once, with its first good row", async () => {
    const rows = await read(
      fillRow({ _qty: "0" }),
      fillRow(),
      fillRow({ _id: "70000000008" }),
      fillRow({ _id: "70000000009", _accountId: "801", Account: "EVAL801" }),
    );
    expect(rows.map((row) => row.events.map((event) => event.kind))).toEqual([
      [],
      ["account", "fill"],
      ["fill"],
      ["account", "fill"],
    ]);
    expect(ofKind(eventsIn(rows), "account").map((account) => account.accountName)).toEqual([
      "EVAL800",
      "EVAL801",
    ]);
  });

  it.each([
    ["4396.900000000001", "0.1", "4396.9"],
    ["2647.1000000000004", "0.1", "2647.1"],
    ["0.006712499999999999", "0.0000005", "0.0067125"],
    ["110.015625", "0.015625", "110.015625"],
    ["-37.63", "0.01", "-37.63"],
    ["21000", "0.25", "21000"],
  ])("takes the binary noise out of price %s at tick %s", async (_price, _tickSize, price) => {
    expect((await fillOf({ _price, _tickSize }))?.price).toBe(price);
  });

  it("reads a sale, whose B/S has a blank before it", async () => {
    expect(await fillOf({ _action: "1", "B/S": " Sell" })).toMatchObject({ side: "SELL" });
  });

  it("keeps an empty commission unknown, and a column that is not there too", async () => {
    expect(await fillOf({ commission: "" })).toMatchObject({ commission: null, fee: "0" });
    const header = HEADER.filter((column) => column !== "commission");
    const rows = await readAll("tradovate-fills", [header, fillRow({}, header)].join("\n"));
    expect(ofKind(eventsIn(rows), "fill")[0]?.commission).toBeNull();
  });

  it("takes the binary noise out of a commission", async () => {
    expect((await fillOf({ commission: "1.5600000000000001" }))?.commission).toBe("1.56");
  });

  it.each([
    ["_id", ""],
    ["_id", "007"],
    ["_orderId", ""],
    ["_accountId", ""],
    ["Account", ""],
    ["Contract", ""],
    ["_action", "2"],
    ["B/S", " Sell"],
    ["B/S", "Hold"],
    ["_qty", "0"],
    ["_qty", "-1"],
    ["_qty", "NaN"],
    ["_price", ""],
    ["_price", "0"],
    ["_price", "NaN"],
    ["_price", "21000.30"],
    ["_tickSize", "0"],
    ["_tickSize", ""],
    ["_timestamp", "2027-01-05 02:37:32.965"],
    ["_timestamp", ""],
    ["_active", "false"],
    ["commission", "$1.56"],
  ])("refuses %s %j and names the column", async (column, text) => {
    const [row] = await read(fillRow({ [column]: text }));
    expect(row?.events).toEqual([]);
    expect(row?.problem?.column).toBe(column);
    expect(row?.problem?.message).toContain(column);
  });

  it("names the columns that are missing", async () => {
    const header = HEADER.filter((column) => column !== "_qty" && column !== "_tickSize");
    await expect(readAll("tradovate-fills", header.join(","))).rejects.toThrow(
      "not a tradovate-fills file: columns _qty, _tickSize missing",
    );
  });
});
