import { PaperAccount } from "./paper-account.js";
import type { GatewayEvent } from "./paper-gateway.js";
import {
  between,
  DAYS_A_WEEK,
  frontContract,
  PaperMarket,
  type Random,
  seededRandom,
  tradingDateMs,
} from "./paper-market.js";
import {
  bracket,
  cancelled,
  closeSwing,
  type Desk,
  openSwing,
  partialFills,
  rejected,
  reversal,
  type Swing,
} from "./paper-strategies.js";

export interface PaperDay {
  /** Counts from 0. */
  readonly index: number;
  /** YYYY-MM-DD, a weekday. */
  readonly date: string;
  readonly lastOfWeek: boolean;
  readonly events: readonly GatewayEvent[];
  /** The day is whole in the books once they hold this trade: it comes after all that matters. */
  readonly lastTradeId: number;
}

/** What is traded between the open and the close, by the strategy's name in the orders' tags. */
const INTRADAY = [
  ["breakout", bracket],
  ["scale_in", partialFills],
  ["reversal", reversal],
  ["fade", cancelled],
  ["breakout", bracket],
  ["oversized", rejected],
] as const;
const TRADES_A_DAY = 10;

const MINUTE_MS = 60_000;

/**
 * A broker to try a bot against: it makes up trading days and sends what the gateway's user hub would send.
 * A seed decides everything, day by day: prices, orders, ids. A second exchange of the same seed says the same.
 */
export class PaperExchange {
  readonly account: PaperAccount;
  readonly #random: Random;
  readonly #market: PaperMarket;
  #nextIndex = 0;
  #swing: Swing | null = null;
  #waiting: PaperDay | null = null;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#market = new PaperMarket(this.#random);
    this.account = new PaperAccount(seed, this.#random);
  }

  /** Goes to the first day that is not whole in books whose newest trade is this one. */
  skipTo(newestTradeId: number): void {
    let day = this.nextDay();
    while (day.lastTradeId <= newestTradeId) day = this.nextDay();
    this.#waiting = day;
  }

  nextDay(): PaperDay {
    const day = this.#waiting ?? this.#trade();
    this.#waiting = null;
    return day;
  }

  #trade(): PaperDay {
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    const { account } = this;
    const dateMs = tradingDateMs(index);
    const desk: Desk = {
      account,
      market: this.#market,
      random: this.#random,
      contract: (root) => frontContract(root, dateMs),
    };
    // 23:30 UTC is after 17:00 in Chicago, summer and winter: this evening is the next trading day.
    account.startDay(index, dateMs - 30 * MINUTE_MS);
    if (this.#swing) closeSwing(desk, this.#swing);
    bracket(desk, "overnight_range");
    for (let slot = 0; slot < TRADES_A_DAY; slot += 1) {
      account.waitUntil(dateMs + (14.5 * 60 + slot * 30) * MINUTE_MS);
      const [strategy, trade] = INTRADAY[between(this.#random, 0, INTRADAY.length - 1)] ?? [];
      if (trade && strategy) trade(desk, strategy);
    }
    const intraday = account.takeEvents();
    account.waitUntil(dateMs + 20 * 60 * MINUTE_MS);
    this.#swing = openSwing(desk);
    return {
      index,
      date: new Date(dateMs).toISOString().slice(0, 10),
      lastOfWeek: index % DAYS_A_WEEK === DAYS_A_WEEK - 1,
      events: [...asTheHubDelivers(intraday, this.#random), ...account.takeEvents()],
      lastTradeId: account.lastTradeId,
    };
  }
}

/** A hub gives no promises: some events come late, behind what followed from them, and some come twice. */
function asTheHubDelivers(events: readonly GatewayEvent[], random: Random): GatewayEvent[] {
  const places = events.flatMap((event, index) => {
    const late = random() < 0.08 ? between(random, 2, 5) : 0;
    const first = { event, place: index + late };
    return random() < 0.05 ? [first, { event, place: index + between(random, 1, 20) }] : [first];
  });
  return places.sort((a, b) => a.place - b.place).map(({ event }) => event);
}
