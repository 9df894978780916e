import type { Instant } from "./instant.js";

const HOUR_MICROS = 3_600_000_000;
export const DAY_MICROS = 24 * HOUR_MICROS;

/** How much further back is looked for what the broker restated late. */
export const DEEP_MICROS = 30 * DAY_MICROS;

/** A stretch with more rows than this is asked for again in halves: nobody says where answers are cut. */
export const MOST_ROWS = 2_000;
const FEW_ROWS = 500;
const SHORTEST_MICROS = HOUR_MICROS / 4;
const LONGEST_MICROS = 256 * DAY_MICROS;

/** A first comparison starts here: no account of the gateway is older. */
export const BEGINNING_OF_HISTORY = (Date.UTC(2020, 0, 1) * 1000) as Instant;

/**
 * Stretches of history to ask a broker for, one after the other: wide where little happened, narrow where much
 * did, so that an answer is neither cut nor a waste of the rate limit.
 */
export class SyncWindow {
  #lengthMicros = DAY_MICROS;
  #from: Instant;

  constructor(
    from: Instant,
    private readonly until: Instant,
  ) {
    this.#from = from;
  }

  get from(): Instant {
    return this.#from;
  }

  /** The end of the next stretch. */
  get to(): Instant {
    return Math.min(this.#from + this.#lengthMicros, this.until) as Instant;
  }

  get isOver(): boolean {
    return this.#from >= this.until;
  }

  /** True when the answer is to be thrown away and asked for again in halves. */
  isTooMuch(rows: number): boolean {
    const asked = this.to - this.#from;
    if (rows <= MOST_ROWS || asked <= SHORTEST_MICROS) return false;
    this.#lengthMicros = Math.max(SHORTEST_MICROS, Math.floor(asked / 2));
    return true;
  }

  /** Goes on to what follows. */
  landed(rows: number): void {
    this.#from = this.to;
    const growth = rows === 0 ? 8 : rows <= FEW_ROWS ? 2 : 1;
    this.#lengthMicros = Math.min(this.#lengthMicros * growth, LONGEST_MICROS);
  }
}
