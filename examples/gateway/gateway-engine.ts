import { Firm } from "./firm.js";
import { GatewayAccount, type GatewayPosition, type GatewayTrade } from "./gateway-account.js";
import {
  CHANGE_ERROR,
  CLOSE_ERROR,
  INVALID_CLOSE_SIZE,
  ORDER_TYPE,
  PLACE_ERROR,
  SIDE,
  STATUS,
} from "./gateway-codes.js";
import {
  contractOf,
  type GatewayContract,
  listedContracts,
  ROOTS,
  ticksOf,
} from "./gateway-contracts.js";
import { ContractMarket, isOpen, MARKET_STEP_US } from "./gateway-market.js";
import type { GatewayOptions } from "./gateway-options.js";
import { type GatewayOrder, isAlive, orderRow } from "./gateway-order.js";
import {
  type Answer,
  type CancelRequest,
  type CloseRequest,
  DONE,
  type ModifyRequest,
  type PlaceAnswer,
  type PlaceRequest,
  refused,
} from "./gateway-requests.js";
import {
  accountEvent,
  accountRow,
  commissionsOf,
  contractRow,
  type HubEvent,
  positionEvent,
  positionRow,
  tradeEvent,
  tradeRow,
} from "./gateway-rows.js";
import { restTime } from "./gateway-time.js";
import { OrderDesk } from "./order-desk.js";
import { objectionTo, pricesOf, rejection } from "./order-terms.js";
import { between, type Random, seededRandom } from "./random.js";

/** A quote as the market hub sends it. */
export interface QuoteEvent {
  readonly event: "GatewayQuote";
  readonly contractId: string;
  readonly quote: Readonly<Record<string, unknown>>;
}

type Row = Record<string, unknown>;

/**
 * A broker to try a bot against: accounts, a matching engine and a market, on a clock that only the
 * caller moves. The seed and the calls decide everything.
 */
export class GatewayEngine {
  readonly #accounts: ReadonlyMap<number, GatewayAccount>;
  readonly #firm: Firm;
  readonly #desk: OrderDesk;
  readonly #random: Random;
  readonly #markets = new Map<string, ContractMarket>();
  readonly #listeners = new Set<(event: HubEvent) => void>();
  readonly #quoteListeners = new Set<(event: QuoteEvent) => void>();
  readonly #clockListeners = new Set<() => void>();
  #nowUs: number;

  constructor(private readonly options: GatewayOptions) {
    const { seed, accounts, startUs, partialFills = 0.3, lateCommissions = 0 } = options;
    this.#nowUs = startUs;
    this.#random = seededRandom(seed);
    this.#accounts = new Map(
      accounts.map(({ id, name, balance }) => [
        id,
        new GatewayAccount(id, name, Math.round(balance * 1e6)),
      ]),
    );
    this.#firm = new Firm(this.accounts, options.limits, {
      liquidate: (account) => this.#liquidate(account),
      tell: (account) => this.#tell(accountEvent(account)),
    });
    this.#desk = new OrderDesk(
      this.#random,
      { partialFills, lateCommissions },
      () => this.#stamp(),
      (event) => this.#tell(event),
      (id) => this.account(id),
    );
  }

  get nowUs(): number {
    return this.#nowUs;
  }

  get accounts(): readonly GatewayAccount[] {
    return [...this.#accounts.values()];
  }

  get orders(): Iterable<GatewayOrder> {
    return this.#desk.orders.values();
  }

  order(id: number): GatewayOrder | null {
    return this.#desk.orders.get(id) ?? null;
  }

  /** @throws Error for an account that the gateway does not have */
  account(id: number): GatewayAccount {
    const account = this.#accounts.get(id);
    if (!account) throw new Error(`the gateway has no account ${id}`);
    return account;
  }

  hasAccount(id: number): boolean {
    return this.#accounts.has(id);
  }

  /** @returns a function that ends it */
  onEvent(listener: (event: HubEvent) => void): () => void {
    return listen(this.#listeners, listener);
  }

  onQuote(listener: (event: QuoteEvent) => void): () => void {
    return listen(this.#quoteListeners, listener);
  }

  /** Called whenever the clock has moved. */
  onClock(listener: () => void): () => void {
    return listen(this.#clockListeners, listener);
  }

  /** Lets time pass: the market moves once a minute while it is open, and orders fill. */
  advanceTo(us: number): void {
    let step = (Math.floor(this.#nowUs / MARKET_STEP_US) + 1) * MARKET_STEP_US;
    for (; step <= us; step += MARKET_STEP_US) {
      this.#nowUs = Math.max(this.#nowUs, step);
      this.#firm.roll(this.#nowUs);
      if (isOpen(step)) this.#moveMarkets();
      this.#desk.expire(step);
      for (const listener of this.#clockListeners) listener();
    }
    this.#nowUs = Math.max(this.#nowUs, us);
    for (const listener of this.#clockListeners) listener();
  }

  advance(us: number): void {
    this.advanceTo(this.#nowUs + us);
  }

  /** The market of a contract, which begins with the first interest in it. */
  market(contract: GatewayContract): ContractMarket {
    const known = this.#markets.get(contract.id);
    if (known) return known;
    let seed = this.options.seed;
    for (const letter of contract.id) seed = Math.imul(seed ^ letter.charCodeAt(0), 0x01000193);
    const market = new ContractMarket(contract, seededRandom(seed));
    this.#markets.set(contract.id, market);
    return market;
  }

  place(request: PlaceRequest): PlaceAnswer {
    const objection = this.#firm.objectionTo(request.accountId, request.size);
    if (objection !== null) return { ...rejection(objection), orderId: null };
    const answer = this.#place(request);
    this.#firm.watch(this.#markets.values());
    return "id" in answer ? { ...DONE, orderId: answer.id } : { ...answer, orderId: null };
  }

  cancel({ accountId, orderId }: CancelRequest): Answer {
    const order = this.#changeable(accountId, orderId);
    if ("errorCode" in order) return order;
    this.#desk.cancel(order);
    return DONE;
  }

  modify(request: ModifyRequest): Answer {
    const order = this.#changeable(request.accountId, request.orderId);
    if ("errorCode" in order) return order;
    const { size, limitPrice, stopPrice, trailPrice } = request;
    if (order.status !== STATUS.open) return refused(CHANGE_ERROR.rejected);
    if (size && size <= order.fillVolume) return refused(CHANGE_ERROR.rejected, "Invalid size.");
    const stop = stopPrice ?? trailPrice;
    if (size) order.size = size;
    if (limitPrice && order.limit !== null) order.limit = ticksOf(order.contract, limitPrice);
    if (stop && order.stop !== null) order.stop = ticksOf(order.contract, stop);
    this.#desk.changed(order);
    return DONE;
  }

  /** Closes a position, or some of it, with a market order that nobody learns the id of. */
  close({ accountId, contractId, size }: CloseRequest): Answer {
    if (!this.hasAccount(accountId)) return refused(CLOSE_ERROR.accountNotFound);
    const contract = contractOf(contractId);
    if (!contract) return refused(CLOSE_ERROR.contractNotFound);
    const { held } = this.account(accountId).position(contract);
    if (held === 0) return refused(CLOSE_ERROR.positionNotFound);
    const most = Math.abs(held);
    if (size !== undefined && (size < 1 || size > most)) return refused(INVALID_CLOSE_SIZE);
    const side = held > 0 ? SIDE.sell : SIDE.buy;
    const order = { accountId, contractId, side, type: ORDER_TYPE.market, size: size ?? most };
    const answer = this.#place(order);
    this.#firm.watch(this.#markets.values());
    if ("id" in answer) return DONE;
    return refused(CLOSE_ERROR.contractNotActive, answer.errorMessage);
  }

  searchAccounts(): Row[] {
    return this.accounts.map(accountRow);
  }

  /** By creation, both ends included, newest first; what is suspended is left out. */
  searchOrders(accountId: number, fromUs: number, toUs: number): Row[] {
    return this.#ordersOf(accountId)
      .filter((order) => order.status !== STATUS.suspended)
      .filter((order) => order.createdUs >= fromUs && order.createdUs <= toUs)
      .map((order) => orderRow(order, restTime))
      .reverse();
  }

  searchOpenOrders(accountId: number): Row[] {
    return this.#ordersOf(accountId)
      .filter((order) => isAlive(order) && order.status !== STATUS.suspended)
      .map((order) => orderRow(order, restTime));
  }

  searchTrades(accountId: number, fromUs: number, toUs: number): Row[] {
    const { trades } = this.account(accountId);
    const rows: Row[] = [];
    for (const trade of trades) {
      if (trade.createdUs < fromUs || trade.createdUs > toUs) continue;
      const row = tradeRow(trade, restTime);
      if (this.options.commissionsInRest) row.commissions = commissionsOf(trade);
      rows.push(row);
    }
    return rows.reverse();
  }

  searchPositions(accountId: number): Row[] {
    const { openPositions } = this.account(accountId);
    return openPositions.map((position) => positionRow(accountId, position, restTime));
  }

  contracts(): Row[] {
    const listed = ROOTS.flatMap((root) => listedContracts(root, this.#nowUs));
    return listed.map((contract) => contractRow(contract, this.#nowUs));
  }

  contractById(contractId: string): Row | null {
    const contract = contractOf(contractId);
    return contract && contractRow(contract, this.#nowUs);
  }

  /** Takes a trade back; the hub says so. */
  voidTrade(tradeId: number): void {
    const trade = this.#restate(tradeId, (taken) => {
      taken.voided = true;
    });
    this.#tell(tradeEvent(trade.trade));
    this.#tellAfter(trade);
  }

  /** Gives a trade another price, in ticks. Only REST tells it: the hub is silent on the trade. */
  correctTrade(tradeId: number, byTicks: number): void {
    const trade = this.#restate(tradeId, (moved) => {
      moved.price += byTicks;
    });
    this.#tellAfter(trade);
  }

  #place(request: PlaceRequest): GatewayOrder | Answer {
    const { accountId, customTag } = request;
    if (!this.hasAccount(accountId)) return refused(PLACE_ERROR.accountNotFound);
    const account = this.account(accountId);
    const contract = contractOf(request.contractId);
    if (!contract) return refused(PLACE_ERROR.contractNotFound);
    if (contract.expiresUs <= this.#nowUs) return refused(PLACE_ERROR.contractNotActive);
    const objection = objectionTo(request);
    if (objection) return objection;
    if (customTag && account.tags.has(customTag)) {
      return rejection(`An order with custom tag ${customTag} already exists.`);
    }
    const market = this.market(contract);
    const prices = pricesOf(request, contract, market.quote);
    if ("errorCode" in prices) return prices;
    const why = this.#rejection(request, account, contract);
    if (why === null) return this.#desk.enter(request, market, prices);
    this.#desk.reject(request, contract);
    return why;
  }

  /** Why the exchange refuses an order that is well formed; null when it does not. */
  #rejection(request: PlaceRequest, account: GatewayAccount, contract: GatewayContract) {
    if (!isOpen(this.#nowUs)) {
      const message =
        "Trading is currently unavailable. The instrument is not in an active trading status.";
      return refused(PLACE_ERROR.outsideTradingHours, message);
    }
    const { maxPosition = 15 } = this.options;
    const signed = request.side === SIDE.buy ? request.size : -request.size;
    const held = Math.abs(account.position(contract).held + signed);
    if (held <= maxPosition) return null;
    return rejection(
      `MaxAccountPosition of [${maxPosition}] exceeded by the account, NewMax: [${held}]`,
    );
  }

  #changeable(accountId: number, orderId: number): GatewayOrder | Answer {
    if (!this.hasAccount(accountId)) return refused(CHANGE_ERROR.accountNotFound);
    const order = this.#desk.orders.get(orderId);
    if (order?.accountId !== accountId) return refused(CHANGE_ERROR.orderNotFound);
    return isAlive(order) ? order : refused(CHANGE_ERROR.rejected);
  }

  #ordersOf(accountId: number): GatewayOrder[] {
    return [...this.#desk.orders.values()].filter((order) => order.accountId === accountId);
  }

  #moveMarkets(): void {
    const time = this.#quoteListeners.size > 0 ? restTime(this.#nowUs) : "";
    for (const market of this.#markets.values()) {
      if (market.contract.expiresUs <= this.#nowUs) continue;
      const moved = market.move();
      this.#desk.match(market);
      this.#firm.watch(this.#markets.values());
      if (!moved || time === "") continue;
      const { id: contractId } = market.contract;
      const quote = market.quoteRow(time);
      for (const hear of this.#quoteListeners) hear({ event: "GatewayQuote", contractId, quote });
    }
  }

  #liquidate({ id }: GatewayAccount): void {
    const works = (order: GatewayOrder) => isAlive(order) && order.status !== STATUS.suspended;
    // An entry that was filled in part leaves its children in the book.
    for (;;) {
      const order = this.#ordersOf(id).find(works);
      if (!order) break;
      this.#desk.cancel(order);
    }
    for (const { contract } of this.account(id).openPositions) {
      this.close({ accountId: id, contractId: contract.id });
    }
  }

  #restate(tradeId: number, change: (trade: GatewayTrade) => void) {
    const trade = this.#findTrade(tradeId);
    const account = this.account(trade.order.accountId);
    return { trade, account, position: account.restate(trade, change) };
  }

  #tellAfter(restated: {
    readonly account: GatewayAccount;
    readonly position: GatewayPosition;
  }): void {
    this.#tell(positionEvent(restated.account.id, restated.position));
    this.#tell(accountEvent(restated.account));
  }

  #findTrade(tradeId: number): GatewayTrade {
    for (const { trades } of this.#accounts.values()) {
      const found = trades.find((trade) => trade.id === tradeId);
      if (found) return found;
    }
    throw new Error(`the gateway has no trade ${tradeId}`);
  }

  #tell(event: HubEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Later than the one before. */
  #stamp(): number {
    this.#nowUs += between(this.#random, 60, 2_500);
    return this.#nowUs;
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
