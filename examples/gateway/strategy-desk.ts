import { ORDER_TYPE, SIDE } from "./gateway-codes.js";
import {
  frontContract,
  type GatewayContract,
  pointsOf,
  type Root,
  ticksOf,
} from "./gateway-contracts.js";
import type { PlaceRequest } from "./gateway-requests.js";
import { MINUTE_US } from "./gateway-time.js";
import { between, type Random } from "./random.js";
import type { Asking, Step } from "./strategy-step.js";

export const opposite = (side: number): number => (side === SIDE.buy ? SIDE.sell : SIDE.buy);

/** What only makes sense with the price that it needs, and what is left to the desk. */
export type OrderTerms = Omit<PlaceRequest, "accountId" | "contractId" | "customTag">;

/** Where a strategy trades: its account, its own random numbers and its names for orders. */
export class StrategyDesk {
  #orders = 0;

  constructor(
    readonly accountId: number,
    readonly random: Random,
    /** Begins every tag; another run that trades the same account takes another one. */
    private readonly tagPrefix: string,
    private readonly nowUs: () => number,
  ) {}

  contract(root: Root): GatewayContract {
    return frontContract(root, this.nowUs());
  }

  coin(): number {
    return this.random() < 0.5 ? SIDE.buy : SIDE.sell;
  }

  nextTag(strategy: string): string {
    this.#orders += 1;
    return `${this.tagPrefix}-strategy-${strategy}-${this.#orders}`;
  }

  /** Goes on after some whole minutes. */
  *wait(low: number, high = low): Asking<void> {
    const untilUs = this.nowUs() + between(this.random, low, high) * MINUTE_US;
    yield { do: "wait", untilUs } satisfies Step;
  }

  /** @returns the order's id; null when the broker refused it */
  *place(contract: GatewayContract, strategy: string, terms: OrderTerms): Asking<number | null> {
    const customTag = this.nextTag(strategy);
    const { accountId } = this;
    return yield {
      do: "place",
      request: { accountId, contractId: contract.id, customTag, ...terms },
    } satisfies Step;
  }

  *market(
    contract: GatewayContract,
    strategy: string,
    side: number,
    size: number,
  ): Asking<number | null> {
    return yield* this.place(contract, strategy, { type: ORDER_TYPE.market, side, size });
  }

  *cancel(orderId: number): Asking<void> {
    yield { do: "cancel", request: { accountId: this.accountId, orderId } } satisfies Step;
  }

  *filled(orderId: number | null): Asking<number> {
    if (orderId === null) return 0;
    return (yield { do: "filled", orderId } satisfies Step) ?? 0;
  }

  /** A price so many ticks away from the market: against the side when `ticks` is positive. */
  *priceAway(contract: GatewayContract, side: number, ticks: number): Asking<number> {
    const price = (yield { do: "price", contractId: contract.id } satisfies Step) ?? 0;
    const now = ticksOf(contract, price) ?? 0;
    return pointsOf(contract, side === SIDE.buy ? now - ticks : now + ticks);
  }
}
