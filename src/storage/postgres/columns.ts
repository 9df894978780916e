import { bigint, bigserial, boolean, customType, integer, text } from "drizzle-orm/pg-core";
import {
  ORDER_STATUSES,
  ORDER_TYPES,
  type OrderStatus,
  type OrderType,
  SIDES,
  type Side,
} from "../../domain/codes.js";
import { formatFixed, parseFixed } from "../../domain/decimal.js";
import { FILL_STATES, type FillState } from "../../domain/fill.js";
import { formatInstant, type Instant, parseInstant } from "../../domain/instant.js";
import { MONEY_SCALE, type Money, PRICE_SCALE, type Price } from "../../domain/money.js";
import { RESULT_LEVELS, type ResultLevel } from "../../domain/performance/result.js";
import {
  SUM_FAMILIES,
  SUM_SPANS,
  type SumFamily,
  type SumSpan,
} from "../../domain/performance/sum-row.js";
import { codeOf, nameOf, nullable } from "../drizzle/codecs.js";

/** `numeric` goes over the wire as text, digit by digit. */
function decimal<T extends number>(scale: number) {
  return customType<{ data: T; driverData: string }>({
    dataType: () => "numeric",
    toDriver: nullable((fixed: T) => formatFixed(fixed, scale)),
    fromDriver: nullable((stored: string) => parseFixed(stored, scale, "stored decimal") as T),
  });
}

function coded<T extends string>(names: readonly T[]) {
  return customType<{ data: T; driverData: number }>({
    dataType: () => "smallint",
    toDriver: nullable(codeOf(names)),
    fromDriver: nullable(nameOf(names)),
  });
}

export const money = decimal<Money>(MONEY_SCALE);
export const price = decimal<Price>(PRICE_SCALE);
/** Sessions run in UTC, so the text always ends in +00. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamp(6) with time zone",
  toDriver: nullable((value: Instant) => formatInstant(value)),
  fromDriver: nullable((stored: string) => parseInstant(stored, "stored instant")),
});
export const side = coded<Side>(SIDES);
export const orderType = coded<OrderType>(ORDER_TYPES);
export const orderStatus = coded<OrderStatus>(ORDER_STATUSES);
export const fillState = coded<FillState>(FILL_STATES);
export const resultLevel = coded<ResultLevel>(RESULT_LEVELS);
export const sumFamily = coded<SumFamily>(SUM_FAMILIES);
export const sumSpan = coded<SumSpan>(SUM_SPANS);
/** Ids and keys, ordered by bytes. */
export const ascii = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
});
export const count = (name: string) => integer(name);
/** A whole number that may be as large as 2^53. */
export const whole = (name: string) => bigint(name, { mode: "number" });
export const flag = (name: string) => boolean(name);
export const rowId = () => bigserial("id", { mode: "number" }).primaryKey();
export { text };
