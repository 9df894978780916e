import { divideHalfEven, exactSum, formatFixed, parseFixed, toSafe } from "./decimal.js";

declare const moneyUnit: unique symbol;
declare const priceUnit: unique symbol;

/** US dollars as an integer count of millionths. Exact up to 1e9 dollars either way. */
export type Money = number & { readonly [moneyUnit]: "1e-6" };

/** A contract's price as an integer count of 1e-9 points. Exact up to 1e6 points either way. */
export type Price = number & { readonly [priceUnit]: "1e-9" };

export const MONEY_SCALE = 6;
export const PRICE_SCALE = 9;
export const MONEY_UNIT = 10 ** MONEY_SCALE;
export const PRICE_UNIT = 10 ** PRICE_SCALE;

/** What callers may write for a decimal: text is taken digit by digit, a number must be finite. */
export type DecimalInput = string | number;

export const ZERO: Money = 0 as Money;

/** @throws BlotterError `invalid` when it is no decimal, or finer than a millionth. */
export function parseMoney(value: DecimalInput, what: string): Money {
  return parseFixed(value, MONEY_SCALE, what) as Money;
}

/** @throws BlotterError `invalid` when it is no decimal, or finer than 1e-9. */
export function parsePrice(value: DecimalInput, what: string): Price {
  return parseFixed(value, PRICE_SCALE, what) as Price;
}

const LONG_DECIMAL = /^(-?)(\d{1,12})\.(\d{10,40})$/;

/** A price that is an average, rounded half to even to 1e-9. @throws BlotterError `invalid` for no decimal */
export function parseAverage(value: DecimalInput, what: string): Price {
  const [, sign, whole, fraction] = LONG_DECIMAL.exec(String(value).trim()) ?? [];
  if (whole === undefined || fraction === undefined) return parsePrice(value, what);
  const excess = 10n ** BigInt(fraction.length - PRICE_SCALE);
  const magnitude = toSafe(divideHalfEven(BigInt(whole + fraction), excess), what);
  return (sign === "-" ? -magnitude : magnitude) as Price;
}

export const formatMoney = (value: Money): string => formatFixed(value, MONEY_SCALE);
export const formatPrice = (value: Price): string => formatFixed(value, PRICE_SCALE);

/** The nearest double, for JSON and charts; never for arithmetic. */
export const moneyToNumber = (value: Money): number => value / MONEY_UNIT;
export const priceToNumber = (value: Price): number => value / PRICE_UNIT;

export const addMoney = (...terms: readonly Money[]): Money => exactSum(...terms) as Money;
export const subtractMoney = (a: Money, b: Money): Money => exactSum(a, -b) as Money;

export const greater = (a: Money, b: Money): Money => (a > b ? a : b);

/** Adds what is known; null when nothing is. */
export function addKnown(a: Money | null, b: Money | null): Money | null {
  if (a === null) return b;
  return b === null ? a : addMoney(a, b);
}
