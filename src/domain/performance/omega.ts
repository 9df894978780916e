import { ratio } from "./finite.js";

/**
 * Omega ratio = sum of what lies above a threshold / sum of what lies below it (C. Keating, W. Shadwick, A
 * Universal Performance Measure, 2002): daily returns, net, no unit. Null without a day below.
 *
 * @param threshold the return of a day that is neither gain nor loss; 0 unless given
 */
export function omega(returns: readonly number[], threshold = 0): number | null {
  let above = 0;
  let below = 0;
  for (const day of returns) {
    const excess = day - threshold;
    if (excess > 0) above += excess;
    else below -= excess;
  }
  return ratio(above, below);
}
