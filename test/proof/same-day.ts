import { describe, expect, it } from "vitest";
import type { PlainRow } from "../../src/domain/plain.js";
import type { Blotter } from "../../src/index.js";
import { type Books, booksOf } from "../properties/books.js";
import { csvRows, type ExportRows, importPieces, jsonRows } from "./export-file.js";
import { apiOrders, apiTrades, ordersCsv } from "./same-day-rows.js";

/** The same day from the Orders export and from the API, told in any order, ends as the API's. */
export function describeSameDay(name: string, open: () => Promise<Blotter>): void {
  describe(`one day told by the Orders export and by the API, on ${name}`, () => {
    it("ends as the API's day, whichever comes first", async () => {
      const blotter = await open();
      try {
        const api = await told(blotter, 10_000_100, ["orders", "trades"]);
        const mixed: Books[] = [];
        for (const [index, steps] of permutations(PIECES).entries()) {
          const way = steps.join(", ");
          const books = await told(blotter, 10_000_101 + index, [...steps]);
          for (const table of ["fills", "matches", "trades", "closed", "open", "days"] as const) {
            expect(books[table], `${table} after ${way}`).toEqual(api[table]);
          }
          expectSameOrders(books.orders, api.orders, way);
          mixed.push(books);
          expect(books.orders, `orders after ${way}`).toEqual(mixed[0]?.orders);
        }
      } finally {
        await blotter.close();
      }
    }, 240_000);

    it("stands in for executions until all of them have come", async () => {
      const blotter = await open();
      try {
        const { fills, open: left } = await told(blotter, 10_000_200, ["export"]);
        expect(fills.every((fill) => fill.standIn)).toBe(true);
        expect(left.map((row) => [row.symbol, row.side, row.quantity])).toEqual([
          // The part of a cancelled order that was filled is not in the export.
          ["MESU26", "LONG", 2],
          ["MNQU26", "SHORT", 1],
        ]);
        const { orders } = await told(blotter, 10_000_200, ["trades"]);
        expect(orders.filter((order) => order.orderType === null)).toEqual([]);
        expect((await blotter.orders.fills()).filter((fill) => fill.standIn)).toEqual([]);
      } finally {
        await blotter.close();
      }
    }, 60_000);
  });
}

const PIECES = ["export", "orders", "newer trades", "older trades"] as const;
type Piece = (typeof PIECES)[number] | "trades";

/** Tells an account of its own these pieces in turn; no order may ever be counted twice. */
async function told(blotter: Blotter, account: number, pieces: readonly Piece[]): Promise<Books> {
  const [accountId, accountName] = [String(account), `PRAC-V2-100009-${account}`];
  await blotter.accounts.open({ accountId, accountName });
  for (const piece of pieces) {
    await importPieces(blotter, rowsOf(piece, account, accountName));
    for (const order of await blotter.orders.orders({ account: accountId })) {
      if (order.quantity !== null) {
        expect(order.bookedQuantity, `order ${order.orderId}`).toBeLessThanOrEqual(order.quantity);
      }
    }
  }
  expect(await blotter.trades.verify(accountId)).toEqual([]);
  return anonymous(await booksOf(blotter, accountId));
}

function rowsOf(piece: Piece, account: number, accountName: string): ExportRows {
  const json = (format: string, rows: readonly string[]) => jsonRows(format, `[${rows.join(",")}]`);
  switch (piece) {
    case "export":
      return csvRows("topstepx-orders", ordersCsv(accountName));
    case "orders":
      return json("projectx-orders", apiOrders(account));
    case "trades":
      return json("projectx-trades", apiTrades(account));
    case "newer trades":
      return json("projectx-trades", apiTrades(account).slice(0, 8));
    case "older trades":
      // One order's executions lie on both sides of the cut, and two rows in both pieces.
      return json("projectx-trades", apiTrades(account).slice(6));
  }
}

/** Rows without the account and the ids made from it, which differ from telling to telling. */
function anonymous(books: Books): Books {
  const strip = (rows: readonly PlainRow[]) =>
    rows.map(({ accountId: _a, tradeId: _t, positionId: _p, ...row }) => row);
  return {
    fills: strip(books.fills),
    matches: strip(books.matches),
    trades: strip(books.trades),
    closed: strip(books.closed),
    open: strip(books.open),
    orders: strip(books.orders),
    days: strip(books.days),
    ends: strip(books.ends),
    held: strip(books.held),
  };
}

/** What the API tells of an order stands; the export may only add what the API does not tell. */
function expectSameOrders(
  orders: readonly PlainRow[],
  api: readonly PlainRow[],
  way: string,
): void {
  expect(orders.map((order) => order.orderId)).toEqual(api.map((order) => order.orderId));
  for (const [index, order] of api.entries()) {
    const known = Object.entries(order).filter(([, value]) => value !== null);
    const what = `order ${order.orderId} after ${way}`;
    expect(orders[index], what).toMatchObject(Object.fromEntries(known));
  }
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => {
    const others = items.filter((_, other) => other !== index);
    return permutations(others).map((rest) => [item, ...rest]);
  });
}
