import type { AccountId } from "../../src/domain/ids.js";
import type {
  Blotter,
  FillCorrection,
  FillInput,
  FillOutcome,
  FillVoid,
  OrderInput,
  OrderOutcome,
} from "../../src/index.js";
import { freshAccount } from "./fresh-account.js";

/** "buy 2 @ 20000.25" */
const TRADE = /^(buy|sell) (\d+) @ (\S+)$/;

/** One account of its own, and short words for what a broker says of it. */
export class Desk {
  constructor(
    readonly blotter: Blotter,
    readonly account: AccountId,
  ) {}

  static async open(blotter: Blotter): Promise<Desk> {
    return new Desk(blotter, await freshAccount(blotter));
  }

  /** @param at seconds after the open; the fills of a test happen in that order */
  async fill(
    at: number,
    fillId: string,
    orderId: string,
    trade: string,
    more: Partial<FillInput> = {},
  ): Promise<FillOutcome> {
    return this.blotter.orders.recordFill(
      fillInput(this.account, at, fillId, orderId, trade, more),
    );
  }

  async order(orderId: string, more: Partial<OrderInput> = {}): Promise<OrderOutcome> {
    return this.blotter.orders.recordOrder({
      accountId: this.account,
      orderId,
      contract: "MNQU26",
      side: "buy",
      createdAt: secondsAfterOpen(0),
      ...more,
    });
  }

  async void(fillId: string, more: Partial<FillVoid> = {}): Promise<FillOutcome> {
    return this.blotter.orders.voidFill({ accountId: this.account, fillId, ...more });
  }

  async correct(
    fillId: string,
    revision: number,
    more: Partial<FillCorrection>,
  ): Promise<FillOutcome> {
    const input = { accountId: this.account, fillId, revision, ...more };
    return this.blotter.orders.correctFill(input);
  }

  net(): Promise<number> {
    return this.blotter.positions.netQuantity(this.account, "MNQU26");
  }
}

export function fillInput(
  accountId: string,
  at: number,
  fillId: string,
  orderId: string,
  trade: string,
  more: Partial<FillInput> = {},
): FillInput {
  const [, side, quantity, price] = TRADE.exec(trade) ?? [];
  if ((side !== "buy" && side !== "sell") || price === undefined) {
    throw new Error(`no trade: ${trade}`);
  }
  return {
    accountId,
    fillId,
    orderId,
    contract: "MNQU26",
    side,
    quantity: Number(quantity),
    price,
    executedAt: secondsAfterOpen(at),
    ...more,
  };
}

const OPEN = Date.parse("2026-08-19T13:30:00Z");

export function secondsAfterOpen(seconds: number): string {
  return new Date(OPEN + seconds * 1000).toISOString();
}
