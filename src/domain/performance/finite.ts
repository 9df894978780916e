/** The number, or null for NaN and infinities: a figure that is not one is unknown, never shown. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** a / b; null when b is 0, or the quotient is no number. */
export function ratio(a: number, b: number): number | null {
  return b === 0 ? null : finite(a / b);
}
