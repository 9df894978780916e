import { invalid } from "../domain/errors.js";
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
import type { FactTable, StoredRow, StoredValue } from "../ports/tables.js";

export type FieldKind = "money" | "price" | "instant";

const named = (kind: FieldKind, list: string): readonly (readonly [string, FieldKind])[] =>
  list
    .trim()
    .split(/\s+/)
    .map((name) => [name, kind] as const);

/**
 * What a number of a fact means, by its field's name, or by table and field where a name has two meanings: US
 * dollars and points are decimals in an export, moments ISO-8601. A field that is not here is a plain number.
 */
const KINDS: ReadonlyMap<string, FieldKind> = new Map([
  ...named(
    "money",
    `startingBalance pointValue commission fee brokerPnl balance realizedPnl unrealizedPnl
    commissions fees highestEodBalance currentBalance dailyPnl trailingLoss dllLimit mllLimit
    dllRemaining mllRemaining modelledCommission modelledFee plannedRisk equity startOfDayBalance floor commissionPerSide feePerSide amount
    payoutTotal intradayPeak bestDay grossPnl cash brokerBalance drift`,
  ),
  ...named(
    "price",
    `tickSize tickValue limitPrice stopPrice trailAmount price averageFillPrice brokerAveragePrice`,
  ),
  ...named(
    "instant",
    `createdAt updatedAt submittedAt filledAt cancelledAt brokerFilledAt recordedAt settledAt
    executedAt timestamp firstSeenAt lastSeenAt at position_explanations.asOf openedAt explainedAt
    through startedAt endedAt fromAt throughAt gapFrom gapTo healedAt voidedAt
    closedAt lockedUntil epochStartedAt`,
  ),
]);

export function kindOf(table: FactTable, field: string): FieldKind | null {
  return KINDS.get(`${table}.${field}`) ?? KINDS.get(field) ?? null;
}

/** A row as it stands in an export. */
export function writtenRow(table: FactTable, row: StoredRow): StoredRow {
  const fields = Object.entries(row).map(([field, value]) => [
    field,
    typeof value === "number" ? written(value, kindOf(table, field)) : value,
  ]);
  return Object.fromEntries(fields);
}

function written(value: number, kind: FieldKind | null): StoredValue {
  // The schema's test holds each kind to the unit of its columns.
  switch (kind) {
    case "money":
      return formatMoney(value as Money);
    case "price":
      return formatPrice(value as Price);
    case "instant":
      return formatInstant(value as Instant);
    case null:
      return value;
  }
}

/** The row that an export wrote so. @throws BlotterError `invalid` naming the field */
export function readRow(table: FactTable, row: Readonly<Record<string, unknown>>): StoredRow {
  const fields: [string, StoredValue][] = [];
  for (const [field, value] of Object.entries(row)) {
    fields.push([field, readValue(value, field, kindOf(table, field))]);
  }
  return Object.fromEntries(fields);
}

function readValue(value: unknown, field: string, kind: FieldKind | null): StoredValue {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return readText(value, field, kind);
  if (kind === null && typeof value === "number" && Number.isSafeInteger(value)) return value;
  const wanted = kind === null ? "text, a whole number, true, false or null" : "text";
  throw invalid(`${field} must be ${wanted}, was ${show(value)}`);
}

function readText(value: string, field: string, kind: FieldKind | null): StoredValue {
  switch (kind) {
    case "money":
      return parseMoney(value, field);
    case "price":
      return parsePrice(value, field);
    case "instant":
      return parseInstant(value, field);
    case null:
      return value;
  }
}
