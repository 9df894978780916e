import type { Side } from "../../domain/codes.js";
import { snapToTick } from "../../domain/contract.js";
import { parseInstant } from "../../domain/instant.js";
import {
  formatMoney,
  formatPrice,
  PRICE_UNIT,
  parseMoney,
  parsePrice,
} from "../../domain/money.js";
import type { BrokerEvent, FileFormat } from "../../ports/broker.js";
import { readCsv } from "../csv-file.js";
import type { CsvRow } from "../csv-row.js";
import { readColumn, refusedRow } from "../refused-row.js";

const FORMAT = "tradovate-fills";

/** Not `commission`, which older exports lack: there it stays unknown. */
const REQUIRED_COLUMNS = [
  "_id",
  "_orderId",
  "_timestamp",
  "_action",
  "_qty",
  "_price",
  "_active",
  "_accountId",
  "_tickSize",
  "Account",
  "B/S",
  "Contract",
];

/**
 * The platform's Fills export: one row per execution. The columns with an underscore hold the raw
 * values.
 */
export const tradovateFills: FileFormat = {
  name: FORMAT,
  description: "Tradovate's Fills export (CSV)",
  read: (chunks) => {
    const told = new Set<string>();
    const shape = { format: FORMAT, requiredColumns: REQUIRED_COLUMNS };
    return readCsv(chunks, shape, (row) => {
      const fill = fillOf(row);
      const account = accountOf(row);
      if (told.has(account.input.accountId)) return [fill];
      told.add(account.input.accountId);
      return [account, fill];
    });
  },
};

function accountOf(row: CsvRow) {
  const input = { accountId: row.id("_accountId"), accountName: row.filled("Account") };
  return { kind: "account", input } as const;
}

function fillOf(row: CsvRow): BrokerEvent {
  requireActive(row);
  return {
    kind: "fill",
    input: {
      accountId: row.id("_accountId"),
      fillId: row.id("_id"),
      orderId: row.id("_orderId"),
      contract: row.filled("Contract"),
      side: side(row),
      quantity: row.quantity("_qty"),
      price: price(row),
      // All-in: gross minus this column is the platform's own daily balance to the cent. So the
      // exchange's fees are inside it, and the fee beside it is a known zero.
      commission: commission(row),
      fee: "0",
      // UTC, unlike `Timestamp`, which is in the zone of whoever exported.
      executedAt: row.checked("_timestamp", parseInstant),
      source: FORMAT,
    },
  };
}

/**
 * Every row of every export seen says true. What false means is not known (most likely an execution
 * that the exchange took back), and both readings of it change the books, so such a row is put
 * before a person.
 */
function requireActive(row: CsvRow): void {
  const active = row.filled("_active");
  if (active.toLowerCase() === "true") return;
  throw refusedRow(
    "_active",
    `_active must be true, was ${JSON.stringify(active)}: ask the platform if this fill counts`,
  );
}

function side(row: CsvRow): Side {
  const action = row.named(
    "_action",
    (code) => SIDE_OF_ACTION.get(code),
    () => "0 (buy), 1 (sell)",
  );
  const shown = row.filled("B/S");
  if (shown.toUpperCase() !== action) {
    throw refusedRow(
      "B/S",
      `B/S ${JSON.stringify(shown)} contradicts _action ${row.text("_action")}, which is ${action}`,
    );
  }
  return action;
}

const SIDE_OF_ACTION: ReadonlyMap<string, Side> = new Map([
  ["0", "BUY"],
  ["1", "SELL"],
]);

/** Far above binary noise, far below half a tick. */
const NOISE = 1e-6;

/**
 * The platform writes prices with binary noise (4396.900000000001): the tick that is meant is
 * exact.
 */
function price(row: CsvRow): string {
  const points = number(row, "_price");
  const tickSize = readColumn("_tickSize", () => parsePrice(row.filled("_tickSize"), "_tickSize"));
  if (tickSize <= 0) {
    throw refusedRow("_tickSize", `_tickSize must be positive, was ${row.text("_tickSize")}`);
  }
  const snapped = snapToTick(points, tickSize);
  if (points === 0 || Math.abs(points * PRICE_UNIT - snapped) > NOISE * tickSize) {
    throw refusedRow(
      "_price",
      `_price must be a price on the tick ${row.text("_tickSize")}, was ${row.text("_price")}`,
    );
  }
  return formatPrice(snapped);
}

function commission(row: CsvRow): string | null {
  if (row.text("commission") === "") return null;
  const dollars = number(row, "commission");
  return formatMoney(readColumn("commission", () => parseMoney(dollars, "commission")));
}

/** A number as the platform computed it, noise included. */
function number(row: CsvRow, column: string): number {
  const text = row.filled(column);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw refusedRow(column, `${column} must be a decimal number, was ${JSON.stringify(text)}`);
}
