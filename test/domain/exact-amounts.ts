import fc from "fast-check";
import type { Money, Price } from "../../src/domain/money.js";

/** Amounts of either sign up to a power of ten, with the small and the round ones among them. */
function amounts(most: number, unit: number) {
  const whole = fc.integer({ min: -most / unit, max: most / unit });
  return fc.oneof(
    fc.integer({ min: -most, max: most }),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    whole.map((units) => units * unit),
    fc.constantFrom(0, 1, -1, most, -most, most - 1, 1 - most),
  );
}

/** To a billion dollars either way, in millionths. */
export const anyMoney = amounts(1e15, 1e6).map((fixed) => (fixed || 0) as Money);
/** To a million points either way, in billionths. */
export const anyPrice = amounts(1e15, 1e9).map((fixed) => (fixed || 0) as Price);
