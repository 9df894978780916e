import { describe, expect, it } from "vitest";
import { type OracleRow, oracleBooks } from "./fifo-oracle.js";
import { finalFills, type Telling } from "./fold-oracle.js";
import type { OracleFill } from "./oracle-fill.js";

/** Ledgers worked out by hand: what judges the product is itself judged here. */

type Line = readonly [side: "BUY" | "SELL", quantity: number, price: string, orderId: string];

/** Fills of MNQ, a second apart, at 1.00 commission and an unknown fee each. */
function ledger(...lines: readonly Line[]): readonly OracleFill[] {
  return lines.map(([side, quantity, price, orderId], index) => ({
    accountId: "a",
    contractId: "CON.F.US.MNQ.U26",
    symbol: "MNQU26",
    root: "MNQ",
    pointValue: "2",
    fillId: String(index + 1),
    orderId,
    side,
    quantity,
    price,
    commission: "1",
    fee: null,
    executedAt: 1_786_000_000_000_000 + index * 1_000_000,
    strategy: null,
  }));
}

const figures = (rows: readonly OracleRow[]) =>
  rows.map((r) => [r.side, r.quantity, r.entryPrice, r.exitPrice, r.grossPnl, r.commissions]);

describe("the oracle", () => {
  it("splits a reversal at zero, and its costs with it", () => {
    const books = oracleBooks(
      ledger(
        ["BUY", 2, "5000", "A"],
        ["BUY", 1, "5001", "A"],
        ["SELL", 4, "5002", "B"],
        ["BUY", 1, "5003", "C"],
      ),
    );
    expect(figures(books.matches)).toEqual([
      ["LONG", 2, 5000, 5002, 8, 1.5],
      ["LONG", 1, 5001, 5002, 2, 1.25],
      ["SHORT", 1, 5002, 5003, -2, 1.25],
    ]);
    expect(figures(books.trades)).toEqual([
      ["LONG", 3, 5000.333333333, 5002, 10, 2.75],
      ["SHORT", 1, 5002, 5003, -2, 1.25],
    ]);
    expect(figures(books.closed)).toEqual(figures(books.trades));
    expect(books.open).toEqual([]);
    expect(books.net).toEqual({});
    expect(books.days).toMatchObject([
      { grossPnl: 8, commissions: 4, fees: 0, netPnl: 4, volume: 8 },
    ]);
  });

  it("lets the remainder of a cost fall on the last contracts", () => {
    const books = oracleBooks(
      ledger(["BUY", 3, "5000", "A"], ["SELL", 1, "5000", "B"], ["SELL", 1, "5000", "C"]),
    );
    expect(books.matches.map((match) => match.commissions)).toEqual([1.333333, 1.333333]);
    expect(books.open).toMatchObject([{ side: "LONG", quantity: 1, closedQuantity: 2 }]);
    expect(books.net).toEqual({ "a CON.F.US.MNQ.U26": 1 });
  });

  it("makes one trade of one entry and one exit order, and another after going flat", () => {
    const books = oracleBooks(
      ledger(
        ["BUY", 1, "5000", "A"],
        ["SELL", 1, "5001", "B"],
        ["BUY", 1, "5002", "A"],
        ["SELL", 1, "5004", "B"],
      ),
    );
    expect(figures(books.trades)).toEqual([
      ["LONG", 1, 5000, 5001, 2, 2],
      ["LONG", 1, 5002, 5004, 4, 2],
    ]);
  });

  it("folds revisions field by field, whatever their order; a void is final", () => {
    const whole = {
      side: "BUY",
      quantity: 1,
      executedAt: 5,
      commission: null,
      fee: "0.1",
    } as const;
    const of = (fillId: string, kind: Telling["kind"], revision: number, facts = {}) =>
      ({ accountId: "a", fillId, kind, revision, facts }) satisfies Telling;
    const told = [
      of("1", "correction", 2, { price: "12" }),
      of("1", "correction", 1, { price: "11", quantity: 3 }),
      of("1", "fill", 0, { ...whole, orderId: "A", price: "10" }),
      of("1", "fill", 0, { ...whole, orderId: "A", price: "10", commission: "0.5" }),
      of("2", "void", 0),
      of("2", "fill", 0, { ...whole, orderId: "A", price: "10" }),
      of("3", "correction", 1, { price: "11" }),
    ];
    const facts = { ...whole, orderId: "A", price: "12", quantity: 3, commission: "0.5" };
    const expected = [{ accountId: "a", fillId: "1", revision: 2, facts }];
    expect(finalFills(told)).toEqual(expected);
    expect(finalFills([...told].reverse())).toEqual(expected);
  });
});
