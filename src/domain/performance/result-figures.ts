import type { Money } from "../money.js";

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
