import { FirmDesk, type FirmLimits } from "./firm-desk.js";
import type { GatewayAccount } from "./gateway-account.js";
import type { ContractMarket } from "./gateway-market.js";

/** What the firm does to an account at the broker. */
export interface FirmHands {
  /** Cancels every order of an account, and closes what it holds. */
  liquidate(account: GatewayAccount): void;
  /** Tells that an account may trade, or no longer. */
  tell(account: GatewayAccount): void;
}

/** A prop firm behind the broker. Without limits it does nothing. */
export class Firm {
  readonly #desks = new Map<number, FirmDesk>();

  constructor(
    accounts: Iterable<GatewayAccount>,
    private readonly limits: FirmLimits | undefined,
    private readonly hands: FirmHands,
  ) {
    if (!limits) return;
    for (const account of accounts) this.#desks.set(account.id, new FirmDesk(account, limits));
  }

  /** Why an order is refused before the exchange hears of it; null when it is not. */
  objectionTo(accountId: number, size: number): string | null {
    return this.#desks.get(accountId)?.objectionTo(size) ?? null;
  }

  /** Looks at every account, after a price or a fill. */
  watch(markets: Iterable<ContractMarket>): void {
    if (this.#desks.size === 0) return;
    const all = [...markets];
    for (const desk of this.#desks.values()) {
      if (!desk.look(all)) continue;
      if (this.limits?.liquidates) this.hands.liquidate(desk.account);
      this.hands.tell(desk.account);
    }
  }

  /** Lets time pass: a day that ends lets accounts in again. */
  roll(us: number): void {
    for (const desk of this.#desks.values()) if (desk.roll(us)) this.hands.tell(desk.account);
  }
}
