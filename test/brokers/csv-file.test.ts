import { describe, expect, it } from "vitest";
import { fileFormat } from "../../src/brokers/formats.js";
import { chunksOf, readAll } from "./read-all.js";
import { CANCELLED, HEADER, orderRow, ordersFile } from "./topstepx/export-rows.js";

const FORMAT = "topstepx-orders";
const header = HEADER.join(",");

describe("a CSV file", () => {
  it("with a header alone has no rows", async () => {
    expect(await readAll(FORMAT, header)).toEqual([]);
    expect(await readAll(FORMAT, `${header}\r\n`)).toEqual([]);
  });

  it.each(["", "\uFEFF", "\n", " \r\n\r\n"])("that is empty (%j) is refused", async (text) => {
    await expect(readAll(FORMAT, text)).rejects.toMatchObject({
      code: "invalid",
      message: "not a topstepx-orders file: it is empty",
    });
  });

  it.each(["\n", "\r\n"])("numbers rows by their line, line ends %j", async (end) => {
    const split = orderRow({ ...CANCELLED, RejectionReason: `"by${end}two ""traders"""` });
    const lines = [header, orderRow(), "", "  ", split, orderRow(), "", orderRow()];
    const rows = await readAll(FORMAT, lines.join(end), 3);
    expect(rows.map((row) => [row.row, row.problem])).toEqual([
      [2, null],
      [5, null],
      [7, null],
      [9, null],
    ]);
    expect(rows[1]?.text).toBe(split);
  });

  it("makes a row with too few or too many columns a problem and reads on", async () => {
    const rows = await readAll(FORMAT, ordersFile("5001,PRAC", orderRow(), `${orderRow()},,`));
    expect(rows.map((row) => row.problem?.message ?? "read")).toEqual([
      "row has 2 columns, the header has 19",
      "read",
      "row has 21 columns, the header has 19",
    ]);
    expect(rows[0]).toMatchObject({ row: 2, text: "5001,PRAC", events: [] });
  });

  it("keeps a stray quote as a character of its cell", async () => {
    const [row] = await readAll(FORMAT, ordersFile(orderRow({ ContractName: 'MN"QH7' })));
    expect(row?.events[0]?.input).toMatchObject({ contract: 'MN"QH7' });
  });

  it("with a quote that never closes is refused with the line it began on", async () => {
    const text = ordersFile(orderRow(), orderRow({ ContractName: '"MNQH7' }), orderRow());
    await expect(readAll(FORMAT, text)).rejects.toThrow(/a quote opened on line 3 is never closed/);
    const long = text + `${orderRow()}\n`.repeat(1000);
    await expect(readAll(FORMAT, long, 9999)).rejects.toThrow(/line 3 is longer than 65536 bytes/);
  });

  it("with a needed column twice is refused", async () => {
    await expect(readAll(FORMAT, `${header},Size\n`)).rejects.toThrow(/two columns named Size/);
  });

  it("passes on an error of its source", async () => {
    async function* broken() {
      yield `${header}\n`;
      throw new Error("disk gone");
    }
    const reading = fileFormat(FORMAT).read(broken())[Symbol.asyncIterator]();
    await expect(reading.next()).rejects.toThrow("disk gone");
  });

  it("is read as it comes, never held, and let go when the reader stops", async () => {
    let rowsSent = 0;
    let closed = false;
    async function* endless() {
      try {
        yield `${header}\n`;
        for (;;) {
          rowsSent += 1;
          yield `${orderRow({ Id: String(rowsSent) })}\n`;
        }
      } finally {
        closed = true;
      }
    }
    let rowsRead = 0;
    let furthestAhead = 0;
    for await (const row of fileFormat(FORMAT).read(endless())) {
      rowsRead += 1;
      furthestAhead = Math.max(furthestAhead, rowsSent - rowsRead);
      expect(row.row).toBe(rowsRead + 1);
      if (rowsRead === 5000) break;
    }
    expect(closed).toBe(true);
    expect(furthestAhead).toBeLessThan(1000);
  });
});

describe("a file of another kind is refused with what it is", () => {
  it.each([
    [
      "topstepx-orders",
      "Id,ContractName,EnteredAt,ExitedAt,EntryPrice,ExitPrice,Fees,PnL,Size,Type",
      /AccountName, Status, Side.* missing; this is TopstepX's Trades export: import its Orders/,
    ],
    ["topstepx-orders", "_id,_orderId,_action,_qty", /Tradovate's Fills export: import it as trad/],
    ["tradovate-fills", "symbol,buyFillId,sellFillId,qty,pnl", /Tradovate's Performance export/],
    ["tradovate-fills", header, /this is TopstepX's Orders export: import it as topstepx-orders/],
    [
      "tradovate-fills",
      "Account ID,Account Name,Trade Date,Total Amount,Total Realized PNL",
      /Tradovate's balance history/,
    ],
    ["topstepx-orders", '[{"id":1}]', /this is JSON: import Order\/search rows as projectx-orders/],
    ["topstepx-orders", '\uFEFF\n {\n "orders": []}', /this is JSON/],
    ["topstepx-orders", "PK\u0003\u0004rubbish", /an Excel workbook: save it as CSV/],
    ["topstepx-orders", header.replaceAll(",", ";"), /separated by semicolons/],
    [
      "topstepx-orders",
      header.replace(",ExecutePrice", ""),
      /^not a topstepx-orders file: column ExecutePrice missing$/,
    ],
  ])("%s given %j", async (format, text, message) => {
    const reading = readAll(format, `${text}\n1,2,3\n`);
    await expect(reading).rejects.toMatchObject({ code: "invalid" });
    await expect(reading).rejects.toThrow(message);
  });
});

describe("fileFormat", () => {
  it("lists the names when there is no such format", () => {
    expect(() => fileFormat("ninjatrader")).toThrow(
      "format must be one of topstepx-orders, projectx-orders, projectx-trades, projectx-events, tradovate-fills; " +
        'was "ninjatrader"',
    );
  });

  it("gives each read its own state", async () => {
    const format = fileFormat(FORMAT);
    for (let time = 0; time < 2; time += 1) {
      const rows = [];
      for await (const row of format.read(chunksOf(ordersFile(orderRow())))) rows.push(row);
      expect(rows[0]?.events).toHaveLength(2);
    }
  });
});
