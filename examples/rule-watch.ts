import {
  BlotterError,
  ComplianceMonitor,
  formatInstant,
  OrderService,
  PositionService,
  type ProjectXClient,
  type RecordedEvent,
  RuleService,
  type Side,
} from "blotter";
import { inject, injectable } from "tsyringe";

/** The prop firm's rules that the account trades under. */
export const RULES = "topstep-combine-50k-dll";

/** What an order without a stop of its own is taken to risk. */
const STOP_TICKS = 40;
/** Commission and fee of one contract, in and out, in US dollars: the dearest of what is traded. */
const COSTS_PER_CONTRACT = 1.6;

/** An order that is about to be sent. */
export interface Wish {
  readonly contract: string;
  readonly side: Side;
  readonly quantity: number;
  /** Distance of its stop; null where it has none. */
  readonly stopTicks: number | null;
}

/** Why an order is not sent. */
export interface Refusal {
  readonly why: "locked" | "headroom";
  readonly words: string;
}

/** Keeps a bot within its firm's rules: it asks before each order, and acts on what they find. */
@injectable()
export class RuleWatch {
  /** What happened, in order, for a person to read. */
  readonly notices: string[] = [];
  #isLocked = false;
  #mustFlatten = false;
  #heldBack = 0;

  constructor(
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
    @inject(RuleService) private readonly rules: RuleService,
    @inject(OrderService) private readonly orders: OrderService,
    @inject(PositionService) private readonly positions: PositionService,
  ) {}

  async begin(account: string): Promise<void> {
    await this.rules.set(account, { name: RULES });
  }

  hear(event: RecordedEvent): void {
    if (event.type !== "compliance.warning" && event.type !== "compliance.violation") return;
    const { payload } = event;
    const at = timeOf(String(payload.timestamp));
    if (event.type === "compliance.warning") {
      this.notices.push(`${at} warned: ${payload.message}`);
      return;
    }
    this.notices.push(`${at} violated: ${payload.message}`);
    if (payload.lockedUntil !== null || payload.lockedForGood) this.#mustFlatten = true;
  }

  /** Asks whether an order may be sent, and what the rules would say if it were stopped out. */
  async objectionTo(account: string, wish: Wish): Promise<Refusal | null> {
    const { canTrade, reason, at } = await this.compliance.status(account);
    if (!canTrade) return { why: "locked", words: reason ?? "" };
    if (this.#isLocked) this.#letIn(timeOf(formatInstant(at)));
    if (await this.#closes(account, wish)) return null;
    const { contract, quantity, stopTicks } = wish;
    const { contracts, limitedBy } = await this.compliance.headroom(account, {
      contract,
      stopTicks: stopTicks ?? STOP_TICKS,
      costsPerContract: COSTS_PER_CONTRACT,
    });
    if (contracts === null || contracts >= quantity) return null;
    return { why: "headroom", words: `${quantity} ${contract}, ${contracts} by ${limitedBy}` };
  }

  /** Takes note of an order that was not sent. */
  heldBack({ why, words }: Refusal, now: string): void {
    if (why === "headroom") this.notices.push(`${timeOf(now)} not sent: ${words}`);
    else if (!this.#isLocked) this.notices.push(`${timeOf(now)} locked out: ${words}`);
    if (why === "locked") {
      this.#isLocked = true;
      this.#heldBack += 1;
    }
  }

  #letIn(at: string): void {
    this.notices.push(`${at} let in again; ${this.#heldBack} orders were not sent meanwhile`);
    this.#isLocked = false;
    this.#heldBack = 0;
  }

  async #closes(account: string, { contract, side, quantity }: Wish): Promise<boolean> {
    const open = await this.positions.open({ account, symbol: contract });
    return open.some((position) => {
      const closing = position.side === "LONG" ? "SELL" : "BUY";
      return side === closing && quantity <= position.quantity;
    });
  }

  /** Whether the books have anything open. */
  async holds(account: string): Promise<boolean> {
    return (await this.positions.open({ account })).length > 0;
  }

  /** After a violation that locks: cancels what works and closes what is open, once. @returns whether it was due */
  async flatten(account: string, client: ProjectXClient): Promise<boolean> {
    if (!this.#mustFlatten) return false;
    this.#mustFlatten = false;
    for (const { orderId } of await this.orders.workingOrders(account)) {
      await unlessGone(client.cancelOrder(account, orderId));
    }
    for (const { contractId } of await this.positions.open({ account })) {
      await unlessGone(client.closePosition(account, contractId));
    }
    return true;
  }
}

/** An order may have filled, and a position may have been closed, before the bot's word came. */
export async function unlessGone(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof BlotterError) || error.code !== "invalid") throw error;
  }
}

const timeOf = (iso: string): string => iso.slice(0, 19).replace("T", " ");
