/** Numbers from 0 to 1. */
export type Random = () => number;

/** A generator that its seed alone decides (mulberry32), so that every run sees the same market. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export const TICK = 0.25;
export const DAYS_A_WEEK = 5;

const FIRST_MONDAY_MS = Date.UTC(2026, 10, 2);
const DAY_MS = 86_400_000;

/** Midnight UTC of a trading day's date. Day 0 is Monday 2026-11-02; weekends are left out. */
export function tradingDateMs(day: number): number {
  const week = Math.floor(day / DAYS_A_WEEK);
  return FIRST_MONDAY_MS + (week * 7 + (day % DAYS_A_WEEK)) * DAY_MS;
}

/** What one paper contract is: the figures that its P&L is made of. */
export interface PaperContract {
  readonly contractId: string;
  readonly symbolId: string;
  readonly displayName: string;
  /** US dollars per point. */
  readonly pointValue: number;
}

/** The quarterly contract that is traded on a date; trading moves on about a week before expiry. */
export function frontContract(root: Root, dateMs: number): PaperContract {
  const date = new Date(dateMs);
  const month = date.getUTCMonth() + (date.getUTCDate() > 11 ? 1 : 0);
  const quarter = Math.floor(month / 3);
  const year = (date.getUTCFullYear() + Math.floor(quarter / 4)) % 100;
  const expiry = `${"HMUZ".charAt(quarter % 4)}${year}`;
  return {
    contractId: `CON.F.US.${root}.${expiry}`,
    symbolId: `F.US.${root}`,
    displayName: `${root}${expiry}`,
    pointValue: root === "MNQ" ? 2 : 5,
  };
}

export type Root = "MNQ" | "MES";

/** Two prices that wander about in ticks. */
export class PaperMarket {
  readonly #prices: Record<Root, number> = { MNQ: 25_000, MES: 6_800 };

  constructor(private readonly random: Random) {}

  /** The next price of a contract: up to 60 ticks away from the last one. */
  move(root: Root): number {
    this.#prices[root] += between(this.random, -60, 60) * TICK;
    return this.#prices[root];
  }
}
