import { customType, integer, text } from "drizzle-orm/sqlite-core";
import {
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderStatus,
  type OrderType,
  SIDES,
  type Side,
} from "../../domain/codes.js";
import { FILL_STATES, type FillState } from "../../domain/fill.js";
import type { Instant } from "../../domain/instant.js";
import { MONEY_UNIT, type Money, PRICE_UNIT, type Price } from "../../domain/money.js";
import { RESULT_LEVELS, type ResultLevel } from "../../domain/performance/result.js";
import {
  SUM_FAMILIES,
  SUM_SPANS,
  type SumFamily,
  type SumSpan,
} from "../../domain/performance/sum-row.js";
import { codeOf, nameOf, nullable } from "../drizzle/codecs.js";

/**
 * Decimals have SQL type `numeric`: SQLite keeps whole numbers as integers and the rest as the nearest
 * double, which for 15 digits names exactly one decimal. Rounding to the unit finds it again.
 */
function decimal<T extends number>(unit: number) {
  return customType<{ data: T; driverData: number }>({
    dataType: () => "numeric",
    toDriver: nullable((fixed: T) => fixed / unit),
    fromDriver: nullable((stored: number) => (Math.round(stored * unit) || 0) as T),
  });
}

function coded<T extends string>(names: readonly T[]) {
  return customType<{ data: T; driverData: number }>({
    dataType: () => "integer",
    toDriver: nullable(codeOf(names)),
    fromDriver: nullable(nameOf(names)),
  });
}

export const money = decimal<Money>(MONEY_UNIT);
export const price = decimal<Price>(PRICE_UNIT);
/** Microseconds since 1970 in UTC. */
export const instant = customType<{ data: Instant; driverData: number }>({
  dataType: () => "integer",
});
export const side = coded<Side>(SIDES);
export const orderType = coded<OrderType>(ORDER_TYPES);
export const orderStatus = coded<OrderStatus>(ORDER_STATUSES);
export const fillState = coded<FillState>(FILL_STATES);
export const resultLevel = coded<ResultLevel>(RESULT_LEVELS);
export const sumFamily = coded<SumFamily>(SUM_FAMILIES);
export const sumSpan = coded<SumSpan>(SUM_SPANS);
/** Ids and keys, ordered by bytes. */
export const ascii = text;
export const count = (name: string) => integer(name);
/** A whole number that may be as large as 2^53. */
export const whole = (name: string) => integer(name);
export const flag = (name: string) => integer(name, { mode: "boolean" });
export const rowId = () => integer("id").primaryKey();
export { text };
