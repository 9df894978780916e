import { inject, injectable } from "tsyringe";
import { type AccountId, accountId as toAccountId } from "../domain/ids.js";
import { parseInstant } from "../domain/instant.js";
import { AccountService } from "../ports/account-service.js";
import type { BrokerEvent } from "../ports/broker.js";
import { MarkService } from "../ports/mark-service.js";
import { type BrokerIntake, type Outcome } from "../ports/services.js";
import { Store } from "../ports/store.js";
import { AccountBook } from "./account-book.js";
import { ContractBook } from "./contract-book.js";
import { Doorbell } from "./doorbell.js";
import { EventPreparation, type PreparedEvent } from "./event-preparation.js";
import type { WrittenFact } from "./event-writer.js";
import { Quarantine, type Refused, reasonOf, refusedInput } from "./quarantine.js";
import { WriterFactory } from "./writer-factory.js";

/** The most events of a burst that one unit of work takes. */
const MOST_AT_ONCE = 500;

interface Waiting {
  readonly event: BrokerEvent;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

interface Taken {
  readonly waiting: Waiting;
  readonly prepared: PreparedEvent;
}

/** Takes what is waiting in one unit of work; while that runs, the next burst gathers. */
@injectable()
export class EventIntake implements BrokerIntake {
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(
    @inject(Store) private readonly store: Store,
    @inject(AccountService) private readonly accounts: AccountService,
    @inject(MarkService) private readonly marks: MarkService,
    @inject(EventPreparation) private readonly preparation: EventPreparation,
    @inject(AccountBook) private readonly accountBook: AccountBook,
    @inject(ContractBook) private readonly contracts: ContractBook,
    @inject(WriterFactory) private readonly writers: WriterFactory,
    @inject(Quarantine) private readonly quarantine: Quarantine,
    @inject(Doorbell) private readonly doorbell: Doorbell,
  ) {}

  handle(event: BrokerEvent): Promise<Outcome> {
    const outcome = new Promise<Outcome>((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject });
    });
    this.#running ??= this.#run();
    return outcome;
  }

  async #run(): Promise<void> {
    // What is handed over in the same breath comes along.
    await null;
    try {
      while (this.#waiting.length > 0) {
        const burst = this.#waiting.splice(0, MOST_AT_ONCE);
        const taken: Taken[] = [];
        for (const waiting of burst) {
          const prepared = await this.#told(waiting);
          if (prepared) taken.push({ waiting, prepared });
        }
        await this.#write(taken);
      }
    } finally {
      this.#running = null;
    }
  }

  /** One exhaustive switch: what can be booked is prepared for it, all else is dealt with here. */
  async #told(waiting: Waiting): Promise<PreparedEvent | null> {
    const { event, resolve, reject } = waiting;
    try {
      switch (event.kind) {
        case "order":
        case "fill":
        case "unreadable":
          return await this.preparation.prepare(event);
        case "account":
          await this.#account(event);
          break;
        case "position":
          await this.#position(event);
          break;
        case "quote":
          this.marks.see(event.input);
          break;
      }
      resolve({ outcome: "known" });
    } catch (error) {
      const why = reasonOf(error);
      if (why !== null) return { refused: refusedInput(event, why) };
      reject(error);
    }
    return null;
  }

  /**
   * What the broker says of the account is an observation beside our books. One that is there keeps the name that it
   * was opened under: without one, it is its id.
   */
  async #account({ input, told }: Extract<BrokerEvent, { kind: "account" }>): Promise<void> {
    const id = toAccountId(input.accountId);
    const known = await this.store.read((repos) => repos.accounts.get(id));
    const { accountId } = known ?? (await this.accounts.open(input));
    if (told) await this.accounts.report(accountId, told);
  }

  /** What is held follows from fills alone; the broker's own name of the position is kept beside it. */
  async #position({ input }: Extract<BrokerEvent, { kind: "position" }>): Promise<void> {
    const accountId = await this.accountBook.require(input.accountId);
    const at = parseInstant(input.openedAt, "opening time");
    const { contractId } = await this.contracts.understand(input.contract, at);
    if (input.quantity === 0) return;
    await this.store.write(accountId, async (repos) => {
      const position = await repos.positions.lastOpened(accountId, contractId, null);
      if (position?.status !== "open") return;
      const { positionId } = position;
      await repos.positions.setBrokerId(accountId, positionId, input.brokerPositionId);
    });
  }

  async #write(taken: readonly Taken[]): Promise<void> {
    if (taken.length === 0) return;
    try {
      const outcomes = await this.#unitOfWork(taken);
      for (const [i, { waiting }] of taken.entries()) {
        waiting.resolve(outcomes[i] ?? { outcome: "known" });
      }
    } catch (error) {
      if (taken.length > 1) {
        // One event must not take the others with it.
        for (const one of taken) await this.#write([one]);
      } else {
        await this.#failed(taken, error);
      }
    }
    this.doorbell.ring();
  }

  /** An event that makes no sense with what is booked goes to quarantine; a store that failed is an error. */
  async #failed(taken: readonly Taken[], error: unknown): Promise<void> {
    for (const { waiting } of taken) {
      const why = reasonOf(error);
      try {
        if (why === null) throw error;
        await this.#refuse(refusedInput(waiting.event, why));
        waiting.resolve({ outcome: "quarantined" });
      } catch (failure) {
        waiting.reject(failure);
      }
    }
  }

  async #refuse(refused: Refused): Promise<void> {
    await this.store.write("global", (repos) => this.quarantine.put(refused, repos));
  }

  async #unitOfWork(taken: readonly Taken[]): Promise<readonly Outcome[]> {
    const accounts = taken.flatMap(({ prepared }) => (prepared.written ? prepared.accountId : []));
    const scope: readonly AccountId[] = [...new Set(accounts)];
    return this.store.write(scope.length > 0 ? scope : "global", async (repos) => {
      const writer = this.writers.writer(repos, { keepGoing: true });
      const outcomes: Outcome[] = [];
      for (const { prepared } of taken) {
        if (prepared.refused) {
          await writer.refuse(prepared.refused);
          outcomes.push({ outcome: "quarantined" });
        } else {
          outcomes.push(outcomeOf(await writer.write(prepared.written, prepared.accountId)));
        }
      }
      await writer.finish();
      return outcomes;
    });
  }
}

function outcomeOf({ order, fill }: WrittenFact): Outcome {
  return { outcome: (order ?? fill)?.outcome ?? "quarantined" };
}
