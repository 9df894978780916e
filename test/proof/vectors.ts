import { describe } from "vitest";
import { describeBeancount } from "./beancount-vectors.js";
import type { OpenStore } from "./imported.js";
import { describePortfolioPerformance } from "./portfolio-performance-vectors.js";
import { hasShared, leftOut } from "./shared-data.js";

/** Figures that other projects assert in their own tests, through the public services. */
export function describeVectors(name: string, open: OpenStore): void {
  describe(`other projects' figures, on ${name}`, () => {
    if (!hasShared("vectors")) {
      leftOut("the figures of portfolio_performance (13) and beancount (11)", "vectors");
      return;
    }
    describePortfolioPerformance(open);
    describeBeancount(open);
  });
}
