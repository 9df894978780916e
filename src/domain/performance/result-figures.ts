import type { Money } from "../money.js";
import { sampleDeviation } from "./deviation.js";
import { dollarsOf } from "./dollars.js";
import { averageMae, averageMfe, mfeKept } from "./excursions.js";
import { expectancyR, rMultiples } from "./expectancy.js";
import { medianSeconds } from "./holding-time.js";
import { largestLoss, largestWin } from "./largest-result.js";
import { mean } from "./mean.js";
import { median } from "./percentile.js";
import { streaks } from "./streaks.js";
import { systemQuality } from "./system-quality.js";

/** What only the results themselves can tell, in canonical order. Net of known costs; null for too little data. */
export interface ResultFigures {
  readonly count: number;
  readonly largestWin: Money | null;
  /** Negative. */
  readonly largestLoss: Money | null;
  /** The longest runs of wins and of losses; a breakeven result ends both. */
  readonly longestWinStreak: number;
  readonly longestLossStreak: number;
  /** Wins (positive) or losses (negative) in a row up to the last result; 0 after a breakeven one. */
  readonly currentStreak: number;
  readonly medianNet: number | null;
  /** Sample standard deviation, dollars. */
  readonly standardDeviation: number | null;
  readonly systemQuality: number | null;
  readonly medianSeconds: number | null;
  readonly medianWinSeconds: number | null;
  readonly medianLossSeconds: number | null;
  /** Dollars before costs; MAE at most 0, MFE at least 0. */
  readonly averageMae: number | null;
  readonly averageMfe: number | null;
  /** Gross kept of the favourable excursion: sum of gross / sum of MFE. */
  readonly mfeKept: number | null;
  /** Mean of net / planned risk over the results whose risk is known, and how many they are. */
  readonly expectancyR: number | null;
  readonly resultsWithRisk: number;
}

/**
 * Results as these figures see them, a list for each field, since there may be millions: the nth of each list belongs
 * to the nth result.
 */
export interface MeasuredResults {
  readonly netPnl: ArrayLike<Money>;
  readonly durationSeconds: ArrayLike<number>;
  /** The nets in canonical order; the lists may be in any. */
  readonly netsInOrder: ArrayLike<Money>;
  /** Over all results. */
  readonly sums: Readonly<Record<"grossPnl" | "mae" | "mfe", Money>>;
  /** NaN while nobody knows. */
  readonly plannedRisk: ArrayLike<Money>;
}

export function resultFigures(results: MeasuredResults): ResultFigures {
  const { netPnl: nets, durationSeconds: seconds, sums, plannedRisk } = results;
  const dollars = dollarsOf(nets);
  const deviation = sampleDeviation(dollars);
  const runs = streaks(results.netsInOrder);
  return {
    count: nets.length,
    largestWin: largestWin(nets),
    largestLoss: largestLoss(nets),
    longestWinStreak: runs.longestWin,
    longestLossStreak: runs.longestLoss,
    currentStreak: runs.current,
    medianNet: median(dollars),
    standardDeviation: deviation,
    systemQuality: systemQuality(nets.length, mean(dollars), deviation),
    medianSeconds: medianSeconds(seconds, nets),
    medianWinSeconds: medianSeconds(seconds, nets, 1),
    medianLossSeconds: medianSeconds(seconds, nets, -1),
    averageMae: averageMae(sums.mae, nets.length),
    averageMfe: averageMfe(sums.mfe, nets.length),
    mfeKept: mfeKept(sums.grossPnl, sums.mfe),
    expectancyR: expectancyR(rMultiples(nets, plannedRisk)),
    resultsWithRisk: knownOf(plannedRisk),
  };
}

function knownOf(risks: MeasuredResults["plannedRisk"]): number {
  let known = 0;
  for (let n = 0; n < risks.length; n += 1) if (!Number.isNaN(risks[n])) known += 1;
  return known;
}
