import { DAYS_A_YEAR } from "./annual.js";
import { cagr } from "./cagr.js";
import { ratio } from "./finite.js";
import { maxDrawdownOfReturns } from "./return-drawdown.js";

/**
 * Calmar ratio = CAGR / |max drawdown| (T. W. Young, Calmar Ratio: A Smoother Tool, 1991; here over the whole
 * series): net, no unit. Null without a drawdown, and where there is no CAGR.
 */
export function calmar(returns: readonly number[], periodsPerYear = DAYS_A_YEAR): number | null {
  const [growth, drawdown] = [cagr(returns, periodsPerYear), maxDrawdownOfReturns(returns)];
  return growth === null || drawdown === null ? null : ratio(growth, -drawdown);
}
