import { type Money, moneyToNumber } from "../money.js";
import { sampleDeviation } from "./deviation.js";
import { averageMae, averageMfe, mfeKept } from "./excursions.js";
import { expectancyR, type RiskedResult } from "./expectancy.js";
import { medianSeconds } from "./holding-time.js";
import { largestLoss, largestWin } from "./largest-result.js";
import { median } from "./percentile.js";
import type { Result } from "./result.js";
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

/** A result as these figures see it. */
export type MeasuredResult = Pick<
  Result,
  "netPnl" | "grossPnl" | "durationSeconds" | "mae" | "mfe"
> &
  RiskedResult;

/** @param results in canonical order */
export function resultFigures(results: readonly MeasuredResult[]): ResultFigures {
  const nets = results.map(({ netPnl }) => netPnl);
  const dollars = nets.map(moneyToNumber);
  const runs = streaks(nets);
  return {
    count: results.length,
    largestWin: largestWin(nets),
    largestLoss: largestLoss(nets),
    longestWinStreak: runs.longestWin,
    longestLossStreak: runs.longestLoss,
    currentStreak: runs.current,
    medianNet: median(dollars),
    standardDeviation: sampleDeviation(dollars),
    systemQuality: systemQuality(dollars),
    medianSeconds: medianSeconds(results),
    medianWinSeconds: medianSeconds(results, 1),
    medianLossSeconds: medianSeconds(results, -1),
    averageMae: averageMae(results),
    averageMfe: averageMfe(results),
    mfeKept: mfeKept(results),
    expectancyR: expectancyR(results),
    resultsWithRisk: results.filter(({ plannedRisk }) => plannedRisk !== null).length,
  };
}
