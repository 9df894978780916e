import { inject, injectable } from "tsyringe";
import type { Headroom } from "../domain/compliance/headroom.js";
import { type ComplianceEntry, noteOn } from "../domain/compliance/log.js";
import {
  type ComplianceEvent,
  type ComplianceState,
  compareEventPlaces,
  placeOf,
} from "../domain/compliance/state.js";
import { rollTo, step } from "../domain/compliance/step.js";
import type { Contract } from "../domain/contract.js";
import { BlotterError, invalid } from "../domain/errors.js";
import type { AccountId } from "../domain/ids.js";
import { formatInstant, type Instant, type InstantInput, parseInstant } from "../domain/instant.js";
import type { Mark } from "../domain/lot.js";
import { ZERO } from "../domain/money.js";
import { tradingDay } from "../domain/trading-day.js";
import { Clock } from "../ports/clock.js";
import type {
  ComplianceChange,
  ComplianceFilter,
  ComplianceMonitor,
  ComplianceStatus,
  HeadroomRequest,
} from "../ports/compliance.js";
import type { ComplianceDay, RuleAssignment } from "../ports/compliance-repositories.js";
import type { ReadRepositories, Repositories } from "../ports/repositories.js";
import { type FillChange, TradeConsolidator } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { requireContract } from "../ports/stored-contract.js";
import { fillEvent, grossOf, markEvent } from "./compliance-events.js";
import { foldCompliance, rulesOfDay } from "./compliance-fold.js";
import { ComplianceJudge } from "./compliance-judge.js";
import { append } from "./compliance-log.js";
import { headroomAt, statusAt } from "./compliance-status.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";
import { FeeBook } from "./fee-book.js";
import { findAccount, RowReader } from "./row-reader.js";
import { seenPrices } from "./seen-prices.js";

/** Rules as data, judged by pure functions over a state that each event moves on. */
@injectable()
export class RuleComplianceMonitor implements ComplianceMonitor {
  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(TradeConsolidator) private readonly consolidator: TradeConsolidator,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(FeeBook) private readonly fees: FeeBook,
    @inject(RowReader) private readonly rows: RowReader,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  async review(
    accountId: AccountId,
    change: ComplianceChange,
    repos: Repositories,
    now: Instant,
  ): Promise<readonly ComplianceEntry[]> {
    const assignments = await repos.compliance.rules(accountId);
    if (assignments.length === 0) return [];
    const judge = new ComplianceJudge(accountId, assignments, repos, now);
    switch (change.kind) {
      case "fills":
        return this.#fills(accountId, change.changes, judge, repos);
      case "mark": {
        const { contract, mark } = change;
        const event = markEvent({ ...mark, contractId: contract.contractId }, contract);
        return this.#event(accountId, event, judge, repos);
      }
      case "since":
        return judge.since(change.at);
      case "closed":
        return judge.closed(change.day);
    }
  }

  async #fills(
    accountId: AccountId,
    changes: readonly FillChange[],
    judge: ComplianceJudge,
    repos: Repositories,
  ): Promise<readonly ComplianceEntry[]> {
    const [only, another] = changes;
    if (only === undefined) return [];
    if (another === undefined && only.before === null && only.after) {
      const { contractId } = only.after;
      const contract = await requireContract(contractId, repos);
      // What it realised is looked up only where it is needed.
      const event = fillEvent(only.after, contract, ZERO);
      return this.#event(accountId, event, judge, repos);
    }
    const instants = changes.flatMap(({ before, after }) =>
      [before, after].flatMap((fill) => fill?.executedAt ?? []),
    );
    return judge.since(instants.reduce((first, at) => (at < first ? at : first)));
  }

  /** One new event: the next one where it comes last, else its day is judged anew. */
  async #event(
    accountId: AccountId,
    event: ComplianceEvent,
    judge: ComplianceJudge,
    repos: Repositories,
  ): Promise<readonly ComplianceEntry[]> {
    const newest = await repos.compliance.day(accountId, null);
    const last = newest?.state.last;
    const isNext = last && compareEventPlaces(placeOf(event), last) > 0;
    if (!newest || !isNext || !(await judge.isOpen(tradingDay(event.at)))) {
      return judge.since(event.at);
    }
    if (await this.#storeQuotes(accountId, newest.state, event, repos)) {
      return judge.since((last.at + 1) as Instant);
    }
    return judge.next(newest, await this.#withGross(accountId, newest.state, event, repos));
  }

  async #withGross(
    accountId: AccountId,
    state: ComplianceState,
    event: ComplianceEvent,
    repos: Repositories,
  ): Promise<ComplianceEvent> {
    if (event.kind !== "fill") return event;
    const { contractId } = event.contract;
    const held = state.open.find((exposure) => exposure.contractId === contractId)?.quantity ?? 0;
    if (held * event.quantity >= 0) return event;
    const place = { executedAt: event.at, fillKey: event.key };
    return { ...event, gross: grossOf(await repos.matches.ofExit(accountId, place)) };
  }

  /**
   * Stores the newest prices of the other contracts that are held, where they were seen since the last event:
   * the rules look at the account as a whole, and a rebuild has to see what they saw. True when there were any.
   */
  async #storeQuotes(
    accountId: AccountId,
    state: ComplianceState,
    event: ComplianceEvent,
    repos: Repositories,
  ): Promise<boolean> {
    const own = "contract" in event ? event.contract.contractId : null;
    let stored = false;
    for (const { contract, mark } of await seenPrices(accountId, state, own, event.at, repos)) {
      if (await this.consolidator.see(accountId, contract, mark, repos, true)) stored = true;
    }
    return stored;
  }

  async needs(
    accountId: AccountId,
    contract: Contract,
    mark: Mark,
    repos: Repositories,
  ): Promise<boolean> {
    const assignments = await repos.compliance.rules(accountId);
    if (assignments.length === 0) return false;
    const { contractId } = contract;
    const event = markEvent({ ...mark, contractId }, contract);
    const before = await this.#stateBefore(accountId, event, assignments, repos);
    if (!before?.open.some((exposure) => exposure.contractId === contractId)) return false;
    const rulesOf = rulesOfDay(assignments);
    let state = before;
    for (const seen of await seenPrices(accountId, before, contractId, mark.at, repos)) {
      const price = { ...seen.mark, contractId: seen.contract.contractId };
      state = step(state, rulesOf, markEvent(price, seen.contract)).state;
    }
    const rolled = rollTo(state, rulesOf, tradingDay(event.at));
    const stepped = step(rolled.state, rulesOf, event);
    const found = rolled.findings.length + stepped.findings.length > 0;
    return found || figuresOf(stepped.state) !== figuresOf(rolled.state);
  }

  /** The state that an event meets; one that comes late meets an earlier one. */
  async #stateBefore(
    accountId: AccountId,
    event: ComplianceEvent,
    assignments: readonly RuleAssignment[],
    repos: ReadRepositories,
  ): Promise<ComplianceState | null> {
    const day = await repos.compliance.day(accountId, tradingDay(event.at));
    if (!day || comesLast(day, event)) return day?.state ?? null;
    const start = { opening: day.opening, state: day.opening };
    const range = { accountId, assignments, start, before: event.at };
    return (await foldCompliance(range, repos)).state;
  }

  async status(account: string, at?: InstantInput): Promise<ComplianceStatus> {
    const instant = at === undefined ? this.clock.now() : parseInstant(at, "at");
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      return statusAt(accountId, instant, repos);
    });
  }

  async headroom(account: string, request: HeadroomRequest, at?: InstantInput): Promise<Headroom> {
    const instant = at === undefined ? this.clock.now() : parseInstant(at, "at");
    const contract = await this.contracts.understand(request.contract, instant);
    return this.store.read(async (repos) => {
      const { accountId } = await findAccount(repos, account);
      const costs = (root: string) => this.fees.roundTurn(accountId, root, instant, repos);
      return headroomAt(accountId, contract, request, instant, costs, repos);
    });
  }

  async log(filter: ComplianceFilter = {}): Promise<readonly ComplianceEntry[]> {
    const { severity, ...rows } = filter;
    return this.rows.read(rows, compareEntries, (repos, query) =>
      repos.compliance.log(severity === undefined ? query : { ...query, severity }),
    );
  }

  async lift(
    account: string,
    eventKey: string,
    reason: string,
    at?: InstantInput,
  ): Promise<ComplianceEntry> {
    if (reason.trim() === "") throw invalid("a lock is lifted for a reason: give one");
    const { accountId } = await this.store.read((repos) => findAccount(repos, account));
    const now = this.clock.now();
    const told = at === undefined ? null : parseInstant(at, "at");
    const lifted = await this.store.write(accountId, async (repos) => {
      const entry = await repos.compliance.entry(accountId, eventKey);
      if (!entry) {
        const message = `no compliance row ${eventKey} of ${accountId}: "blotter compliance" lists them`;
        throw new BlotterError("not_found", message);
      }
      if (entry.lockedUntil === null) throw invalid(`${eventKey} locks nothing`);
      const known = await repos.compliance.entry(accountId, `${eventKey}:lifted`);
      if (known) return known;
      // One that has ended would not have been a lock at all.
      const liftedAt = told ?? (entry.lockedUntil > now ? now : entry.at);
      if (liftedAt < entry.at) {
        throw invalid(
          `${eventKey} was found at ${formatInstant(entry.at)}: it cannot be lifted before`,
        );
      }
      const note = noteOn(entry, "lifted", reason, now, liftedAt);
      await append([note], repos, now);
      await this.review(accountId, { kind: "since", at: liftedAt }, repos, now);
      return note;
    });
    this.doorbell.ring();
    return lifted;
  }
}

function comesLast({ state }: ComplianceDay, event: ComplianceEvent): boolean {
  return state.last === null || compareEventPlaces(placeOf(event), state.last) > 0;
}

/** What of a state a mark may change for good; prices change with every mark. */
function figuresOf({ open: _, last: __, ...figures }: ComplianceState): string {
  return JSON.stringify(figures);
}

function compareEntries(a: ComplianceEntry, b: ComplianceEntry): number {
  return a.at - b.at || (a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0);
}
