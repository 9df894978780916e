import type { AccountId } from "../domain/ids.js";
import { plainFill } from "../domain/plain.js";
import type { Clock } from "../ports/clock.js";
import type { OutboxEvent } from "../ports/events.js";
import type { Repositories } from "../ports/repositories.js";
import type { FillChange, ImportCounts, Outcome, TradeConsolidator } from "../ports/services.js";
import { closedByOrder, consolidationEvents, orderChanged } from "./book-events.js";
import type { ContractBook } from "./contract-book.js";
import type { FactRecorder, FillFact } from "./fact-recorder.js";
import { joined } from "./fill-changes.js";
import type { CheckedEvent } from "./import-reader.js";
import type { OrderRecorder } from "./order-recorder.js";
import { type Quarantine, type Refused, reasonOf, refusedInput } from "./quarantine.js";

export interface WriterParts {
  readonly facts: FactRecorder;
  readonly orderFacts: OrderRecorder;
  readonly consolidator: TradeConsolidator;
  readonly contracts: ContractBook;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
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

/** Writes checked events in one unit of work. A new one for each try: a store may run work twice. */
export class ImportWriter {
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
  ) {}

  get counts(): WrittenCounts {
    return { orders: this.#orders, fills: this.#fills, quarantined: this.#quarantined };
  }

  async refuse(refused: Refused): Promise<void> {
    this.#quarantined += 1;
    await this.parts.quarantine.put(refused, this.repos);
  }

  /** @param unmatched leave new fills out of the books until `book` takes them in */
  async write(
    event: Exclude<CheckedEvent, { kind: "account" }>,
    accountId: AccountId,
    unmatched: boolean,
  ): Promise<void> {
    try {
      if (event.kind === "order") await this.#order(event, accountId);
      else await this.#fill(event, accountId, unmatched);
    } catch (error) {
      const why = reasonOf(error);
      if (why === null || !this.keepGoing) throw error;
      await this.refuse(refusedInput(event.event, why));
    }
  }

  async #order(
    { report }: Extract<CheckedEvent, { kind: "order" }>,
    accountId: AccountId,
  ): Promise<void> {
    const fact = await this.parts.orderFacts.order({ ...report, accountId }, this.repos);
    this.#orders[countedAs(fact.outcome)] += 1;
    if (fact.outcome === "known") return;
    this.#tell(accountId, orderChanged(fact.order));
    for (const closed of await closedByOrder(fact.before, fact.order, this.repos)) {
      this.#tell(accountId, closed);
    }
  }

  async #fill(
    { report, event }: Extract<CheckedEvent, { kind: "fill" }>,
    accountId: AccountId,
    unmatched: boolean,
  ): Promise<void> {
    const fact = await this.parts.facts.fill({ ...report, accountId }, this.repos, unmatched);
    if (fact.conflict.length > 0 && event.kind === "fill") {
      this.#quarantined += 1;
      await this.parts.quarantine.conflict(event.input, fact.conflict, this.repos);
      return;
    }
    this.#fills[countedAs(fact.outcome)] += 1;
    this.#tellFill(accountId, fact);
    for (const change of fact.changes) this.#changes.push(change);
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
    for (const change of await this.parts.facts.book(fills, this.repos)) this.#changes.push(change);
    for (const fill of fills)
      this.#tell(accountId, { type: "fill.recorded", payload: plainFill(fill) });
    await this.finish();
    return fills.length;
  }

  /** Brings trades and positions up to date and writes the events. */
  async finish(): Promise<void> {
    const byAccount = new Map<AccountId, FillChange[]>();
    for (const change of joined([], this.#changes)) {
      const accountId = (change.after ?? change.before)?.accountId;
      if (accountId === undefined) continue;
      const changes = byAccount.get(accountId) ?? [];
      changes.push(change);
      byAccount.set(accountId, changes);
    }
    for (const [accountId, changes] of byAccount) await this.#consolidate(accountId, changes);
    const now = this.parts.clock.now();
    for (const [accountId, events] of this.#events) {
      await this.repos.outbox.append(accountId, events, now);
    }
  }

  async #consolidate(accountId: AccountId, changes: readonly FillChange[]): Promise<void> {
    const { contracts, consolidator } = this.parts;
    for (const [contract, group] of await contracts.group(changes, this.repos)) {
      const done = await consolidator.consolidate(accountId, contract, group, this.repos);
      for (const event of consolidationEvents(done, null)) this.#tell(accountId, event);
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
