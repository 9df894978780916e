import type { GatewayContract } from "./gateway-contracts.js";
import type { GatewayOrder } from "./gateway-order.js";

/** One fill of an order. Money is in 1e-6 US dollars, prices are in ticks. */
export interface GatewayTrade {
  readonly id: number;
  readonly order: GatewayOrder;
  readonly size: number;
  readonly createdUs: number;
  readonly feeMicros: number;
  readonly commissionMicros: number;
  /** The hub tells this trade without its commission, which REST knows later. */
  readonly lateCommission: boolean;
  price: number;
  /** Gross; null when it closed nothing. */
  grossMicros: number | null;
  voided: boolean;
}

interface Lot {
  /** Signed: bought ones are positive. */
  quantity: number;
  readonly price: number;
}

/** What is held of one contract: lots first in, first out. */
export class GatewayPosition {
  readonly lots: Lot[] = [];
  /** Id and instant are those of the trade that opened it. */
  id = 0;
  openedUs = 0;
  /** Of the last lots it had, while it is closed. */
  averageTicks = 0;
  averageSize = 1;

  constructor(readonly contract: GatewayContract) {}

  /** Signed. */
  get held(): number {
    return this.lots.reduce((sum, lot) => sum + lot.quantity, 0);
  }

  /** Books a trade; its gross, or null when it only opens. */
  book(trade: GatewayTrade): number | null {
    const signed = trade.order.side === 0 ? trade.size : -trade.size;
    let left = signed;
    let gross: number | null = null;
    const before = Math.sign(this.lots[0]?.quantity ?? 0);
    for (let lot = this.lots[0]; lot && left * lot.quantity < 0; lot = this.lots[0]) {
      const closed = Math.sign(lot.quantity) * Math.min(Math.abs(lot.quantity), Math.abs(left));
      gross = (gross ?? 0) + closed * (trade.price - lot.price) * this.contract.tickValueMicros;
      lot.quantity -= closed;
      left += closed;
      if (lot.quantity === 0) this.lots.shift();
    }
    if (left !== 0) this.lots.push({ quantity: left, price: trade.price });
    if (this.lots.length > 0 && Math.sign(this.lots[0]?.quantity ?? 0) !== before) {
      this.id = POSITION_IDS + (trade.id % POSITION_IDS);
      this.openedUs = trade.createdUs;
    }
    this.#average();
    return gross;
  }

  /** Takes the place of a position that was closed by what is not true any more. */
  closeAs({ id, openedUs, averageTicks, averageSize }: GatewayPosition): void {
    Object.assign(this, { id, openedUs, averageTicks, averageSize });
  }

  #average(): void {
    if (this.lots.length === 0) return;
    this.averageSize = Math.abs(this.held);
    this.averageTicks = this.lots.reduce((sum, lot) => sum + Math.abs(lot.quantity) * lot.price, 0);
  }
}

/** Position ids fit 32 bits. */
const POSITION_IDS = 800_000_000;

/** The broker's side of one account: trades, positions, balance. */
export class GatewayAccount {
  readonly trades: GatewayTrade[] = [];
  readonly tags = new Set<string>();
  /** False while the firm lets it open nothing. */
  canTrade = true;
  grossMicros = 0;
  feeMicros = 0;
  commissionMicros = 0;
  readonly #positions = new Map<string, GatewayPosition>();

  constructor(
    readonly id: number,
    readonly name: string,
    readonly startMicros: number,
  ) {}

  get balanceMicros(): number {
    return this.startMicros + this.grossMicros - this.feeMicros - this.commissionMicros;
  }

  get openPositions(): readonly GatewayPosition[] {
    return [...this.#positions.values()].filter((position) => position.lots.length > 0);
  }

  position(contract: GatewayContract): GatewayPosition {
    const known = this.#positions.get(contract.id);
    if (known) return known;
    const position = new GatewayPosition(contract);
    this.#positions.set(contract.id, position);
    return position;
  }

  book(trade: GatewayTrade): GatewayPosition {
    const position = this.position(trade.order.contract);
    trade.grossMicros = position.book(trade);
    this.trades.push(trade);
    this.#count(trade, 1);
    return position;
  }

  /** Does something to a trade, and restates all that followed from it. */
  restate(trade: GatewayTrade, change: (trade: GatewayTrade) => void): GatewayPosition {
    const { contract } = trade.order;
    const same = this.trades.filter(({ order }) => order.contract === contract);
    for (const other of same) this.#count(other, -1);
    change(trade);
    const position = new GatewayPosition(contract);
    for (const other of same) {
      other.grossMicros = other.voided ? null : position.book(other);
      this.#count(other, 1);
    }
    // One that never was is told as the closed one that it had been taken for.
    if (position.id === 0) position.closeAs(this.position(contract));
    this.#positions.set(contract.id, position);
    return position;
  }

  #count(trade: GatewayTrade, sign: 1 | -1): void {
    if (trade.voided) return;
    this.grossMicros += sign * (trade.grossMicros ?? 0);
    this.feeMicros += sign * trade.feeMicros;
    this.commissionMicros += sign * trade.commissionMicros;
  }
}
