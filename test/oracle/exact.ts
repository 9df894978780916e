/** Exact arithmetic for the oracle: every figure is a bigint count of 10^-scale units. */

export const PRICE_DECIMALS = 9;
export const MONEY_DECIMALS = 6;

/** Plain decimal text as units: "0.25" at 9 decimals is 250000000n. */
export function toUnits(text: string, decimals: number): bigint {
  const [, minus, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > decimals) {
    throw new Error(`no decimal of at most ${decimals} places: ${text}`);
  }
  const magnitude = BigInt(whole + fraction.padEnd(decimals, "0"));
  return minus ? -magnitude : magnitude;
}

/** Units as plain decimal text. */
export function toText(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return `${units < 0n ? "-" : ""}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** Units as the double that JSON shows. */
export function toDouble(units: bigint, decimals: number): number {
  return units === 0n ? 0 : Number(units) / 10 ** decimals;
}

export function floorDivide(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n % d !== 0n && n < 0n !== d < 0n ? quotient - 1n : quotient;
}

/** n / d to the nearest whole, a tie to the even one; d is positive. */
export function nearestEven(n: bigint, d: bigint): bigint {
  const below = floorDivide(n, d);
  const distance = 2n * (n - below * d) - d;
  if (distance < 0n) return below;
  if (distance > 0n) return below + 1n;
  return below % 2n === 0n ? below : below + 1n;
}

export const total = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
