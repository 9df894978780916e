import { mean } from "./mean.js";
import { underwaterReturns } from "./return-drawdown.js";

/**
 * Ulcer index = sqrt(mean of the squared percentages below the high so far), over all days (P. Martin, B. McCann,
 * The Investor's Guide to Fidelity Funds, 1989): percent, net. Null without days; 0 without a drawdown.
 */
export function ulcerIndex(returns: readonly number[]): number | null {
  const squares = mean(underwaterReturns(returns).map((depth) => (100 * depth) ** 2));
  return squares === null ? null : Math.sqrt(squares);
}
