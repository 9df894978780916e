import { describe, expect, it } from "vitest";
import { eventsIn, ofKind, readAll } from "../read-all.js";
import { CANCELLED, HEADER, orderRow, ordersFile, TRIGGER_HEADER } from "./export-rows.js";

const read = (...rows: readonly string[]) => readAll("topstepx-orders", ordersFile(...rows));

async function orderOf(cells: Readonly<Record<string, string>>) {
  const [row] = await read(orderRow(cells));
  expect(row?.problem).toBeNull();
  return ofKind(row?.events ?? [], "order")[0];
}

async function problemOf(cells: Readonly<Record<string, string>>) {
  const [row] = await read(orderRow(cells));
  expect(row?.events).toEqual([]);
  return row?.problem;
}

describe("a filled row of TopstepX's Orders export", () => {
  it("is an order with a file's authority and a stand-in for its fills", async () => {
    const [row] = await read(orderRow());
    const identity = {
      accountId: "PRAC-V2-1-2",
      orderId: "5001",
      contract: "MNQH7",
      side: "BUY",
      source: "topstepx-orders",
    };
    expect(row?.events).toEqual([
      {
        kind: "order",
        input: {
          ...identity,
          orderType: "MARKET",
          quantity: 2,
          limitPrice: null,
          stopPrice: null,
          status: "FILLED",
          filledQuantity: 2,
          averageFillPrice: "21000.250000000",
          filledAt: "2027-01-05T14:30:01Z",
          createdAt: "2027-01-05T14:30:00Z",
          cancelledAt: null,
          rejectionReason: null,
          authority: "file",
        },
      },
      {
        kind: "fill",
        input: {
          ...identity,
          fillId: "5001",
          quantity: 2,
          price: "21000.250000000",
          commission: null,
          fee: null,
          executedAt: "2027-01-05T14:30:01Z",
          standIn: true,
        },
      },
    ]);
  });

  it("keeps an average between two ticks digit by digit", async () => {
    const [row] = await read(orderRow({ ExecutePrice: "24822.125000000" }));
    expect(ofKind(row?.events ?? [], "fill")[0]?.price).toBe("24822.125000000");
  });

  it.each([
    ["ExecutePrice", ""],
    ["ExecutePrice", "0.000000000"],
    ["FilledAt", ""],
  ])("is refused when %s is %j", async (column, text) => {
    const problem = await problemOf({ [column]: text });
    expect(problem?.column).toBe(column);
    expect(problem?.message).toContain(column);
  });
});

describe("a row that is not filled", () => {
  it("makes no fill, and keeps when it was cancelled", async () => {
    const rows = await read(orderRow(CANCELLED));
    expect(ofKind(eventsIn(rows), "fill")).toEqual([]);
    expect(ofKind(eventsIn(rows), "order")[0]).toMatchObject({
      status: "CANCELLED",
      orderType: "LIMIT",
      limitPrice: "20990.000000000",
      cancelledAt: "2027-01-05T14:31:00Z",
      filledQuantity: null,
      rejectionReason: null,
    });
  });

  it("is not taken for filled because FilledAt stands there, as on live accounts", async () => {
    const cells = { ...CANCELLED, FilledAt: CANCELLED.CancelledAt, ExecutePrice: "0.000000000" };
    const rows = await read(orderRow(cells));
    expect(ofKind(eventsIn(rows), "fill")).toEqual([]);
    expect(ofKind(eventsIn(rows), "order")[0]).toMatchObject({
      status: "CANCELLED",
      filledAt: undefined,
      averageFillPrice: undefined,
    });
  });

  it("is refused when a price says that part of it was filled", async () => {
    const problem = await problemOf({ ...CANCELLED, ExecutePrice: "20990.000000000" });
    expect(problem?.column).toBe("ExecutePrice");
    expect(problem?.message).toMatch(/does not say how much/);
  });

  it("keeps the broker's reason of a rejection", async () => {
    const order = await orderOf({
      Status: "Rejected",
      FilledAt: "",
      ExecutePrice: "",
      RejectionReason: '"Not enough margin, sorry."',
    });
    expect(order).toMatchObject({
      status: "REJECTED",
      rejectionReason: "Not enough margin, sorry.",
    });
  });

  it.each([
    ["Open", "WORKING"],
    ["Expired", "EXPIRED"],
    ["Pending", "PENDING"],
    ["Suspended", "PENDING"],
    ["PendingCancellation", "WORKING"],
  ])("with status %s is %s", async (Status, status) => {
    expect(await orderOf({ Status, FilledAt: "", ExecutePrice: "" })).toMatchObject({ status });
  });
});

describe("the cells", () => {
  it.each([
    ["Limit", "LIMIT"],
    ["Stop", "STOP"],
    ["StopLimit", "STOP_LIMIT"],
    ["Stop Limit", "STOP_LIMIT"],
    ["TrailingStop", "TRAILING_STOP"],
    ["Trailing Stop", "TRAILING_STOP"],
    ["JoinBid", "JOIN_BID"],
    ["Unknown", null],
  ])("type %s is %s", async (Type, orderType) => {
    expect(await orderOf({ Type })).toMatchObject({ orderType });
  });

  it("read an ask as a sale and a price of 0.000000000 as none", async () => {
    const order = await orderOf({
      Side: "Ask",
      StopPrice: "0.000000000",
      LimitPrice: "1.170400000",
    });
    expect(order).toMatchObject({ side: "SELL", stopPrice: null, limitPrice: "1.170400000" });
  });

  it("read times in the zone of whoever exported, also across midnight", async () => {
    const order = await orderOf({ CreatedAt: "01/05/2027 00:10:48 +09:30" });
    expect(order?.createdAt).toBe("2027-01-04T14:40:48Z");
  });

  it.each([
    ["Id", ""],
    ["AccountName", ""],
    ["ContractName", ""],
    ["Status", "Parked"],
    ["Type", "Iceberg"],
    ["Side", "Hold"],
    ["Size", "0"],
    ["Size", "-2"],
    ["Size", "1.5"],
    ["Size", "NaN"],
    ["CreatedAt", "13/05/2027 10:00:00 +01:00"],
    ["CreatedAt", "01/05/2027 10:00:00"],
    ["CreatedAt", "2027-01-05T10:00:00Z"],
    ["FilledAt", "02/30/2027 10:00:00 +01:00"],
    ["ExecutePrice", "cheap"],
    ["LimitPrice", "NaN"],
    ["StopPrice", "1.0000000001"],
  ])("refuse %s %j and name the column", async (column, text) => {
    const problem = await problemOf({ [column]: text });
    expect(problem?.column).toBe(column);
    expect(problem?.message).toContain(column);
  });
});

describe("the file", () => {
  it("may begin with a byte order mark, end lines in CRLF and list triggers", async () => {
    const rows = [TRIGGER_HEADER.join(","), orderRow({}, TRIGGER_HEADER)];
    const read = await readAll("topstepx-orders", `\uFEFF${rows.join("\r\n")}\r\n`, 1);
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject({ row: 2, problem: null, text: rows[1] });
    expect(read[0]?.events).toHaveLength(2);
  });

  it("needs its columns in no order and ignores others", async () => {
    const header = ["Extra", ...[...HEADER].reverse()];
    const text = `${header.join(",")}\n${orderRow({ Extra: "x" }, header)}`;
    const rows = await readAll("topstepx-orders", text);
    expect(rows[0]?.problem).toBeNull();
  });
});
