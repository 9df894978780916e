/** A first try and five more, with pauses that add up to about half a minute. */
export const MOST_TRIES = 6;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** A gateway that asks for more patience than this is as good as not there. */
export const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * The pause after a try that failed, in milliseconds: doubled each time, and of random length
 * between half and whole, so that many clients that failed together do not come back together.
 *
 * @param tries how many were made, from 1
 * @param random from 0 to 1
 */
export function pauseAfter(tries: number, random: number): number {
  const whole = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
  return Math.round(whole * (0.5 + random / 2));
}
