import { inject, injectable } from "tsyringe";
import type { Contract } from "../domain/contract.js";
import { BlotterError, invalid } from "../domain/errors.js";
import type { AccountId, ContractId } from "../domain/ids.js";
import { formatInstant, type Instant, parseInstant } from "../domain/instant.js";
import type { Mark } from "../domain/lot.js";
import { unrealizedAt } from "../domain/match.js";
import { parsePrice } from "../domain/money.js";
import { plainSnapshot } from "../domain/plain.js";
import { Clock } from "../ports/clock.js";
import { ComplianceMonitor } from "../ports/compliance.js";
import { type MarkInput, type MarkOutcome, type MarkService } from "../ports/mark-service.js";
import type { Repositories } from "../ports/repositories.js";
import { TradeConsolidator } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { AccountBook } from "./account-book.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";

/** A live feed has 40 quotes a second; extremes and the newest price are worked off this often. */
const EVERY_MS = 250;

/** The prices of a contract that wait: at most three. */
interface Seen {
  readonly contract: string;
  low: Mark;
  high: Mark;
  newest: Mark;
}

/** Keeps what open positions are worth, and stores the prices that widen their extremes. */
@injectable()
export class ExtremeMarkService implements MarkService {
  readonly #seen = new Map<string, Seen>();
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(Clock) private readonly clock: Clock,
    @inject(TradeConsolidator) private readonly consolidator: TradeConsolidator,
    @inject(ComplianceMonitor) private readonly compliance: ComplianceMonitor,
    @inject(AccountBook) private readonly accounts: AccountBook,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  see(input: MarkInput): void {
    const { contract } = input;
    const mark = parseMark(input);
    requirePast(mark, this.clock.now());
    const seen = this.#seen.get(contract);
    if (seen) {
      if (mark.price < seen.low.price) seen.low = mark;
      if (mark.price > seen.high.price) seen.high = mark;
      if (mark.at >= seen.newest.at) seen.newest = mark;
    } else {
      this.#seen.set(contract, { contract, low: mark, high: mark, newest: mark });
    }
    this.#timer ??= setTimeout(() => this.#onTime(), EVERY_MS).unref();
  }

  #onTime(): void {
    this.flush().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      process.emitWarning(`prices were not recorded: ${why}`, "BlotterWarning");
    });
  }

  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = [...this.#seen.values()];
    this.#seen.clear();
    const done = this.#working.then(() => this.#workOff(waiting));
    this.#working = done.catch(() => undefined);
    await done;
  }

  async #workOff(waiting: readonly Seen[]): Promise<void> {
    for (const { contract, low, high, newest } of waiting) {
      const marks = [...new Set([low, high, newest])];
      for (const mark of marks.sort((a, b) => a.at - b.at)) await this.#feed(contract, mark);
    }
  }

  /** Quotes come for whatever is subscribed: contracts that nobody defined are no business of the books. */
  async #feed(name: string, mark: Mark): Promise<void> {
    try {
      await this.#record(await this.contracts.understand(name, mark.at), mark, undefined);
    } catch (error) {
      const isUnknown = error instanceof BlotterError && error.code === "not_found";
      if (!isUnknown) throw error;
    }
  }

  async record(input: MarkInput, account?: string): Promise<MarkOutcome> {
    const mark = parseMark(input);
    return this.#record(await this.contracts.understand(input.contract, mark.at), mark, account);
  }

  async #record(contract: Contract, mark: Mark, account: string | undefined): Promise<MarkOutcome> {
    const holding = await this.#holders(contract.contractId, account);
    const stored: AccountId[] = [];
    for (const accountId of holding) {
      const isStored = await this.store.write(accountId, (repos) =>
        this.#mark(accountId, contract, mark, repos),
      );
      if (isStored) stored.push(accountId);
    }
    if (stored.length > 0) this.doorbell.ring();
    return { accounts: holding, stored };
  }

  async #holders(
    contractId: ContractId,
    account: string | undefined,
  ): Promise<readonly AccountId[]> {
    const only = account === undefined ? null : await this.accounts.require(account);
    return this.store.read(async (repos) => {
      const accounts = only ? [only] : (await repos.accounts.list()).map((row) => row.accountId);
      const holding: AccountId[] = [];
      for (const accountId of accounts) {
        const position = await repos.positions.lastOpened(accountId, contractId, null);
        if (position?.status === "open") holding.push(accountId);
      }
      return holding;
    });
  }

  async #mark(
    accountId: AccountId,
    contract: Contract,
    mark: Mark,
    repos: Repositories,
  ): Promise<boolean> {
    const { contractId, pointValue } = contract;
    // The rules look first: they may need a price that is no new extreme of a lot.
    const keep = await this.compliance.needs(accountId, contract, mark, repos);
    const stored = await this.consolidator.see(accountId, contract, mark, repos, keep);
    const position = await repos.positions.lastOpened(accountId, contractId, null);
    if (position?.status === "open") {
      const lots = await repos.lots.of(accountId, contractId);
      await repos.positions.mark(accountId, {
        positionId: position.positionId,
        currentPrice: mark.price,
        unrealizedPnl: unrealizedAt(lots, mark.price, pointValue),
        markedAt: mark.at,
      });
    }
    if (stored === null) return false;
    const now = this.clock.now();
    const events = stored.restatedDays.map((day) => {
      return { type: "day.restated" as const, payload: plainSnapshot(day) };
    });
    if (events.length > 0) await repos.outbox.append(accountId, events, now);
    await this.compliance.review(accountId, { kind: "mark", contract, mark }, repos, now);
    return true;
  }
}

/** Clocks differ; a price from further ahead is of a broken one, and would be a loss before its time. */
const AHEAD_MICROS = 300_000_000;

function requirePast({ at }: Mark, now: Instant): void {
  if (at <= now + AHEAD_MICROS) return;
  throw invalid(`the price was seen at ${formatInstant(at)}, and it is ${formatInstant(now)}`);
}

function parseMark({ price, at }: MarkInput): Mark {
  return { at: parseInstant(at, "time of the price"), price: parsePrice(price, "price") };
}
