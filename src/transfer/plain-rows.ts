import type { DayTotals } from "../domain/daily.js";
import type { Fill } from "../domain/fill.js";
import { type MadeOrigin, madeAsText, madeBy } from "../domain/made.js";
import type { Order } from "../domain/order.js";
import {
  type PlainRow,
  plainClosedPosition,
  plainDay,
  plainFill,
  plainOrder,
  plainTrade,
} from "../domain/plain.js";
import type { Position } from "../domain/position.js";
import type { Trade } from "../domain/trade.js";
import { plainValued } from "../ports/position-prices.js";
import type { PositionPrice } from "../ports/repositories.js";
import { type StoredRow, type TableName, type TableReads, tablePages } from "../ports/tables.js";
import type { ExportedRows } from "../ports/transfer.js";

interface Kind {
  readonly table: TableName;
  readonly only?: (row: StoredRow) => boolean;
  readonly plain: (row: StoredRow, beside: Beside) => PlainRow;
}

/** What is known of a position beside its row. */
export interface Beside {
  /** What it rests on that no broker told. */
  made(position: Position): readonly MadeOrigin[];
  /** What it is worth while it is open; null where no price was seen. */
  price(position: Position): PositionPrice | null;
}

// A table's columns are the fields of its rows in the domain, and a few of bookkeeping beside them.
const as = <T>(row: StoredRow): T => row as T;

const KINDS: Readonly<Record<ExportedRows, Kind>> = {
  orders: { table: "orders", plain: (row) => plainOrder(as<Order>(row)) },
  fills: {
    table: "fills",
    only: (row) => row.state === "booked",
    plain: (row) => plainFill(as<Fill>(row)),
  },
  trades: {
    table: "trades",
    plain: (row) => {
      const trade = as<Trade>(row);
      const made = madeBy([trade.entryOrderId, trade.exitOrderId]);
      return { ...plainTrade(trade), madeAs: madeAsText(made) };
    },
  },
  positions: {
    table: "positions",
    only: (row) => row.status === "open",
    plain: (row, { made, price }) => {
      const position = as<Position>(row);
      const valued = plainValued({ position, price: price(position) });
      return { ...valued, madeAs: madeAsText(made(position)) };
    },
  },
  "closed-positions": {
    table: "positions",
    only: (row) => row.status === "closed",
    plain: (row, { made }) => {
      const position = as<Position>(row);
      return { ...plainClosedPosition(position), madeAs: madeAsText(made(position)) };
    },
  },
  days: { table: "daily_performance", plain: (row) => plainDay(as<DayTotals>(row)) },
};

/** Rows as the reading commands print them, by account, page by page. */
export async function* plainRowsOf(
  kind: ExportedRows,
  tables: TableReads,
  beside: Beside,
): AsyncGenerator<readonly PlainRow[]> {
  const { table, only, plain } = KINDS[kind];
  for await (const page of tablePages(tables, table)) {
    yield page.filter((row) => only?.(row) ?? true).map((row) => plain(row, beside));
  }
}
