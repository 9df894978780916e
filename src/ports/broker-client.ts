import type { InjectionToken } from "tsyringe";
import type { Instant } from "../domain/instant.js";
import type { DecimalInput } from "../domain/money.js";
import type { BrokerEvent, BrokerPosition } from "./broker.js";

/** An account as its broker knows it now. */
export interface BrokerAccount {
  readonly accountId: string;
  readonly accountName: string;
  /** US dollars: realised results less costs, without open positions. */
  readonly balance: DecimalInput;
  readonly canTrade: boolean;
}

/**
 * What a broker's API answers about the past and the present of an account. A row that cannot be read comes as
 * an `unreadable` event, and the others are told. Rows come in any order.
 *
 * Every call may throw BlotterError `unavailable` (no answer after all retries; the call may be repeated) or
 * `invalid` (the broker refused it; the message says why).
 */
export interface BrokerClient {
  /** All accounts that the credentials may see. */
  accounts(): Promise<readonly BrokerAccount[]>;
  /** Orders created from an instant on, and before another one; null is now. */
  orders(accountId: string, from: Instant, to: Instant | null): Promise<readonly BrokerEvent[]>;
  /** Fills executed from an instant on, and before another one; null is now. */
  fills(accountId: string, from: Instant, to: Instant | null): Promise<readonly BrokerEvent[]>;
  /** Orders that may still fill. */
  openOrders(accountId: string): Promise<readonly BrokerEvent[]>;
  positions(accountId: string): Promise<readonly BrokerPosition[]>;
}
export const BrokerClient: InjectionToken<BrokerClient> = Symbol("BrokerClient");
