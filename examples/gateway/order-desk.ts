import type { GatewayAccount, GatewayTrade } from "./gateway-account.js";
import { ORDER_TYPE, SIDE, STATUS } from "./gateway-codes.js";
import type { GatewayContract } from "./gateway-contracts.js";
import type { ContractMarket } from "./gateway-market.js";
import { type GatewayOrder, isAlive } from "./gateway-order.js";
import type { Bracket, PlaceRequest } from "./gateway-requests.js";
import {
  accountEvent,
  type HubEvent,
  orderEvent,
  positionEvent,
  tradeEvent,
} from "./gateway-rows.js";
import { fillPrice, takesAnyPrice, trail, trigger } from "./order-matching.js";
import type { OrderPrices } from "./order-terms.js";
import { between, type Random } from "./random.js";

/** How the exchange behaves, as shares of 1. */
export interface ExchangeHabits {
  /** Orders of more than one contract that fill in parts. */
  readonly partialFills: number;
  /** Trades whose commission the hub does not tell. */
  readonly lateCommissions: number;
}

const FIRST_ORDER_ID = 3_424_000_000;
const FIRST_TRADE_ID = 3_005_000_000;

/** The lives of all orders: from the book to their fills, with what the hub says of each step. */
export class OrderDesk {
  readonly orders = new Map<number, GatewayOrder>();
  /** Orders in the book by contract, in the order in which they came. */
  readonly #working = new Map<GatewayContract, GatewayOrder[]>();
  #lastOrderId = FIRST_ORDER_ID;
  #lastTradeId = FIRST_TRADE_ID;

  constructor(
    private readonly random: Random,
    private readonly habits: ExchangeHabits,
    private readonly stamp: () => number,
    private readonly tell: (event: HubEvent) => void,
    private readonly account: (id: number) => GatewayAccount,
  ) {}

  /** An order that the exchange refuses: it has an id, and its one word on the hub. */
  reject(request: PlaceRequest, contract: GatewayContract): void {
    const order = this.#create(request, contract, { limit: null, stop: null, trail: null });
    this.#move(order, STATUS.rejected);
  }

  /** Children first, suspended; then the entry, which may fill at once. */
  enter(request: PlaceRequest, market: ContractMarket, prices: OrderPrices): GatewayOrder {
    const order = this.#create(request, market.contract, prices);
    const stop = this.#child(order, "SL", request.stopLossBracket);
    const target = this.#child(order, "TP", request.takeProfitBracket);
    if (stop && target) target.linkedOrderId = stop.id;
    for (const child of [stop, target]) if (child) this.tell(orderEvent(child));
    if (this.random() < 0.7) this.tell(orderEvent(order));
    if (order.type !== ORDER_TYPE.market) this.#move(order, STATUS.open);
    else order.status = STATUS.open;
    this.#work(order);
    this.#tryToFill(order, market, false);
    return order;
  }

  cancel(order: GatewayOrder): void {
    if (this.random() < 0.2) this.#move(order, STATUS.pendingCancellation);
    this.end(order, STATUS.cancelled);
  }

  /** Ends an order that is not filled whole; its children go with it, or guard what was filled. */
  end(order: GatewayOrder, status: number): void {
    this.#move(order, status);
    for (const child of this.#childrenOf(order)) {
      if (order.fillVolume === 0) this.#move(child, STATUS.cancelled);
      else child.size = order.fillVolume;
    }
    if (order.fillVolume > 0) this.#activate(order);
  }

  changed(order: GatewayOrder): void {
    this.#move(order, order.status);
  }

  /** What a new quote does to the orders in the book. */
  match(market: ContractMarket): void {
    const working = this.#working.get(market.contract);
    if (!working || working.length === 0) return;
    for (const order of [...working]) {
      if (order.status !== STATUS.open) continue;
      if (trail(order, market.quote)) this.#move(order, STATUS.open);
      this.#tryToFill(order, market, true);
    }
    this.#working.set(
      market.contract,
      working.filter((order) => order.status === STATUS.open),
    );
  }

  /** Orders that an instant ends: those of contracts that have expired. */
  expire(us: number): void {
    for (const [contract, working] of this.#working) {
      if (contract.expiresUs > us) continue;
      for (const order of working) {
        if (order.status === STATUS.open) this.end(order, STATUS.expired);
      }
      this.#working.delete(contract);
    }
  }

  #create(request: PlaceRequest, contract: GatewayContract, prices: OrderPrices): GatewayOrder {
    this.#lastOrderId += between(this.random, 1, 40);
    const { accountId, side, type, size } = request;
    const customTag = request.customTag ?? null;
    return this.#keep({ accountId, contract, side, type, size, customTag, ...prices });
  }

  #child(parent: GatewayOrder, role: string, bracket: Bracket | null | undefined) {
    if (!bracket) return null;
    this.#lastOrderId += 1;
    const { accountId, contract, size, customTag } = parent;
    const tag = customTag === null ? null : `${customTag}-${role}`;
    const side = parent.side === SIDE.buy ? SIDE.sell : SIDE.buy;
    const distance = Math.abs(bracket.ticks);
    const order = { accountId, contract, side, type: bracket.type, size, customTag: tag };
    const prices = { limit: null, stop: null, trail: null };
    return this.#keep({ ...order, ...prices, parent, distance, status: STATUS.suspended });
  }

  #keep(
    given: Pick<GatewayOrder, "accountId" | "contract" | "side" | "type" | "size" | "customTag"> &
      OrderPrices &
      Partial<Pick<GatewayOrder, "parent" | "distance" | "status">>,
  ): GatewayOrder {
    const createdUs = given.parent?.createdUs ?? this.stamp();
    const order: GatewayOrder = {
      id: this.#lastOrderId,
      parent: null,
      distance: 0,
      status: STATUS.pending,
      ...given,
      createdUs,
      updatedUs: createdUs,
      linkedOrderId: null,
      triggered: false,
      fillVolume: 0,
      filledTicks: 0,
    };
    this.orders.set(order.id, order);
    if (order.customTag !== null) this.account(order.accountId).tags.add(order.customTag);
    return order;
  }

  #childrenOf(entry: GatewayOrder): readonly GatewayOrder[] {
    const next = [this.orders.get(entry.id + 1), this.orders.get(entry.id + 2)];
    return next.filter((order) => order !== undefined).filter((child) => child.parent === entry);
  }

  #work(order: GatewayOrder): void {
    const working = this.#working.get(order.contract);
    if (working) working.push(order);
    else this.#working.set(order.contract, [order]);
  }

  #move(order: GatewayOrder, status: number): void {
    order.status = status;
    order.updatedUs = this.stamp();
    this.tell(orderEvent(order));
  }

  #tryToFill(order: GatewayOrder, market: ContractMarket, resting: boolean): void {
    trigger(order, market.quote);
    const price = fillPrice(order, market.quote, resting);
    if (price === null) return;
    const part = this.#part(order);
    this.#fill(order, part, price);
    const rest = order.size - order.fillVolume;
    if (rest === 0 || !takesAnyPrice(order)) return;
    const worse = order.side === SIDE.buy ? 1 : -1;
    this.#fill(order, rest, price + between(this.random, 0, 2) * worse);
  }

  /** How many contracts trade first. Children fill whole, so that two never fill beside each other. */
  #part(order: GatewayOrder): number {
    const rest = order.size - order.fillVolume;
    const whole = rest === 1 || order.parent !== null || this.random() >= this.habits.partialFills;
    return whole ? rest : between(this.random, 1, rest - 1);
  }

  #fill(order: GatewayOrder, size: number, price: number): void {
    const account = this.account(order.accountId);
    order.fillVolume += size;
    order.filledTicks += size * price;
    order.updatedUs = this.stamp();
    if (order.fillVolume === order.size) order.status = STATUS.filled;
    const trade = this.#trade(order, size, price);
    const position = account.book(trade);

    // The hub says them in either order.
    const events = [orderEvent(order), tradeEvent(trade)];
    if (this.random() < 0.3) events.reverse();
    for (const event of events) this.tell(event);
    this.tell(positionEvent(account.id, position));
    this.tell(accountEvent(account));
    if (order.status === STATUS.filled) this.#afterFill(order);
  }

  #trade(order: GatewayOrder, size: number, price: number): GatewayTrade {
    this.#lastTradeId += between(this.random, 1, 60);
    return {
      id: this.#lastTradeId,
      order,
      size,
      price,
      // Parts of an order may bear one instant.
      createdUs: order.fillVolume > size && this.random() < 0.5 ? order.updatedUs : this.stamp(),
      feeMicros: size * order.contract.feeMicros,
      commissionMicros: size * order.contract.commissionMicros,
      lateCommission: this.random() < this.habits.lateCommissions,
      grossMicros: null,
      voided: false,
    };
  }

  #afterFill(order: GatewayOrder): void {
    if (order.parent === null) this.#activate(order);
    const siblings = order.parent === null ? [] : this.#childrenOf(order.parent);
    for (const sibling of siblings) {
      if (sibling !== order && isAlive(sibling)) this.#move(sibling, STATUS.cancelled);
    }
  }

  /** Gives the children of an entry their prices, and brings them into the book. */
  #activate(entry: GatewayOrder): void {
    const price = Math.round(entry.filledTicks / entry.fillVolume);
    const ahead = entry.side === SIDE.buy ? 1 : -1;
    for (const child of this.#childrenOf(entry)) {
      if (child.status !== STATUS.suspended) continue;
      if (child.type === ORDER_TYPE.limit) child.limit = price + ahead * child.distance;
      else child.stop = price - ahead * child.distance;
      if (child.type === ORDER_TYPE.trailingStop) child.trail = child.distance;
      this.#move(child, STATUS.open);
      this.#work(child);
    }
  }
}
