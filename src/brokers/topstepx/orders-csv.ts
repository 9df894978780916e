import type { OrderStatus } from "../../domain/codes.js";
import { civilToInstant, formatInstant, offsetMinutes } from "../../domain/instant.js";
import { parsePrice } from "../../domain/money.js";
import type { BrokerEvent, FileFormat } from "../../ports/broker.js";
import { readCsv } from "../csv-file.js";
import type { CsvRow } from "../csv-row.js";
// TopstepX is a ProjectX platform: its exports print the names of the gateway's enums.
import {
  GATEWAY_SIDES,
  GATEWAY_STATUSES,
  GATEWAY_TYPES,
  type GatewayEnum,
  listNames,
  ofName,
} from "../projectx/codes.js";
import { refusedRow } from "../refused-row.js";

const FORMAT = "topstepx-orders";

const REQUIRED_COLUMNS = [
  "Id",
  "AccountName",
  "ContractName",
  "Status",
  "Type",
  "Size",
  "Side",
  "CreatedAt",
  "FilledAt",
  "CancelledAt",
  "StopPrice",
  "LimitPrice",
  "ExecutePrice",
];

/**
 * The platform's Orders export: one row per order, with the average price of its executions. Each
 * filled order also makes a stand-in for the fills that the export does not list.
 */
export const topstepxOrders: FileFormat = {
  name: FORMAT,
  description: "TopstepX's Orders export (CSV)",
  read: (chunks) =>
    readCsv(chunks, { format: FORMAT, requiredColumns: REQUIRED_COLUMNS }, eventsOf),
};

function eventsOf(row: CsvRow): readonly BrokerEvent[] {
  const status = named(row, "Status", GATEWAY_STATUSES);
  const identity = {
    // The export has no account id. The name stands for it; an id is never read out of a name.
    accountId: row.id("AccountName"),
    orderId: row.id("Id"),
    contract: row.filled("ContractName"),
    side: named(row, "Side", GATEWAY_SIDES),
    source: FORMAT,
  };
  const quantity = row.quantity("Size");
  // A cancelled row of a live account can carry FilledAt too: the status alone says what was
  // filled.
  const execution = status === "FILLED" ? executionOf(row) : notExecuted(row, status);
  const order: BrokerEvent = {
    kind: "order",
    input: {
      ...identity,
      orderType: named(row, "Type", GATEWAY_TYPES),
      quantity,
      limitPrice: optionalPrice(row, "LimitPrice"),
      stopPrice: optionalPrice(row, "StopPrice"),
      status,
      filledQuantity: execution === null ? null : quantity,
      averageFillPrice: execution?.price,
      filledAt: execution?.executedAt,
      createdAt: instant(row, "CreatedAt"),
      cancelledAt: status === "CANCELLED" ? optionalInstant(row, "CancelledAt") : null,
      // On a cancelled row this column holds who cancelled, which is no rejection.
      rejectionReason: status === "REJECTED" ? row.text("RejectionReason") || null : null,
      authority: "file",
    },
  };
  if (execution === null) return [order];
  const costs = { commission: null, fee: null };
  const standIn = { ...identity, ...execution, ...costs, fillId: identity.orderId, quantity };
  return [order, { kind: "fill", input: { ...standIn, standIn: true } }];
}

function named<T>(row: CsvRow, column: string, list: GatewayEnum<T>): T {
  return row.named(
    column,
    (name) => ofName(list, name),
    () => listNames(list),
  );
}

interface ExecutionCells {
  readonly price: string;
  readonly executedAt: string;
}

function executionOf(row: CsvRow): ExecutionCells {
  const price = optionalPrice(row, "ExecutePrice");
  if (price === null) {
    const found = JSON.stringify(row.text("ExecutePrice"));
    throw refusedRow(
      "ExecutePrice",
      `ExecutePrice of a filled order must be a price, was ${found}`,
    );
  }
  return { price, executedAt: instant(row, "FilledAt") };
}

/**
 * A price on an order that did not fill whole means that some of it filled. How many contracts, the
 * export does not say, and a guess would stay in the books.
 */
function notExecuted(row: CsvRow, status: OrderStatus | null): null {
  const price = optionalPrice(row, "ExecutePrice");
  if (price === null) return null;
  throw refusedRow(
    "ExecutePrice",
    `ExecutePrice is ${price} on an order that is ${status ?? "of no status"}: part of it was ` +
      "filled, and the export does not say how much; import the Order/search and Trade/search " +
      "rows of this day",
  );
}

/**
 * The exact decimal text; null where the cell is empty or 0.000000000, which the platform writes
 * for none.
 */
function optionalPrice(row: CsvRow, column: string): string | null {
  if (row.text(column) === "") return null;
  const text = row.checked(column, parsePrice);
  return parsePrice(text, column) === 0 ? null : text;
}

const TIME = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? ?([+-]\d\d:\d\d)$/;

/** `04/13/2026 00:10:48 +01:00`, in the zone of whoever exported, as ISO-8601 in UTC. */
function instant(row: CsvRow, column: string): string {
  const text = row.filled(column);
  const match = TIME.exec(text);
  if (match) {
    const [, month, day, year, hour, minute, second, fraction = "", zone = ""] = match;
    const civil = { year, month, day, hour, minute, second };
    const found = civilToInstant(civil, offsetMinutes(zone), fraction);
    if (found !== null) return formatInstant(found);
  }
  throw refusedRow(
    column,
    `${column} must be a time like 04/13/2026 00:10:48 +01:00, was ${JSON.stringify(text)}`,
  );
}

function optionalInstant(row: CsvRow, column: string): string | null {
  return row.text(column) === "" ? null : instant(row, column);
}
