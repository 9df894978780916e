import { formatInstant, type Instant, parseInstant } from "../../src/domain/instant.js";

/** How many trading days a made-up account has, and what happens on each. */
export interface LongHistory {
  readonly orders: number;
  readonly ordersADay: number;
}

const FIRST_DAY = Date.parse("2024-01-02T14:30:00Z") * 1_000;
const DAY_US = 86_400_000_000;
const BETWEEN_US = 20_000_000;
/** One order in ten fills; the others are cancelled. */
const FILLED_OF = 10;

/**
 * The answers of Order/search and Trade/search for an account of many orders, worked out for the stretch that is
 * asked for: buys and sells in turn, so that every second fill closes a trade.
 */
export class LongAccount {
  constructor(
    private readonly accountId: number,
    private readonly history: LongHistory,
  ) {}

  get fills(): number {
    return Math.floor(this.history.orders / FILLED_OF);
  }

  /** The end of its last day. */
  get endsAt(): Instant {
    return (this.#at(this.history.orders - 1) + DAY_US) as Instant;
  }

  orders(startTimestamp: string, endTimestamp: string | null): readonly object[] {
    return this.#between(startTimestamp, endTimestamp).map((index) => {
      const filled = index % FILLED_OF === 0;
      const at = formatInstant(this.#at(index));
      return {
        id: 3_400_000_000 + index,
        accountId: this.accountId,
        contractId: CONTRACT,
        symbolId: "F.US.MNQ",
        creationTimestamp: at,
        updateTimestamp: at,
        status: filled ? 2 : 3,
        type: filled ? 2 : 1,
        side: this.#side(index),
        size: 1,
        limitPrice: filled ? null : 20_000,
        stopPrice: null,
        fillVolume: filled ? 1 : 0,
        filledPrice: filled ? 20_000 : null,
        customTag: `long-strategy-long-${index}`,
      };
    });
  }

  trades(startTimestamp: string, endTimestamp: string | null): readonly object[] {
    return this.#between(startTimestamp, endTimestamp)
      .filter((index) => index % FILLED_OF === 0)
      .map((index) => ({
        id: 3_000_000_000 + index,
        accountId: this.accountId,
        contractId: CONTRACT,
        creationTimestamp: formatInstant(this.#at(index)),
        price: 20_000 + (index % 40) / 4,
        profitAndLoss: null,
        fees: 0.36,
        commissions: 0.25,
        side: this.#side(index),
        size: 1,
        voided: false,
        orderId: 3_400_000_000 + index,
      }));
  }

  #side(index: number): number {
    return Math.floor(index / FILLED_OF) % 2;
  }

  #at(index: number): Instant {
    const { ordersADay } = this.history;
    const day = Math.floor(index / ordersADay);
    return (FIRST_DAY + day * DAY_US + (index % ordersADay) * BETWEEN_US) as Instant;
  }

  /** The orders of a stretch, found without looking at the others. */
  #between(startTimestamp: string, endTimestamp: string | null): readonly number[] {
    const from = parseInstant(startTimestamp, "start");
    const to = endTimestamp === null ? Number.POSITIVE_INFINITY : parseInstant(endTimestamp, "end");
    const { orders, ordersADay } = this.history;
    const firstDay = Math.max(0, Math.floor((from - FIRST_DAY) / DAY_US));
    const found: number[] = [];
    for (let index = firstDay * ordersADay; index < orders; index += 1) {
      const at = this.#at(index);
      if (at >= to) break;
      if (at >= from) found.push(index);
    }
    return found;
  }
}

const CONTRACT = "CON.F.US.MNQ.Z26";
