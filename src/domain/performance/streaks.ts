import type { Money } from "../money.js";

/** Runs of wins (net > 0) and of losses (net < 0). */
export interface Streaks {
  readonly longestWin: number;
  readonly longestLoss: number;
  /** The run up to the last result: positive for wins, negative for losses; 0 after a breakeven one. */
  readonly current: number;
}

/** Counts runs in canonical order, net; a breakeven result ends either. All 0 without results. */
export function streaks(nets: ArrayLike<Money>): Streaks {
  let current = 0;
  let longestWin = 0;
  let longestLoss = 0;
  for (let n = 0; n < nets.length; n += 1) {
    const direction = Math.sign(nets[n] ?? 0);
    current = Math.sign(current) === direction ? current + direction : direction;
    longestWin = Math.max(longestWin, current);
    longestLoss = Math.max(longestLoss, -current);
  }
  return { longestWin, longestLoss, current };
}
