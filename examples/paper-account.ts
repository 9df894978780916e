import {
  accountEvent,
  type GatewayEvent,
  orderEvent,
  type PaperOrder,
  positionEvent,
  SIDE,
  STATUS,
  tradeEvent,
} from "./paper-gateway.js";
import { between, type PaperContract, type Random } from "./paper-market.js";

/** What a micro contract costs, a contract and side. */
const FEE = 0.36;
const COMMISSION = 0.25;

const FIRST_ORDER_ID = 3_400_000_000;
const FIRST_TRADE_ID = 3_000_000_000;
/** A day makes fewer orders and fewer trades than this, so that later days have larger ids. */
const IDS_A_DAY = 1_000;

export interface OrderRequest {
  readonly contract: PaperContract;
  readonly side: number;
  readonly size: number;
  readonly type: number;
  readonly status: number;
  readonly strategy: string;
  readonly limitPrice?: number;
  readonly stopPrice?: number;
  /** Of a bracket's child: its entry, what it is to it, and the sibling that it cancels. */
  readonly parent?: PaperOrder;
  readonly role?: "SL" | "TP";
  readonly linkedOrderId?: number;
}

interface Lot {
  /** Signed: bought ones are positive. */
  quantity: number;
  readonly price: number;
}

/** The broker's side of one account: its orders, its FIFO lots, its balance. Every change is an event. */
export class PaperAccount {
  readonly id: number;
  readonly name: string;
  readonly startingBalance = 150_000;
  /** US dollars realised before costs, and the costs: the broker's own word on what Blotter computes. */
  gross = 0;
  costs = 0;
  lastTradeId = FIRST_TRADE_ID;
  #lastOrderId = FIRST_ORDER_ID;
  readonly #lots = new Map<string, Lot[]>();
  readonly #positionIds = new Map<string, number>();
  #events: GatewayEvent[] = [];
  #clockMs = 0;

  constructor(
    seed: number,
    private readonly random: Random,
  ) {
    this.id = 26_000_000 + seed;
    this.name = `PRAC-V2-100001-${this.id}`;
  }

  get balance(): number {
    return cents(this.startingBalance + this.gross - this.costs);
  }

  startDay(day: number, opensAtMs: number): void {
    this.#lastOrderId = FIRST_ORDER_ID + day * IDS_A_DAY;
    this.lastTradeId = FIRST_TRADE_ID + day * IDS_A_DAY;
    this.waitUntil(opensAtMs);
    this.#events.push(accountEvent(this));
  }

  waitUntil(timeMs: number): void {
    this.#clockMs = Math.max(this.#clockMs, timeMs);
  }

  wait(minutes: number): void {
    this.#clockMs += minutes * 60_000;
  }

  place(request: OrderRequest): PaperOrder {
    this.#lastOrderId += 1;
    const id = this.#lastOrderId;
    const at = this.#timestamp();
    const { parent, role, strategy, ...rest } = request;
    const tag = `paperbot-v1-strategy-${strategy}-${id - FIRST_ORDER_ID}`;
    const order: PaperOrder = {
      ...rest,
      id,
      customTag: parent ? `${parent.customTag}-${role}` : tag,
      parentOrderId: parent?.id,
      creationTimestamp: at,
      updateTimestamp: at,
      fillVolume: 0,
    };
    this.#events.push(orderEvent(this.id, order));
    return order;
  }

  change(order: PaperOrder, changes: Partial<PaperOrder>): void {
    Object.assign(order, changes, { updateTimestamp: this.#timestamp() });
    this.#events.push(orderEvent(this.id, order));
  }

  /** Fills some or all of an order. */
  fill(order: PaperOrder, size: number, price: number): void {
    const before = order.fillVolume * (order.filledPrice ?? 0);
    const fillVolume = order.fillVolume + size;
    const status = fillVolume === order.size ? STATUS.filled : STATUS.open;
    this.change(order, { fillVolume, filledPrice: (before + size * price) / fillVolume, status });

    this.lastTradeId += 1;
    const id = this.lastTradeId;
    const gross = this.#book(order, size, price);
    const fees = cents(size * FEE);
    const commissions = cents(size * COMMISSION);
    this.gross += gross ?? 0;
    this.costs = cents(this.costs + fees + commissions);
    const trade = { id, order, size, price, gross, fees, commissions };
    this.#events.push(tradeEvent(this.id, trade, this.#timestamp()));
    this.#tellPosition(order.contract);
    this.#events.push(accountEvent(this));
  }

  /** The events since the last call. */
  takeEvents(): GatewayEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Gross US dollars of a fill; null when it closed nothing. */
  #book(order: PaperOrder, size: number, price: number): number | null {
    const signed = order.side === SIDE.buy ? size : -size;
    const points = closeOldestFirst(this.#lotsOf(order.contract), signed, price);
    return points === null ? null : points * order.contract.pointValue;
  }

  #tellPosition(contract: PaperContract): void {
    const lots = this.#lotsOf(contract);
    const held = lots.reduce((sum, lot) => sum + lot.quantity, 0);
    const value = lots.reduce((sum, lot) => sum + lot.quantity * lot.price, 0);
    const id = this.#positionIds.get(contract.contractId) ?? this.lastTradeId;
    if (held === 0) this.#positionIds.delete(contract.contractId);
    else this.#positionIds.set(contract.contractId, id);
    const position = { id, contract, held, averagePrice: held === 0 ? 0 : value / held };
    this.#events.push(positionEvent(this.id, position, this.#timestamp()));
  }

  #lotsOf(contract: PaperContract): Lot[] {
    const lots = this.#lots.get(contract.contractId) ?? [];
    this.#lots.set(contract.contractId, lots);
    return lots;
  }

  /** Later than the one before, with the seven digits that the gateway sends. */
  #timestamp(): string {
    this.#clockMs += between(this.random, 1, 250);
    const millis = new Date(this.#clockMs).toISOString().slice(0, -1);
    return `${millis}${between(this.random, 1000, 9999)}+00:00`;
  }
}

/** Closes the oldest lots first; points x contracts, or null when the fill only opens. */
function closeOldestFirst(lots: Lot[], signed: number, price: number): number | null {
  let points: number | null = null;
  let left = signed;
  for (let lot = lots[0]; lot && left * lot.quantity < 0; lot = lots[0]) {
    const closed = Math.sign(lot.quantity) * Math.min(Math.abs(lot.quantity), Math.abs(left));
    points = (points ?? 0) + closed * (price - lot.price);
    lot.quantity -= closed;
    left += closed;
    if (lot.quantity === 0) lots.shift();
  }
  if (left !== 0) lots.push({ quantity: left, price });
  return points;
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
