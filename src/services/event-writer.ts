import type { FillReport } from "../domain/fill.js";
import type { AccountId } from "../domain/ids.js";
import type { Order } from "../domain/order.js";
import { plainFill } from "../domain/plain.js";
import type { Clock } from "../ports/clock.js";
import type { ComplianceMonitor } from "../ports/compliance.js";
import type { OutboxEvent } from "../ports/events.js";
import type { Repositories } from "../ports/repositories.js";
import type { FillChange, ImportCounts, Outcome, TradeConsolidator } from "../ports/services.js";
import { closedByOrder, consolidationEvents, endedOrders, orderChanged } from "./book-events.js";
import type { ContractBook } from "./contract-book.js";
import type { FactRecorder, FillFact } from "./fact-recorder.js";
import { joined } from "./fill-changes.js";
import type { CheckedEvent } from "./import-reader.js";
import type { OrderFact, OrderRecorder } from "./order-recorder.js";
import type { PositionExplainer } from "./position-explainer.js";
import { type Quarantine, type Refused, reasonOf, refusedInput } from "./quarantine.js";

export interface WriterParts {
  readonly facts: FactRecorder;
  readonly orderFacts: OrderRecorder;
  readonly explainer: PositionExplainer;
  readonly consolidator: TradeConsolidator;
  readonly compliance: ComplianceMonitor;
  readonly contracts: ContractBook;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
}

/** An event that can be written; where it stands in a file does not matter. */
export type WrittenEvent =
  | Omit<Extract<CheckedEvent, { kind: "order" }>, "place">
  | Omit<Extract<CheckedEvent, { kind: "fill" }>, "place">;

/** What became of an event; neither when it was refused. */
export interface WrittenFact {
  readonly order?: OrderFact;
  readonly fill?: FillFact;
}

export interface WrittenCounts {
  readonly orders: ImportCounts;
  readonly fills: ImportCounts;
  readonly quarantined: number;
}

export const NO_COUNTS: WrittenCounts = {
  orders: { new: 0, known: 0, changed: 0 },
  fills: { new: 0, known: 0, changed: 0 },
  quarantined: 0,
};

export function addCounts(a: WrittenCounts, b: WrittenCounts): WrittenCounts {
  const add = (x: ImportCounts, y: ImportCounts) => ({
    new: x.new + y.new,
    known: x.known + y.known,
    changed: x.changed + y.changed,
  });
  return {
    orders: add(a.orders, b.orders),
    fills: add(a.fills, b.fills),
    quarantined: a.quarantined + b.quarantined,
  };
}

/**
 * Writes checked events in one unit of work: of a file, of a burst of the stream, of the broker's history. A new
 * one for each try: a store may run work twice.
 */
export class EventWriter {
  readonly #orders = { new: 0, known: 0, changed: 0 };
  readonly #fills = { new: 0, known: 0, changed: 0 };
  #quarantined = 0;
  readonly #changes: FillChange[] = [];
  readonly #events = new Map<AccountId, OutboxEvent[]>();

  constructor(
    private readonly parts: WriterParts,
    private readonly repos: Repositories,
    /** Put what the store contradicts into quarantine instead of failing. */
    private readonly keepGoing: boolean,
    /** Take the present word of the broker where it contradicts what is booked. */
    private readonly overrule = false,
  ) {}

  /** Fills that changed so far, not consolidated yet. */
  get changes(): readonly FillChange[] {
    return this.#changes;
  }

  /** Takes in changes that others made to the facts. */
  add(changes: readonly FillChange[]): void {
    for (const change of changes) this.#changes.push(change);
  }

  get counts(): WrittenCounts {
    return { orders: this.#orders, fills: this.#fills, quarantined: this.#quarantined };
  }

  async refuse(refused: Refused): Promise<void> {
    this.#quarantined += 1;
    await this.parts.quarantine.put(refused, this.repos);
  }

  /** @param unmatched leave new fills out of the books until `book` takes them in */
  async write(event: WrittenEvent, accountId: AccountId, unmatched = false): Promise<WrittenFact> {
    try {
      if (event.kind === "order") return { order: await this.#order(event, accountId) };
      return { fill: await this.#fill(event, accountId, unmatched) };
    } catch (error) {
      const why = reasonOf(error);
      if (why === null || !this.keepGoing) throw error;
      await this.refuse(refusedInput(event.event, why));
      return {};
    }
  }

  async #order(
    { report }: Extract<WrittenEvent, { kind: "order" }>,
    accountId: AccountId,
  ): Promise<OrderFact> {
    const fact = await this.parts.orderFacts.order({ ...report, accountId }, this.repos);
    this.#orders[countedAs(fact.outcome)] += 1;
    if (fact.outcome === "known") return fact;
    if (fact.before?.strategy !== fact.order.strategy) this.#name(fact.order);
    for (const order of [fact.order, ...fact.relatives]) this.#tell(accountId, orderChanged(order));
    for (const closed of await closedByOrder(fact.before, fact.order, this.repos)) {
      this.#tell(accountId, closed);
    }
    return fact;
  }

  /** Fills of an order that came before it did not know its strategy, and have no position yet to be told it. */
  #name({ accountId, orderId, strategy }: Order): void {
    for (const [i, change] of this.#changes.entries()) {
      const fill = change.after ?? change.before;
      if (fill?.accountId !== accountId || fill.orderId !== orderId) continue;
      this.#changes[i] = { ...change, strategy };
    }
  }

  async #fill(
    { report, event }: Extract<WrittenEvent, { kind: "fill" }>,
    accountId: AccountId,
    unmatched: boolean,
  ): Promise<FillFact> {
    const fact = await this.#fact({ ...report, accountId }, unmatched);
    if (fact.conflict.length > 0 && event.kind === "fill") {
      this.#quarantined += 1;
      await this.parts.quarantine.conflict(event.input, fact.conflict, this.repos);
      return fact;
    }
    this.#fills[countedAs(fact.outcome)] += 1;
    this.tell(accountId, fact);
    return fact;
  }

  async #fact(report: FillReport, unmatched: boolean): Promise<FillFact> {
    const fact = await this.parts.facts.fill(report, this.repos, unmatched);
    if (fact.conflict.length === 0 || !this.overrule) return fact;
    return this.parts.facts.overrule(report, this.repos);
  }

  /** Takes in what a telling of a fill did to the facts. */
  tell(accountId: AccountId, fact: FillFact): void {
    this.#tellFill(accountId, fact);
    this.add(fact.changes);
  }

  #tellFill(accountId: AccountId, { outcome, fill, changes }: FillFact): void {
    if (!fill || outcome === "known" || changes.length === 0) return;
    const type =
      outcome === "voided"
        ? "fill.voided"
        : outcome === "recorded"
          ? "fill.recorded"
          : "fill.restated";
    this.#tell(accountId, { type, payload: plainFill(fill) });
  }

  /** Takes a page of unmatched fills of one account into the books. Returns how many there were. */
  async book(accountId: AccountId, limit: number): Promise<number> {
    const fills = await this.repos.fills.unmatched(accountId, limit);
    this.add(await this.parts.facts.book(fills, this.repos));
    for (const fill of fills)
      this.#tell(accountId, { type: "fill.recorded", payload: plainFill(fill) });
    await this.finish();
    return fills.length;
  }

  /** Brings trades and positions up to date and writes the events. */
  async finish(): Promise<void> {
    const told = new Map<AccountId, FillChange[]>();
    for (const change of joined([], this.#changes)) {
      const accountId = (change.after ?? change.before)?.accountId;
      if (accountId === undefined) continue;
      const changes = told.get(accountId) ?? [];
      changes.push(change);
      told.set(accountId, changes);
    }
    const now = this.parts.clock.now();
    const byAccount = new Map<AccountId, readonly FillChange[]>();
    for (const [accountId, changes] of told) {
      const settled = await this.parts.explainer.settle(accountId, changes, now, this.repos);
      const all = joined(changes, settled);
      await this.#consolidate(accountId, all);
      byAccount.set(accountId, all);
    }
    for (const [accountId, events] of this.#events) {
      await this.repos.outbox.append(accountId, events, now);
    }
    for (const [accountId, changes] of byAccount) {
      await this.parts.compliance.review(accountId, { kind: "fills", changes }, this.repos, now);
    }
  }

  async #consolidate(accountId: AccountId, changes: readonly FillChange[]): Promise<void> {
    const { contracts, consolidator } = this.parts;
    for (const [contract, group] of await contracts.group(changes, this.repos)) {
      const done = await consolidator.consolidate(accountId, contract, group, this.repos);
      const ended = await endedOrders(accountId, done.trades, this.repos);
      for (const event of consolidationEvents(done, ended)) this.#tell(accountId, event);
    }
  }

  #tell(accountId: AccountId, event: OutboxEvent): void {
    const events = this.#events.get(accountId);
    if (events) events.push(event);
    else this.#events.set(accountId, [event]);
  }
}

function countedAs(outcome: Outcome["outcome"]): keyof ImportCounts {
  switch (outcome) {
    case "recorded":
    case "held":
      return "new";
    case "known":
      return "known";
    case "changed":
    case "corrected":
    case "voided":
    case "quarantined":
      return "changed";
  }
}
