import { invalid } from "./errors.js";

/**
 * Fixed-point numbers: an integer count of 10^-scale units held in a JavaScript number.
 * Every value is a safe integer, so sums are exact or refused; products go through bigint.
 */

const DECIMAL_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads a decimal as a count of 10^-scale units.
 * Text must be exact: a digit beyond the scale that is not zero is refused. A JavaScript number may
 * carry the noise of binary arithmetic (4396.900000000001) up to one part in 2^46.
 *
 * @throws BlotterError `invalid` for NaN, infinities, text that is no decimal, and values too large.
 */
export function parseFixed(value: string | number, scale: number, what: string): number {
  if (typeof value === "number") return numberToFixed(value, scale, what);
  const match = DECIMAL_TEXT.exec(value.trim());
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (!match || whole + fraction === "") {
    throw invalid(`${what} must be a decimal number, was ${JSON.stringify(value)}`);
  }
  const exponent = Number(match[4] ?? 0) + scale - fraction.length;
  const digits = whole + fraction;
  const kept = exponent >= 0 ? digits + "0".repeat(exponent) : digits.slice(0, exponent);
  if (exponent < 0 && /[1-9]/.test(digits.slice(exponent))) {
    throw invalid(`${what} has more than ${scale} decimals: ${value.trim()}`);
  }
  const magnitude = Number(kept === "" ? "0" : kept);
  return checkedFixed(match[1] === "-" ? -magnitude : magnitude, what, value);
}

function numberToFixed(value: number, scale: number, what: string): number {
  if (!Number.isFinite(value)) throw invalid(`${what} must be a finite number, was ${value}`);
  const unit = 10 ** scale;
  const fixed = Math.round(value * unit);
  if (Math.abs(value - fixed / unit) > Math.abs(value) * 2 ** -46) {
    throw invalid(`${what} has more than ${scale} decimals: ${value}`);
  }
  return checkedFixed(fixed, what, value);
}

function checkedFixed(fixed: number, what: string, value: string | number): number {
  if (!Number.isSafeInteger(fixed)) throw invalid(`${what} is out of range: ${value}`);
  return fixed === 0 ? 0 : fixed;
}

/** The shortest plain decimal text of a fixed-point number: 5 at scale 7 is "0.0000005". */
export function formatFixed(fixed: number, scale: number): string {
  const digits = String(Math.abs(fixed)).padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  const sign = fixed < 0 ? "-" : "";
  return `${sign}${digits.slice(0, digits.length - scale)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Adds up safe integers; refuses a sum that is no longer exact. */
export function exactSum(...terms: readonly number[]): number {
  let sum = 0;
  for (const term of terms) sum += term;
  if (!Number.isSafeInteger(sum)) throw invalid(`sum is out of range: ${sum}`);
  return sum === 0 ? 0 : sum;
}

/** a x b x c / divisor, exact inside and rounded half to even at the end. */
export function scaledProduct(factors: readonly number[], divisor: number, what: string): number {
  let product = 1;
  for (const factor of factors) product *= factor;
  if (Number.isSafeInteger(product) && product % divisor === 0) return product / divisor || 0;
  let exact = 1n;
  for (const factor of factors) exact *= BigInt(factor);
  return toSafe(divideHalfEven(exact, BigInt(divisor)), what);
}

/** n / d rounded half to even; d is positive. */
export function divideHalfEven(n: bigint, d: bigint): bigint {
  const negative = n < 0n;
  const magnitude = negative ? -n : n;
  let quotient = magnitude / d;
  const twice = (magnitude % d) * 2n;
  if (twice > d || (twice === d && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

export function toSafe(value: bigint, what: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw invalid(`${what} is out of range: ${value}`);
  return number;
}
