import { BlotterError } from "../domain/errors.js";
import { show } from "../domain/ids.js";
import { formatInstant, type Instant, parseInstant } from "../domain/instant.js";
import {
  formatMoney,
  formatPrice,
  type Money,
  type Price,
  parseMoney,
  parsePrice,
} from "../domain/money.js";
import type { StoredRow, StoredValue } from "../ports/tables.js";

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** US dollars: decimals in an export. */
export const MONEY_FIELDS = names(`startingBalance pointValue commission fee brokerPnl balance
  realizedPnl unrealizedPnl commissions fees highestEodBalance currentBalance dailyPnl trailingLoss
  dllLimit mllLimit dllRemaining mllRemaining`);
/** Points: decimals in an export. */
export const PRICE_FIELDS = names(`tickSize tickValue limitPrice stopPrice trailAmount price
  averageFillPrice brokerAveragePrice`);
/** Moments: ISO-8601 in an export. */
export const INSTANT_FIELDS = names(`createdAt updatedAt submittedAt filledAt cancelledAt
  brokerFilledAt recordedAt settledAt executedAt timestamp firstSeenAt lastSeenAt`);

/** A row as it stands in an export. A field that no list names is written as it is stored. */
export function writtenRow(row: StoredRow): StoredRow {
  return mapped(row, (value, field) => {
    if (typeof value !== "number") return value;
    // A field's name tells its unit; the schema's test holds the lists to it.
    if (MONEY_FIELDS.has(field)) return formatMoney(value as Money);
    if (PRICE_FIELDS.has(field)) return formatPrice(value as Price);
    return INSTANT_FIELDS.has(field) ? formatInstant(value as Instant) : value;
  });
}

/** The row that an export wrote so. @throws BlotterError `invalid` naming the field */
export function readRow(row: Readonly<Record<string, unknown>>): StoredRow {
  const checked: [string, StoredValue][] = [];
  for (const [field, value] of Object.entries(row)) checked.push([field, readValue(value, field)]);
  return Object.fromEntries(checked);
}

function readValue(value: unknown, field: string): StoredValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") {
    if (MONEY_FIELDS.has(field)) return parseMoney(value, field);
    if (PRICE_FIELDS.has(field)) return parsePrice(value, field);
    return INSTANT_FIELDS.has(field) ? parseInstant(value, field) : value;
  }
  const decimal = MONEY_FIELDS.has(field) || PRICE_FIELDS.has(field) || INSTANT_FIELDS.has(field);
  if (typeof value === "number" && Number.isSafeInteger(value) && !decimal) return value;
  const wanted = decimal ? "text" : "text, a whole number, true, false or null";
  throw new BlotterError("invalid", `${field} must be ${wanted}, was ${show(value)}`);
}

function mapped(row: StoredRow, convert: (value: StoredValue, field: string) => StoredValue) {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, convert(value, field)]),
  );
}
