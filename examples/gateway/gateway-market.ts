import { type GatewayContract, pointsOf } from "./gateway-contracts.js";
import { DAY_US, HOUR_US, MINUTE_US } from "./gateway-time.js";
import { between, type Random } from "./random.js";

/** Prices in ticks. */
export interface Quote {
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
}

/** A price that wanders about in ticks. */
export class ContractMarket {
  readonly #random: Random;
  #last: number;
  #bid: number;
  #before = Number.NaN;
  #news = 0;

  constructor(
    readonly contract: GatewayContract,
    random: Random,
  ) {
    this.#random = random;
    this.#last = contract.startTicks + between(random, -400, 400);
    this.#bid = this.#last;
  }

  get quote(): Quote {
    return { bid: this.#bid, ask: this.#bid + 1, last: this.#last };
  }

  /** News: the next price is so many ticks away, with nothing in between. */
  gap(ticks: number): void {
    this.#news += ticks;
  }

  /** @returns whether anything changed */
  move(): boolean {
    const step = between(this.#random, -9, 9) + this.#news;
    this.#news = 0;
    // What has become cheap or dear comes back, so that a price never goes to zero.
    const pull = this.#last < this.contract.startTicks / 2 ? 2 : 0;
    this.#last += step + pull;
    this.#bid = this.#last - (step > 0 ? 1 : 0);
    return step + pull !== 0;
  }

  /** What the market hub sends; the last price is left out where it is the one sent before. */
  quoteRow(time: string): Record<string, unknown> {
    const { contract } = this;
    const row: Record<string, unknown> = { symbol: contract.symbolId };
    if (this.#last !== this.#before) row.lastPrice = pointsOf(contract, this.#last);
    this.#before = this.#last;
    row.bestBid = pointsOf(contract, this.#bid);
    row.bestAsk = pointsOf(contract, this.#bid + 1);
    return { ...row, lastUpdated: time, timestamp: time, contract: contract.id };
  }
}

/** Thursday, 1970-01-01. */
const FIRST_WEEKDAY = 4;
const FRIDAY = 5;
const SATURDAY = 6;

/**
 * Whether futures trade. The pause from 16:00 to 17:00 in Chicago is 21:00 to 22:00 UTC in summer
 * and an hour later in winter: here it is both. The weekend begins and ends with that pause.
 */
export function isOpen(us: number): boolean {
  const weekday = (FIRST_WEEKDAY + Math.floor(us / DAY_US)) % 7;
  const hour = Math.floor((us % DAY_US) / HOUR_US);
  if (weekday === SATURDAY) return false;
  if (weekday === FRIDAY && hour >= 21) return false;
  if (weekday === 0 && hour < 23) return false;
  return hour < 21 || hour >= 23;
}

export const MARKET_STEP_US = MINUTE_US;
